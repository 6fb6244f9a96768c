namespace Ambient.Sensors.Fusion;

/// <summary>One feature of the context, described for people.</summary>
/// <param name="Name">As published, <c>occupancy</c>.</param>
/// <param name="Meaning">What it tells.</param>
/// <param name="Unit">Unit and range.</param>
/// <param name="Normalisation">How it comes from readings.</param>
/// <param name="Neutral">What it ages to without evidence; null where it becomes unknown.</param>
/// <param name="Value">Reads it; null where unknown.</param>
public sealed record ContextFeature(string Name, string Meaning, string Unit, string Normalisation, double? Neutral, Func<ContextVector, double?> Value);
