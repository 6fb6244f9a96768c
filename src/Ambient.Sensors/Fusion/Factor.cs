namespace Ambient.Sensors.Fusion;

/// <summary>One reason for a feature of the context.</summary>
/// <param name="Feature">A name of <see cref="ContextFeatures"/>, <c>occupancy</c>.</param>
/// <param name="Sensor">Which sensor.</param>
/// <param name="Detail">What it says, for people: <c>motion 14 s ago</c>.</param>
/// <param name="Weight">Its say: for occupancy the log-odds it adds, nats, positive for somebody being there.</param>
public sealed record Factor(string Feature, string Sensor, string Detail, double Weight);
