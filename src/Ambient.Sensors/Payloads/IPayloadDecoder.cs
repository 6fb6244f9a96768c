namespace Ambient.Sensors.Payloads;

/// <summary>Understands the messages of one ecosystem of devices.</summary>
public interface IPayloadDecoder
{
    /// <summary>The ecosystem's name in configuration: <c>zigbee2mqtt</c>, <c>generic</c> …</summary>
    string Ecosystem { get; }

    /// <summary>Adds what a message says. Never throws: what can't be true or read becomes a problem, not a reading.</summary>
    /// <param name="message">The message; any bytes.</param>
    /// <param name="readings">Receives readings in the unit of their quantity.</param>
    /// <param name="problems">Receives one line for people per problem: what, which value, what would be right (without the topic, which the caller knows).</param>
    void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems);
}
