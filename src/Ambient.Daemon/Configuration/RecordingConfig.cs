using System.ComponentModel.DataAnnotations;

namespace Ambient.Daemon.Configuration;

/// <summary>Section <c>Recording</c>: readings and contexts to files that <c>replay</c>, <c>calibrate</c> and <c>render</c> take. Off by default: it tells when people were there.</summary>
public sealed record RecordingConfig
{
    /// <summary>Whether to record.</summary>
    public bool Enabled { get; init; }

    /// <summary>Where to; default: <c>recordings</c> in the state folder.</summary>
    public string? Directory { get; init; }

    /// <summary>Most that this zone's recordings take, MB; the oldest are deleted. A room of ten sensors fills about 1 MB a day.</summary>
    [Range(1, 100_000)]
    public int LargestMb { get; init; } = 64;
}
