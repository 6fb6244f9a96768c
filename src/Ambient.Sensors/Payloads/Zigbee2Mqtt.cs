using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>zigbee2mqtt: one JSON object a device, <c>zigbee2mqtt/&lt;friendly name&gt;</c>; availability below it.</summary>
/// <remarks>
/// Unrelated keys are ignored, <c>null</c> means "not known yet" and is no reading. <c>contact: true</c> means closed. Where a device reports
/// <c>illuminance_lux</c> too, <c>illuminance</c> is the raw Zigbee encoding and is ignored.
/// Source: zigbee2mqtt.io, "MQTT topics and messages" and "Exposes".
/// </remarks>
/// <param name="topic">Filter of its topics, ending in <c>/#</c>; what stands before is the base topic.</param>
internal sealed class Zigbee2Mqtt(string topic) : IPayloadDecoder
{
    public const string DefaultTopic = "zigbee2mqtt/#";

    private const string AvailabilitySuffix = "/availability";

    private static readonly (string Key, Quantity Quantity)[] Keys =
    [
        ("occupancy", Quantity.Occupancy),
        ("presence", Quantity.Presence),
        ("contact", Quantity.Contact),
        ("illuminance_lux", Quantity.Illuminance),
        ("illuminance", Quantity.Illuminance),
        ("noise", Quantity.Noise),
        ("co2", Quantity.Co2),
        ("temperature", Quantity.Temperature),
        ("humidity", Quantity.Humidity),
    ];

    private readonly string _baseTopic = topic.EndsWith("/#", StringComparison.Ordinal) ? topic[..^1] : topic + "/";

    /// <inheritdoc/>
    public string Ecosystem => "zigbee2mqtt";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        // bridge/…: zigbee2mqtt about itself. …/set and …/get: what others ask of a device, not what it says.
        string name = message.Topic.StartsWith(_baseTopic, StringComparison.Ordinal) ? message.Topic[_baseTopic.Length..] : message.Topic;
        if (name.StartsWith("bridge/", StringComparison.Ordinal) || IsRequest(name) || message.Payload.IsEmpty) return;

        var body = new MessageBody(message, readings, problems);
        if (name.EndsWith(AvailabilitySuffix, StringComparison.Ordinal))
            DecodeAvailability(body, message.Topic[..^AvailabilitySuffix.Length]);
        else
            DecodeState(body, message.Topic);
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
        if (!text.StartsWith('{'))
        {
            AddAvailability(body, sensor, text); // the legacy form
            return;
        }

        body.ReadJson(json => AddAvailability(body, sensor, json.TryGetProperty("state", out JsonElement state) ? state.ToString() : text));
    }

    private static void AddAvailability(MessageBody body, string sensor, string state)
    {
        if (state is "online" or "offline") body.Add(sensor, Quantity.Available, state == "online" ? 1 : 0);
        else body.Problem($"availability is {MessageBody.Shorten(state)}; online or offline would be right");
    }

    private static void DecodeState(MessageBody body, string sensor) => body.ReadJson(state =>
    {
        if (state.ValueKind != JsonValueKind.Object)
        {
            body.Problem($"payload is {MessageBody.Shorten(state.GetRawText())}; a JSON object would be right");
            return;
        }

        foreach (var (key, quantity) in Keys)
        {
            if (!state.TryGetProperty(key, out JsonElement value) || value.ValueKind == JsonValueKind.Null) continue;
            if (key == "illuminance" && state.TryGetProperty("illuminance_lux", out JsonElement lux) && lux.ValueKind != JsonValueKind.Null) continue;
            Decode(body, sensor, key, quantity, value);
        }
    });

    private static void Decode(MessageBody body, string sensor, string key, Quantity quantity, JsonElement value)
    {
        bool isYesOrNo = Quantities.IsBinary(quantity);
        if (isYesOrNo && value.ValueKind is (JsonValueKind.True or JsonValueKind.False))
            body.Add(sensor, quantity, value.GetBoolean() != (quantity == Quantity.Contact) ? 1 : 0);
        else if (!isYesOrNo && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number))
            body.Add(sensor, quantity, number);
        else
            body.Problem($"{key} is {MessageBody.Shorten(value.GetRawText())}; {(isYesOrNo ? "true or false" : "a number")} would be right");
    }
}
