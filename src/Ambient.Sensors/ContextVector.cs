namespace Ambient.Sensors;

/// <summary>What the room is like now: everything the composer may know about it. Immutable.</summary>
/// <remarks>Every feature ages to its neutral value when its evidence stops; <see cref="Neutral"/> is a room of which nothing is known.</remarks>
public sealed record ContextVector
{
    /// <summary>A room of which nothing is known.</summary>
    public static ContextVector Neutral { get; } = new();

    /// <summary>When it was computed, by the clock that drives the daemon, with the site's offset.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>Probability that somebody is in the room, 0..1. Neutral 0.5.</summary>
    public double Occupancy { get; init; } = 0.5;

    /// <summary><see cref="Occupancy"/> as yes or no, with hysteresis. Neutral: the last answer, no at first.</summary>
    public bool IsOccupied { get; init; }

    /// <summary>People in the room; null while nobody knows: nothing counts, counters disagree, or everything else says the opposite. 0 also where nothing counts and the room is surely empty. Never against <see cref="IsOccupied"/>.</summary>
    public int? People { get; init; }

    /// <summary>How sure <see cref="People"/> is, 0..1; 0 while it is null.</summary>
    public double PeopleConfidence { get; init; }

    /// <summary>How full the room is: people / capacity, 0..1; estimated where nobody counts. Neutral 0.3.</summary>
    public double Density { get; init; } = 0.3;

    /// <summary>How much is going on (movement, voices), 0..1. Neutral 0.3.</summary>
    public double Activity { get; init; } = 0.3;

    /// <summary>The room's own noise, dBA; null where nothing measures it.</summary>
    public double? NoiseDba { get; init; }

    /// <summary>Noise on a scale of 0 (30 dBA) to 1 (70 dBA). Neutral 0.3 (42 dBA, a quiet office).</summary>
    public double Noise { get; init; } = 0.3;

    /// <summary>Illuminance, lx; null where nothing measures it.</summary>
    public double? IlluminanceLux { get; init; }

    /// <summary>What of <see cref="IlluminanceLux"/> is daylight and not lamps, lx, 0 to all of it; null while that is unknown: before a switch or darkness was seen, or while a cloud may have been one.</summary>
    public double? DaylightLux { get; init; }

    /// <summary>The share of daylight in the light, 0 (lamps alone) to 1; null while that is unknown, and in the dark.</summary>
    public double? DaylightShare => IlluminanceLux > 0 ? DaylightLux / IlluminanceLux : null;

    /// <summary>Light on a scale of 0 (dark) to 1 (2 000 lx and more), logarithmic: log(1 + lx) / log(2 001). Neutral 0.5.</summary>
    public double Light { get; init; } = 0.5;

    /// <summary>Arousal by optional biofeedback, -1..1. Neutral 0.</summary>
    public double Arousal { get; init; }

    /// <summary>Heart rate by optional biofeedback, beats a minute; null where nothing measures it. May guide the hidden pulse.</summary>
    public double? HeartRateBpm { get; init; }

    /// <summary>Breathing rate by optional biofeedback, breaths a minute; null where nothing measures it. May guide the hidden pulse.</summary>
    public double? BreathsPerMinute { get; init; }

    /// <summary>How far the features above rest on fresh evidence, 0 (guess) to 1 (several fresh sensors agree).</summary>
    public double Confidence { get; init; }
}
