using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>zigbee2mqtt: one JSON object a device, <c>zigbee2mqtt/&lt;friendly name&gt;</c>; availability below it.</summary>
/// <remarks>
/// Unrelated keys are ignored, <c>null</c> means "not known yet" and is no reading. <c>contact: true</c> means closed. A device that ever reported <c>illuminance_lux</c>
/// has the raw Zigbee encoding (10 000 lg lx + 1) in <c>illuminance</c>; alone and above 10 000 it can't be told from lux, so it is a problem. Occupancy is a state, which is repeated with
/// every report of the device: it is given as it stands, never as fresh motion. Also understood: one topic an attribute (<c>output: attribute</c>).
/// Source: zigbee2mqtt.io, "MQTT topics and messages" and "Exposes".
/// </remarks>
/// <param name="topic">Filter of its topics, ending in <c>/#</c>; what stands before is the base topic.</param>
internal sealed class Zigbee2Mqtt(string topic) : IPayloadDecoder
{
    public static readonly string[] Topics = ["zigbee2mqtt/#"];

    private const string AvailabilitySuffix = "/availability";

    private static readonly (string Key, Quantity Quantity)[] Keys =
    [
        ("occupancy", Quantity.Occupancy),
        ("presence", Quantity.Presence),
        ("motion", Quantity.Motion),
        ("contact", Quantity.Contact),
        ("illuminance_lux", Quantity.Illuminance),
        ("illuminance", Quantity.Illuminance),
        ("noise", Quantity.Noise),
        ("co2", Quantity.Co2),
        ("temperature", Quantity.Temperature),
        ("humidity", Quantity.Humidity),
    ];

    /// <summary>From here on a whole number may be raw: 10 lx encoded, or a sensor in the sun.</summary>
    private const double SmallestDoubtfulIlluminance = 10_001;

    private readonly string _baseTopic = topic.EndsWith("/#", StringComparison.Ordinal) ? topic[..^1] : topic + "/";
    private readonly AttributeMemory _rawIlluminance = new();

    /// <inheritdoc/>
    public string Ecosystem => "zigbee2mqtt";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        // bridge/…: zigbee2mqtt about itself. …/set and …/get: what others ask of a device, not what it says.
        string topic = message.Topic;
        string name = topic.StartsWith(_baseTopic, StringComparison.Ordinal) ? topic[_baseTopic.Length..] : topic[(topic.IndexOf('/', StringComparison.Ordinal) + 1)..];
        if (name == "bridge" || name.StartsWith("bridge/", StringComparison.Ordinal) || IsRequest(name) || message.Payload.IsEmpty) return;

        var body = new MessageBody(message, readings, problems);
        if (name.EndsWith(AvailabilitySuffix, StringComparison.Ordinal)) DecodeAvailability(body, topic[..^AvailabilitySuffix.Length]);
        else if (!TryAttribute(body, topic)) body.ReadObject(state => DecodeState(body, topic, state));
    }

    private static bool IsRequest(string name)
    {
        foreach (string level in name.Split('/').Skip(1))
            if (level is "set" or "get") return true;
        return false;
    }

    private static void DecodeAvailability(MessageBody body, string sensor)
    {
        if (!body.TryGetText(out string text)) return;
        if (text.StartsWith('{')) body.ReadObject(json => AddAvailability(body, sensor, json.TryGetProperty("state", out JsonElement state) ? state.ToString() : text));
        else AddAvailability(body, sensor, text); // the legacy form
    }

    private static void AddAvailability(MessageBody body, string sensor, string state)
    {
        if (state is "online" or "offline") body.Add(sensor, Quantity.Available, state == "online" ? 1 : 0);
        else body.Problem($"availability is {MessageBody.Shorten(state)}; online or offline would be right");
    }

    // zigbee2mqtt/desk/temperature with 21.5 in it.
    private bool TryAttribute(MessageBody body, string topic)
    {
        int slash = topic.LastIndexOf('/');
        string key = topic[(slash + 1)..];
        if (topic.Count(c => c == '/') < 2 || Array.FindIndex(Keys, known => known.Key == key) < 0) return false;
        if (!body.TryGetText(out string text) || text.StartsWith('{')) return false;
        body.ReadJson(value => Decode(body, topic[..slash], key, Array.Find(Keys, known => known.Key == key).Quantity, value));
        return true;
    }

    private void DecodeState(MessageBody body, string sensor, JsonElement state)
    {
        if (state.TryGetProperty("illuminance_lux", out _)) _rawIlluminance.Set(sensor, "raw");
        foreach (var (key, quantity) in Keys)
            if (state.TryGetProperty(key, out JsonElement value) && value.ValueKind != JsonValueKind.Null) Decode(body, sensor, key, quantity, value);
    }

    private void Decode(MessageBody body, string sensor, string key, Quantity quantity, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Null) return;
        if (key == "illuminance_lux") _rawIlluminance.Set(sensor, "raw");
        if (key == "illuminance" && _rawIlluminance[sensor] is not null) return;
        if (quantity == Quantity.Contact && value.ValueKind is JsonValueKind.True or JsonValueKind.False) body.Add(sensor, quantity, value.GetBoolean() ? 0 : 1);
        else if (key == "illuminance" && value.ValueKind == JsonValueKind.Number && value.GetDouble() >= SmallestDoubtfulIlluminance && double.IsFinite(value.GetDouble()))
            body.Problem($"illuminance is {value.GetRawText()}, which may be Zigbee's raw encoding; illuminance_lux or at most 10000 would be right");
        else body.AddValue(sensor, quantity, key, value, Quantities.UnitOf(quantity));
    }
}
