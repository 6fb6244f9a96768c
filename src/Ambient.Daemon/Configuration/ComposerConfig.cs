namespace Ambient.Daemon.Configuration;

/// <summary>Section <c>Composer</c>: model, moods and seed.</summary>
public sealed record ComposerConfig
{
    /// <summary>Folder with the model. Default: <c>models</c> of the installation.</summary>
    public string? ModelDirectory { get; init; }

    /// <summary>Folder with the mood files. Default: <c>moods</c> of the installation.</summary>
    public string? MoodDirectory { get; init; }

    /// <summary>Seed of the music. Default: from the machine and the zone, so that no two rooms sound the same.</summary>
    public int? Seed { get; init; }

    /// <summary>Place that the room belongs to: rooms with the same place share a short motif. Default: the zone's first group, else the zone itself.</summary>
    public string? Place { get; init; }
}
