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

    /// <summary>Where it is. For <c>microphone</c>: ALSA's name, default <c>default</c>.</summary>
    public string? Device { get; init; }

    /// <summary>For <c>microphone</c>: channel of a stereo device, 0 (left) or 1 (right).</summary>
    public int Channel { get; init; }

    /// <summary>For <c>microphone</c>: level of a sine that reaches full scale, dB SPL; the calibration. 94 - (sensitivity in dBFS).</summary>
    public double FullScaleDb { get; init; } = 120;

    /// <summary>For <c>microphone</c>: its own noise, dBA, which is subtracted. 94 - (signal-to-noise ratio).</summary>
    public double SelfNoiseDba { get; init; } = 30;

    /// <summary>For <c>microphone</c>: whether octave bands are reported, too.</summary>
    public bool OctaveBands { get; init; }

    /// <summary>What is wrong with it: key, value and what would be right; empty when it is good.</summary>
    public IEnumerable<string> Problems() => DeviceCatalog.Problems(this);
}
