using System.Threading.Channels;
using Ambient.Sensors;
using Ambient.Sensors.Devices;

namespace Ambient.Daemon.Room;

/// <summary>One task per device: reads it, hands its readings over, and opens it again when it is gone.</summary>
internal sealed partial class DeviceRunner(IReadOnlyList<ISensor> devices, TimeProvider time, ILogger<DeviceRunner> log) : IAsyncDisposable
{
    private const int Capacity = 1_024;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(1);

    private readonly Channel<Reading> _readings = Channel.CreateBounded<Reading>(new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    private readonly CancellationTokenSource _stop = new();
    private Task _work = Task.CompletedTask;

    /// <summary>What the devices measure; a slow reader misses the oldest.</summary>
    public ChannelReader<Reading> Readings => _readings.Reader;

    /// <summary>Every reading at once, on the device's own task, for what can't wait until it is read.</summary>
    public event Action<Reading>? Measured;

    /// <summary>Opens all devices, each on its own.</summary>
    public void Start() => _work = Task.WhenAll(devices.Select(device => Task.Run(() => KeepReadingAsync(device))));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _work;
        _stop.Dispose();
    }

    private async Task KeepReadingAsync(ISensor device)
    {
        TimeSpan retry = FirstRetry;
        try
        {
            while (true)
            {
                try
                {
                    await foreach (Reading reading in device.ReadAsync(_stop.Token))
                    {
                        Measured?.Invoke(reading);
                        _readings.Writer.TryWrite(reading);
                        retry = FirstRetry;
                    }

                    LogEnded(device.Name);
                    return;
                }
                catch (Exception problem) when (problem is IOException or InvalidDataException)
                {
                    if (retry == FirstRetry) LogLost(device.Name, problem.Message);
                }

                await Task.Delay(retry, time, _stop.Token);
                retry = retry * 2 < LongestRetry ? retry * 2 : LongestRetry;
            }
        }
        catch (OperationCanceledException)
        {
            // We are stopping.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Sensor {Sensor} has no more readings")]
    private partial void LogEnded(string sensor);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Sensor {Sensor} is gone: {Problem}; its features age to neutral, trying again every 1 to 60 s")]
    private partial void LogLost(string sensor, string problem);
}
