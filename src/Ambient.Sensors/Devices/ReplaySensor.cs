using System.Runtime.CompilerServices;
using Ambient.Sensors.Recordings;

namespace Ambient.Sensors.Devices;

/// <summary>A recorded room, played as if it happened now: the first row at once, the others as far apart as they were recorded.</summary>
/// <param name="name">Prefix of the sensors' names: <c>replay/S6</c>.</param>
/// <param name="rows">The recording; enumerated anew at every start.</param>
/// <param name="time">The clock that paces it and stamps the readings; a fast clock plays fast.</param>
public sealed class ReplaySensor(string name, IEnumerable<IReadOnlyList<Reading>> rows, TimeProvider time) : ISensor
{
    /// <inheritdoc/>
    public string Name => name;

    /// <summary>From configuration.</summary>
    /// <exception cref="ArgumentException">There is no such format.</exception>
    public static ISensor Create(DeviceConfig config, TimeProvider time)
    {
        IRecordingFormat format = RecordingCatalog.Find(config.Format)
            ?? throw new ArgumentException($"No recording format is called '{config.Format}'. There are: {RecordingCatalog.Names}.", nameof(config));
        return new ReplaySensor(config.Name ?? config.Kind, Recording.Read(config.File, format), time);
    }

    /// <summary>What is wrong with its configuration.</summary>
    public static IEnumerable<string> Problems(DeviceConfig config)
    {
        if (config.File.Length == 0) yield return "File is empty; the path of a recording would be right";
        if (RecordingCatalog.Find(config.Format) is null) yield return $"Format is '{config.Format}'. There are: {RecordingCatalog.Names}";
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Reading> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        TimeSpan? shift = null;
        foreach (IReadOnlyList<Reading> row in rows)
        {
            shift ??= time.GetUtcNow() - row[0].Time;
            DateTimeOffset due = row[0].Time + shift.Value;
            TimeSpan wait = due - time.GetUtcNow();
            if (wait > TimeSpan.Zero) await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
            cancellation.ThrowIfCancellationRequested();
            foreach (Reading reading in row)
                yield return reading with { Time = due, Sensor = $"{name}/{reading.Sensor}" };
        }
    }
}
