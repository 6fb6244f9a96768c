namespace Ambient.Sensors.Fusion;

/// <summary>Something that is wrong with a sensor.</summary>
/// <param name="Sensor">Which sensor.</param>
/// <param name="Quantity">Which of its quantities, as <see cref="Quantities.NameOf"/> calls it.</param>
/// <param name="Kind"><c>offline</c>, <c>silent</c>, <c>stuck</c>, <c>contradicted</c>, <c>flapping</c>, <c>out_of_range</c>, <c>impossible_rate</c>, <c>clock</c> or <c>drift</c>.</param>
/// <param name="Since">When it was noticed.</param>
/// <param name="Text">In words, for people.</param>
public sealed record SensorFault(string Sensor, string Quantity, string Kind, DateTimeOffset Since, string Text);
