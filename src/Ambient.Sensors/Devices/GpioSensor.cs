using System.Threading.Channels;
using Ambient.Bindings.Linux;

namespace Ambient.Sensors.Devices;

/// <summary>A wire: motion sensor, door contact, button, or the fire alarm's contact that silences the room.</summary>
/// <remarks>Debounced and timestamped in the kernel. The level is told at the start and once a minute, too, so that a wire that never moves is not taken for a dead one.</remarks>
/// <param name="name">Name of the sensor.</param>
/// <param name="quantity">What a high level means.</param>
/// <param name="open">Opens the line.</param>
/// <param name="time">Stamps the readings.</param>
public sealed class GpioSensor(string name, Quantity quantity, Func<GpioLine> open, TimeProvider time) : ISensor
{
    private static readonly TimeSpan RepeatEvery = TimeSpan.FromMinutes(1);
    private static readonly Quantity[] Meanings = [Quantity.Motion, Quantity.Occupancy, Quantity.Presence, Quantity.Contact, Quantity.Mute];

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>From configuration.</summary>
    public static ISensor Create(DeviceConfig config, TimeProvider time)
    {
        if (!Quantities.TryParse(config.Quantity ?? "motion", out Quantity quantity)) throw new ArgumentException($"Quantity is '{config.Quantity}'.", nameof(config));
        string chip = config.Device ?? "/dev/gpiochip0";
        int line = config.Line ?? throw new ArgumentException("Line is missing.", nameof(config));
        return new GpioSensor(config.Name ?? config.Kind, quantity, () => GpioLine.Open(chip, line, config.Bias, config.ActiveLow, (uint)(config.DebounceMs * 1_000)), time);
    }

    /// <summary>What is wrong with its configuration.</summary>
    public static IEnumerable<string> Problems(DeviceConfig config)
    {
        if (config.Line is not (>= 0 and <= 1_023)) yield return $"Line is {config.Line?.ToString() ?? "missing"}; allowed: 0..1023, on a Raspberry Pi the GPIO number (not the pin's)";
        if (config.DebounceMs is not (>= 0 and <= 10_000)) yield return FormattableString.Invariant($"DebounceMs is {config.DebounceMs}; allowed: 0..10000");
        string meanings = string.Join(", ", Meanings.Select(Quantities.NameOf));
        if (!Quantities.TryParse(config.Quantity ?? "motion", out Quantity quantity) || !Meanings.Contains(quantity))
            yield return $"Quantity is '{config.Quantity}'. There are: {meanings}";
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<Reading> ReadAsync(CancellationToken cancellation) => BackgroundReader.Run(name, "gpio", Watch, cancellation);

    private void Watch(ChannelWriter<Reading> readings, CancellationToken stopping)
    {
        using GpioLine line = open();
        DateTimeOffset told = Tell(time.GetUtcNow(), line.Read());
        while (!stopping.IsCancellationRequested)
        {
            DateTimeOffset now = time.GetUtcNow();
            if (line.TryWait(BackgroundReader.PatienceMs, out GpioEdge edge)) told = Tell(time.GetUtcNow() - (GpioLine.MonotonicNow() - edge.Time), edge.IsRising);
            else if (now - told >= RepeatEvery) told = Tell(now, line.Read());
        }

        DateTimeOffset Tell(DateTimeOffset when, bool isHigh)
        {
            readings.TryWrite(new Reading(when, name, quantity, isHigh ? 1 : 0));
            return when;
        }
    }
}
