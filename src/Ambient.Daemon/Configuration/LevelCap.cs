using System.Text.Json.Serialization;

namespace Ambient.Daemon.Configuration;

/// <summary>A hard limit during some part of every day.</summary>
[JsonUnmappedMemberHandling(JsonUnmappedMemberHandling.Disallow)]
public sealed record LevelCap
{
    /// <summary>From when, local time; <c>"22:00"</c>.</summary>
    public TimeOnly From { get; init; }

    /// <summary>Until when; may lie on the next day. The same as <see cref="From"/>: all day.</summary>
    public TimeOnly To { get; init; }

    /// <summary>At most so loud, dBA (A-weighted, time weighting F).</summary>
    public double Dba { get; init; } = double.NaN;

    /// <summary>Whether it holds at a time of day.</summary>
    internal bool HoldsAt(TimeOnly time) => From == To || time.IsBetween(From, To);
}
