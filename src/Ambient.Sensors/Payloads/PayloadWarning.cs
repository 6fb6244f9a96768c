namespace Ambient.Sensors.Payloads;

/// <summary>A problem with the messages of a topic, to be logged as one line.</summary>
/// <param name="Topic">Which topic.</param>
/// <param name="Problem">What, which value, what would be right.</param>
/// <param name="Suppressed">Messages with problems on this topic since the last warning, which were not mentioned.</param>
public sealed record PayloadWarning(string Topic, string Problem, int Suppressed);
