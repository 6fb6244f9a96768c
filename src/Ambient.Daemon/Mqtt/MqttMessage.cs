namespace Ambient.Daemon.Mqtt;

/// <summary>A message from the broker, copied out of the library's memory.</summary>
/// <param name="Topic">Full topic.</param>
/// <param name="Payload">Raw bytes, at most <see cref="MqttLink.LargestPayload"/>.</param>
/// <param name="IsRetained">A copy that the broker had kept: its age is unknown.</param>
public readonly record struct MqttMessage(string Topic, ReadOnlyMemory<byte> Payload, bool IsRetained);
