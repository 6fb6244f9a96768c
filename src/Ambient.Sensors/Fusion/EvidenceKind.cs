namespace Ambient.Sensors.Fusion;

/// <summary>How the readings of one quantity enter fusion.</summary>
/// <param name="Create">Makes the filter of one sensor, by the room's calibration.</param>
/// <param name="Memory">Time constant with which a silent sensor loses its say; about three of its usual reporting intervals.</param>
/// <param name="YesNats">Most that all sensors of this kind together may say for somebody, log-odds: nothing alone may be certain.</param>
/// <param name="NoNats">Most that they may say against.</param>
/// <param name="Pooling">How sensors of this kind add up.</param>
/// <param name="Certainty">Share of <see cref="ContextVector.Confidence"/> that one fresh sensor of this kind gives, 0..1.</param>
/// <param name="DoubtYesAfter">A yes held this long against all others begins to lose its weight.</param>
/// <param name="DoubtNoAfter">The same for a no.</param>
internal sealed record EvidenceKind(
    Func<Calibration, IEvidence> Create,
    TimeSpan Memory,
    double YesNats,
    double NoNats,
    Pooling Pooling,
    double Certainty,
    TimeSpan DoubtYesAfter,
    TimeSpan DoubtNoAfter)
{
    /// <summary>Sensors of this kind share what fools them (a lamp left on), so they are no witnesses for one another.</summary>
    public bool FooledTogether { get; init; }

    /// <summary>A lasting no may well be true while others say yes: an unlit corner, an open window, a microphone far away.</summary>
    public bool MayMissPeople { get; init; }

    /// <summary>Makes the record of one sensor, by which it is believed more or less; null for a kind that is taken as it is.</summary>
    public Func<TrackRecord>? CreateRecord { get; init; }

    /// <summary>More changes of opinion within an hour come from a loose contact and not from people; infinite where it is just noise about a threshold.</summary>
    public double MostFlips { get; init; } = 6;

    /// <summary>Share of the default weight that a room's calibration grants.</summary>
    public Func<Calibration, double> Weight { get; init; } = _ => 1;
}
