using System.Threading.Channels;
using Ambient.Bindings.Linux;

namespace Ambient.Sensors.Devices;

/// <summary>Presence radar HLK-LD2410 (B, C) on a serial line: sees people who sit still.</summary>
/// <remarks>It reports ten times a second; what changes is told at once, the rest once a second.</remarks>
/// <param name="name">Name of the sensor.</param>
/// <param name="path">The serial line: <c>/dev/serial0</c>.</param>
/// <param name="baud">Bits per second; the radar's own default is 256 000.</param>
/// <param name="time">Stamps the readings.</param>
public sealed class Ld2410Sensor(string name, string path, int baud, TimeProvider time) : ISensor
{
    /// <summary>As it leaves the factory.</summary>
    public const int DefaultBaud = 256_000;

    private const int SilentReads = 25; // 5 s: it is unplugged
    private const int LongestNoise = 16_384; // bytes that make no frame: its baud rate is another
    private static readonly int[] Bauds = [9_600, 19_200, 38_400, 57_600, 115_200, 230_400, 256_000];
    private static readonly TimeSpan RepeatEvery = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>From configuration.</summary>
    public static ISensor Create(DeviceConfig config, TimeProvider time) =>
        new Ld2410Sensor(config.Name ?? config.Kind, config.Device ?? "/dev/serial0", config.Baud ?? DefaultBaud, time);

    /// <summary>What is wrong with its configuration.</summary>
    public static IEnumerable<string> Problems(DeviceConfig config)
    {
        if (config.Baud is { } baud && !Bauds.Contains(baud)) yield return $"Baud is {baud}; allowed: {string.Join(", ", Bauds)}";
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Reading> ReadAsync(CancellationToken cancellation) => BackgroundReader.Run(name, "dialout", Listen, cancellation);

    private void Listen(ChannelWriter<Reading> readings, CancellationToken stopping)
    {
        using SerialPort port = SerialPort.Open(path, baud);
        var parser = new Ld2410Parser();
        var bytes = new byte[256];
        Ld2410Frame? last = null;
        DateTimeOffset told = default;
        long skipped = 0;
        for (int silent = 0; !stopping.IsCancellationRequested;)
        {
            int count = port.Read(bytes, BackgroundReader.PatienceMs);
            bool hasFrame = false;
            foreach (Ld2410Frame frame in parser.Add(bytes.AsMemory(0, count)))
            {
                hasFrame = true;
                DateTimeOffset now = time.GetUtcNow();
                bool hasChanged = last is not { } before || before.IsMoving != frame.IsMoving || before.IsStill != frame.IsStill;
                last = frame;
                if (!hasChanged && now - told < RepeatEvery) continue;
                told = now;
                readings.TryWrite(new Reading(now, name, Quantity.Presence, frame.IsPresent ? 1 : 0));
                readings.TryWrite(new Reading(now, name, Quantity.Motion, frame.IsMoving ? 1 : 0));
                if (frame.IsPresent) readings.TryWrite(new Reading(now, name, Quantity.Distance, frame.DistanceCm / 100.0));
            }

            if (hasFrame) (silent, skipped) = (0, parser.SkippedBytes);
            else if (count == 0) silent++;
            if (silent > SilentReads || parser.SkippedBytes - skipped > LongestNoise) throw new IOException($"{path}: no frame of an LD2410 at {baud} baud ({parser.SkippedBytes} other bytes)");
        }
    }
}
