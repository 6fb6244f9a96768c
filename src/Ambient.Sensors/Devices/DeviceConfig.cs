using System.Text.Json.Serialization;
using Ambient.Bindings.Linux;

namespace Ambient.Sensors.Devices;

/// <summary>One device in section <c>Sensors:Devices</c>. Each kind reads the settings that concern it; docs/sensors has a page for each.</summary>
public sealed record DeviceConfig
{
    /// <summary>One of <see cref="DeviceCatalog.Names"/>.</summary>
    public string Kind { get; init; } = "replay";

    /// <summary>Stable, unique in the zone. Default: its kind.</summary>
    public string? Name { get; init; }

    /// <summary>For <c>replay</c>: the recording.</summary>
    public string File { get; init; } = "";

    /// <summary>For <c>replay</c>: one of <see cref="Recordings.RecordingCatalog.Names"/>.</summary>
    public string Format { get; init; } = "ambient";

    /// <summary>
    /// Where it is. For <c>microphone</c>: ALSA's name, default <c>default</c>. For <c>gpio</c>: the chip, default <c>/dev/gpiochip0</c>.
    /// For <c>iio</c> and <c>hwmon</c>: name or label of the device. For <c>ld2410</c>: the serial line, default <c>/dev/serial0</c>.
    /// </summary>
    public string? Device { get; init; }

    /// <summary>For <c>microphone</c>: channel of a stereo device, 0 (left) or 1 (right).</summary>
    public int Channel { get; init; }

    /// <summary>For <c>microphone</c>: level of a sine that reaches full scale, dB SPL; the calibration. 94 - (sensitivity in dBFS).</summary>
    public double FullScaleDb { get; init; } = 120;

    /// <summary>For <c>microphone</c>: its own noise, dBA, which is subtracted. 94 - (signal-to-noise ratio).</summary>
    public double SelfNoiseDba { get; init; } = 30;

    /// <summary>For <c>microphone</c>: whether octave bands are reported, too.</summary>
    public bool OctaveBands { get; init; }

    /// <summary>For <c>gpio</c>: the line on its chip; on a Raspberry Pi the GPIO number.</summary>
    public int? Line { get; init; }

    /// <summary>For <c>gpio</c>: what a high level means: <c>motion</c> (default), <c>occupancy</c>, <c>presence</c>, <c>contact</c> (high is open), <c>mute</c> (high is silence).</summary>
    public string? Quantity { get; init; }

    /// <summary>For <c>gpio</c>: the pull resistor; contacts to ground want <c>PullUp</c>.</summary>
    [JsonConverter(typeof(JsonStringEnumConverter<GpioBias>))]
    public GpioBias Bias { get; init; }

    /// <summary>For <c>gpio</c>: a low level counts as high.</summary>
    public bool ActiveLow { get; init; }

    /// <summary>For <c>gpio</c>: how long a level must hold before it counts, ms, 0..10 000. Contacts bounce for 5 to 20 ms.</summary>
    public double DebounceMs { get; init; } = 10;

    /// <summary>For <c>iio</c> and <c>hwmon</c>: seconds between two reads, 0.1..3600.</summary>
    public double EveryS { get; init; } = 10;

    /// <summary>For <c>iio</c> and <c>hwmon</c>: where the kernel shows its devices; only tests need another place.</summary>
    public string? Root { get; init; }

    /// <summary>For <c>ld2410</c>: bits per second, unless changed 256 000.</summary>
    public int? Baud { get; init; }

    /// <summary>What is wrong with it: key, value and what would be right; empty when it is good.</summary>
    public IEnumerable<string> Problems() => DeviceCatalog.Problems(this);
}
