namespace Ambient.Sensors.Payloads;

/// <summary>One message as it came from a broker, before anybody knows what it means.</summary>
/// <param name="Topic">Full topic.</param>
/// <param name="Payload">Raw bytes; may be anything at all, may be empty, may be large.</param>
/// <param name="IsRetained">A copy kept by the broker: its age is unknown, so it never counts as fresh evidence.</param>
/// <param name="Time">When it arrived, by the clock that drives the daemon.</param>
public readonly record struct SensorMessage(string Topic, ReadOnlyMemory<byte> Payload, bool IsRetained, DateTimeOffset Time);
