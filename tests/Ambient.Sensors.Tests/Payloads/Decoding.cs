using System.Text;
using Ambient.Sensors.Payloads;

namespace Ambient.Sensors.Tests.Payloads;

/// <summary>One message through one decoder.</summary>
internal sealed class Decoding
{
    private Decoding(SourceConfig source, string topic, byte[] payload, bool isRetained) =>
        PayloadCatalog.Create(source).Decode(new SensorMessage(topic, payload, isRetained, Some.Noon), Readings, Problems);

    public List<Reading> Readings { get; } = [];

    public List<string> Problems { get; } = [];

    public static Decoding Zigbee(string payload, string topic = "zigbee2mqtt/desk", bool isRetained = false) =>
        Zigbee(Encoding.UTF8.GetBytes(payload), topic, isRetained);

    public static Decoding Zigbee(byte[] payload, string topic = "zigbee2mqtt/desk", bool isRetained = false) =>
        new(new SourceConfig(), topic, payload, isRetained);

    public static Decoding Generic(string payload, params GenericMapping[] mapping) => Generic("building/room/sound", payload, mapping);

    public static Decoding Generic(string topic, string payload, params GenericMapping[] mapping) =>
        new(new SourceConfig { Ecosystem = "generic", Mapping = mapping }, topic, Encoding.UTF8.GetBytes(payload), isRetained: false);

    /// <summary>The only reading, when there was no problem.</summary>
    public (Quantity Quantity, double Value) Only()
    {
        Assert.Empty(Problems);
        Reading reading = Assert.Single(Readings);
        return (reading.Quantity, Math.Round(reading.Value, 9));
    }

    /// <summary>The only problem, when there was no reading.</summary>
    public string Refused()
    {
        Assert.Empty(Readings);
        return Assert.Single(Problems);
    }
}
