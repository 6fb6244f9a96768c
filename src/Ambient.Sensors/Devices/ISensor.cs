namespace Ambient.Sensors.Devices;

/// <summary>A device, or what stands for one, that measures the room.</summary>
public interface ISensor
{
    /// <summary>Stable, unique in the zone, readable.</summary>
    string Name { get; }

    /// <summary>Opens the device and yields what it measures until it is cancelled or at its end. May be called again after it ended or threw.</summary>
    /// <param name="cancellation">Ends the stream with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="IOException">The device is gone: the caller warns once and calls again later.</exception>
    IAsyncEnumerable<Reading> ReadAsync(CancellationToken cancellation);
}
