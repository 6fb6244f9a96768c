namespace Ambient.Composer;

/// <summary>One frame of the score as it was composed, before instruments take it over.</summary>
/// <param name="Frame">Where it begins, 48 kHz frames.</param>
/// <param name="Soprano">Token of the speaking voice (<see cref="Models.ScoreTokens"/>).</param>
/// <param name="Alto">Token of the alto.</param>
/// <param name="Tenor">Token of the tenor.</param>
/// <param name="Bass">Token of the bass.</param>
/// <param name="IsChordChange">Whether alto, tenor and bass were free to move.</param>
/// <param name="IsByModel">Whether the network composed it, not the rules.</param>
public readonly record struct ComposedFrame(long Frame, int Soprano, int Alto, int Tenor, int Bass, bool IsChordChange, bool IsByModel);
