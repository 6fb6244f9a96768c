using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Ambient.Sensors.Acoustics;

namespace Ambient.Sensors.Devices;

/// <summary>The room's noise by any microphone that ALSA knows: levels once a second, never sound.</summary>
/// <remarks>
/// Yields the A-weighted level of each second as <see cref="Quantity.Noise"/>; LAeq1min, LCeq, LAFmax, LA10, LA50, LA90 and octave
/// bands as <see cref="Quantity.SoundLevel"/> of <c>NAME/LA90</c> and so on; and <see cref="Quantity.OutOfRange"/> when it changes.
/// </remarks>
/// <param name="name">Name of the sensor.</param>
/// <param name="device">ALSA's name of the device: <c>default</c>, <c>plughw:CARD=sndrpii2scard</c>.</param>
/// <param name="channel">Which channel of a stereo device to listen to, 0 or 1.</param>
/// <param name="limits">What the microphone's numbers mean.</param>
/// <param name="withOctaves">Whether octave bands are wanted.</param>
/// <param name="time">Stamps the readings.</param>
public sealed class MicrophoneSensor(string name, string device, int channel, MicrophoneLimits limits, bool withOctaves, TimeProvider time) : ISensor
{
    private const int LevelsKept = 64;

    private static readonly string[] OctaveNames = Array.ConvertAll(OctaveBands.CentresHz, hertz => FormattableString.Invariant($"{hertz}Hz"));

    /// <inheritdoc/>
    public string Name => name;

    /// <summary>From configuration.</summary>
    public static ISensor Create(DeviceConfig config, TimeProvider time) => new MicrophoneSensor(
        config.Name ?? config.Kind, config.Device ?? "default", config.Channel,
        new MicrophoneLimits(config.FullScaleDb, config.SelfNoiseDba), config.OctaveBands, time);

    /// <summary>What is wrong with its configuration.</summary>
    public static IEnumerable<string> Problems(DeviceConfig config)
    {
        if (config.Channel is not (0 or 1)) yield return $"Channel is {config.Channel}; allowed: 0, 1";
        if (config.FullScaleDb is not (>= 60 and <= 160)) yield return FormattableString.Invariant($"FullScaleDb is {config.FullScaleDb}; allowed: 60..160, usually 94 - (sensitivity in dBFS)");
        if (config.SelfNoiseDba is not (>= -20 and <= 60)) yield return FormattableString.Invariant($"SelfNoiseDba is {config.SelfNoiseDba}; allowed: -20..60, usually 94 - (signal-to-noise ratio)");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Reading> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        // The only way out of the capture thread, and it carries levels.
        var levels = Channel.CreateBounded<SoundLevels>(new BoundedChannelOptions(LevelsKept) { FullMode = BoundedChannelFullMode.DropOldest });
        using var capture = MicrophoneCapture.Start(device, channel, limits, levels.Writer);
        double outOfRange = 0;
        await foreach (SoundLevels second in levels.Reader.ReadAllAsync(cancellation).ConfigureAwait(false))
        {
            DateTimeOffset now = time.GetUtcNow();
            yield return new Reading(now, name, Quantity.Noise, second.LAeq1s);
            yield return Level("LAeq1min", second.LAeq1min);
            yield return Level("LCeq", second.LCeq1s);
            yield return Level("LAFmax", second.LAFmax);
            yield return Level("LA10", second.LA10);
            yield return Level("LA50", second.LA50);
            yield return Level("LA90", second.LA90);
            for (int i = 0; withOctaves && i < OctaveNames.Length; i++) yield return Level(OctaveNames[i], second.OctavesDb[i]);
            double latest = second.IsOverloaded ? 1 : second.IsBelowRange ? -1 : 0;
            if (latest != outOfRange) yield return new Reading(now, name, Quantity.OutOfRange, outOfRange = latest);

            Reading Level(string which, double decibels) => new(now, $"{name}/{which}", Quantity.SoundLevel, decibels);
        }
    }
}
