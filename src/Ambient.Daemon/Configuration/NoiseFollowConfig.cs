using System.ComponentModel.DataAnnotations;

namespace Ambient.Daemon.Configuration;

/// <summary>Section <c>Level.NoiseFollow</c>: the level follows the room's own noise a little. Left out, which is the default, the level is locked: adaptive masking that people notice is disliked.</summary>
public sealed record NoiseFollowConfig
{
    /// <summary>At most so far from the set level, dB either way.</summary>
    [Range(0, 3)]
    public double Db { get; init; } = 3;

    /// <summary>Noise of the room, dBA, at which the level is just as set: what the room has when it is usually busy.</summary>
    [Range(20, 80)]
    public double ReferenceDba { get; init; } = 40;

    /// <summary>Time constant, minutes; five is the least that nobody notices.</summary>
    [Range(5, 60)]
    public double Minutes { get; init; } = 10;
}
