using System.ComponentModel.DataAnnotations;

namespace Ambient.Daemon.Configuration;

/// <summary>Section <c>Level</c>: how loud it may be. Caps are enforced next to the output, after every mood, command and mistake.</summary>
public sealed record LevelConfig
{
    /// <summary>
    /// What a full-scale 1 kHz sine would be in the room, dBA, where people are: what a sound level meter shows while music plays in a
    /// quiet room, minus <c>output_db</c> in the diagnostics at that time. Null: not calibrated, and then nothing in dBA can be kept.
    /// </summary>
    [Range(20, 140)]
    public double? CalibrationDba { get; init; }

    /// <summary>
    /// What level 100 is in the room, dBA: with <see cref="CalibrationDba"/> given, the daemon trims every mood by up to 12 dB so that it is, and so that a level
    /// means the same in a dark and a bright mood.
    /// </summary>
    [Range(30, 90)]
    public double MaxDba { get; init; } = 60;

    /// <summary>Lets the level follow the room's noise by up to 3 dB. Null, the default: it is locked.</summary>
    public NoiseFollowConfig? NoiseFollow { get; init; }

    /// <summary>Hard caps by time of day, dBA; where several hold, the lowest does.</summary>
    public IReadOnlyList<LevelCap> Caps { get; init; } = [];

    /// <summary>From silence to full level after power-up and after a mute, s.</summary>
    [Range(0, 600)]
    public double FadeInS { get; init; } = 1;

    /// <summary>Fastest that level control moves, dB/s.</summary>
    [Range(0.01, 60)]
    public double RampDbPerS { get; init; } = 3;

    /// <summary>What <see cref="RangeAttribute"/> can't see: key, value and what would be right.</summary>
    internal IEnumerable<string> Problems()
    {
        if (Caps.Count > 0 && CalibrationDba is null)
            yield return "Level.CalibrationDba is missing; Level.Caps are in dBA and need it, e.g. 85";
        for (int i = 0; i < Caps.Count; i++)
            if (!(Caps[i].Dba is >= 0 and <= 140)) yield return FormattableString.Invariant($"Level.Caps[{i}].Dba is {Caps[i].Dba}; allowed: 0..140");
    }
}
