namespace Ambient.Sensors.Fusion;

/// <summary>How the readings of one quantity enter fusion.</summary>
/// <param name="Create">Makes the filter of one sensor.</param>
/// <param name="Memory">Time constant with which a silent sensor loses its say; about three of its usual reporting intervals.</param>
/// <param name="CapNats">Most that all sensors of this kind together may say, log-odds: nothing alone may be certain.</param>
/// <param name="Pooling">How sensors of this kind add up.</param>
/// <param name="Certainty">Share of <see cref="ContextVector.Confidence"/> that one fresh sensor of this kind gives, 0..1.</param>
/// <param name="StuckAfter">A yes held longer than this against all others begins to lose its weight; null for what can't stick.</param>
internal sealed record EvidenceKind(Func<IEvidence> Create, TimeSpan Memory, double CapNats, Pooling Pooling, double Certainty, TimeSpan? StuckAfter = null);
