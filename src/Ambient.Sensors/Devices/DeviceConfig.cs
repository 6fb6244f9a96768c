namespace Ambient.Sensors.Devices;

/// <summary>One device in section <c>Sensors:Devices</c>.</summary>
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
}
