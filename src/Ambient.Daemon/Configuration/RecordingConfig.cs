using System.ComponentModel.DataAnnotations;

namespace Ambient.Daemon.Configuration;

/// <summary>Section <c>Recording</c>: readings and contexts to files that <c>replay</c>, <c>calibrate</c> and <c>render</c> take, and what was played to files for <c>render --replay</c>. Off by default: both tell when people were there.</summary>
public sealed record RecordingConfig
{
    /// <summary>Whether to record readings and contexts.</summary>
    public bool Enabled { get; init; }

    /// <summary>Where to; default: <c>recordings</c> in the state folder.</summary>
    public string? Directory { get; init; }

    /// <summary>Most that this zone's recordings take, MB; the oldest are deleted. A room of ten sensors fills about 1 MB a day.</summary>
    [Range(1, 100_000)]
    public int LargestMb { get; init; } = 64;

    /// <summary>Whether to keep the score log: all that is played, into the same folder.</summary>
    public bool Score { get; init; }

    /// <summary>Most that this zone's score logs take, MB; the oldest are deleted. A day of music is about 5 MB.</summary>
    [Range(1, 100_000)]
    public int LargestScoreMb { get; init; } = 64;
}
