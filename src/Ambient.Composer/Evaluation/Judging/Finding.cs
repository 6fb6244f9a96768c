namespace Ambient.Composer.Evaluation.Judging;

/// <summary>One measure with its target.</summary>
/// <param name="Measure">What was measured, with its unit.</param>
/// <param name="Value">The value; null where there is none, as for the loudness of silence.</param>
/// <param name="Target">Where it should be, for people.</param>
/// <param name="Verdict">Whether it is.</param>
/// <param name="Note">What helps to understand it, or empty.</param>
public sealed record Finding(string Measure, double? Value, string Target, Verdict Verdict, string Note);
