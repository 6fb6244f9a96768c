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

    /// <summary>What is wrong with it: key, value and what would be right; empty when it is good.</summary>
    public IEnumerable<string> Problems()
    {
        if (!DeviceCatalog.Knows(Kind)) yield return $"Kind is '{Kind}'. There are: {DeviceCatalog.Names}";
        if (Kind == "replay" && File.Length == 0) yield return "File is empty; the path of a recording would be right";
        if (Kind == "replay" && Recordings.RecordingCatalog.Find(Format) is null)
            yield return $"Format is '{Format}'. There are: {Recordings.RecordingCatalog.Names}";
    }
}
