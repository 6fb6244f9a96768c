using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>Theengs gateway and OpenMQTTGateway: <c>home/&lt;gateway&gt;/BTtoMQTT/&lt;MAC&gt;</c>, an object a Bluetooth beacon, decoded; the gateway's <c>LWT</c>.</summary>
/// <remarks>Temperatures come twice, as <c>tempc</c> and <c>tempf</c>: the first is taken. Thermometers for meat and bodies (<c>type</c>) tell nothing of a room, nor does a flower pot's. What the decoder does not know has no such keys. Source: decoder.theengs.io, properties.</remarks>
internal sealed class Theengs : IPayloadDecoder
{
    public static readonly string[] Topics = ["+/+/BTtoMQTT/#", "+/+/LWT"];

    /// <inheritdoc/>
    public string Ecosystem => "theengs";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        string topic = message.Topic;
        var body = new MessageBody(message, readings, problems);
        if (topic.EndsWith("/LWT", StringComparison.Ordinal))
        {
            if (body.TryGetText(out string text) && text.Length > 0) body.AddText(topic[..^4], Quantity.Available, "LWT", text);
        }
        else if (topic.Contains("BTtoMQTT", StringComparison.Ordinal))
        {
            body.ReadObject(json => Read(body, topic, json));
        }
    }

    private static void Read(MessageBody body, string sensor, JsonElement json)
    {
        // A thermometer in a roast (often with several probes) or on a forehead; a type that is none of the decoder's words tells nothing.
        if (json.TryGetProperty("tempc2", out _)) return;
        if (json.TryGetProperty("type", out JsonElement type) && (type.ValueKind != JsonValueKind.String || type.GetString() is not { Length: > 0 } kind || kind is "BBQ" or "BODY" or "TIRE" || !kind.All(char.IsAsciiLetterUpper))) return;
        if (json.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String && sensor.EndsWith("BTtoMQTT", StringComparison.Ordinal)) sensor = $"{sensor}/{id.GetString()}";
        bool isPlant = json.TryGetProperty("moi", out _) || (type.ValueKind == JsonValueKind.String && type.ValueEquals("PLANT"u8)); // in the pot, in the sun
        if (isPlant)
        {
            body.AddMember(sensor, Quantity.Illuminance, json, "lux");
            return;
        }

        if (json.TryGetProperty("tempc", out JsonElement celsius) && celsius.ValueKind != JsonValueKind.Null) body.AddValue(sensor, Quantity.Temperature, "tempc", celsius, "°C");
        else body.AddMember(sensor, Quantity.Temperature, json, "tempf", "°F");
        body.AddMember(sensor, Quantity.Humidity, json, "hum");
        body.AddMember(sensor, Quantity.Illuminance, json, "lux");
        body.AddMember(sensor, Quantity.Co2, json, "co2");
        body.AddMember(sensor, Quantity.Motion, json, "motion");
        body.AddMember(sensor, Quantity.Presence, json, "presence");
        body.AddMember(sensor, Quantity.Occupancy, json, "occupancy");
        foreach (string key in (string[])["open", "opening", "door", "window"])
            if (json.TryGetProperty(key, out JsonElement open)) AddOpen(body, sensor, key, open);
    }

    private static void AddOpen(MessageBody body, string sensor, string key, JsonElement open)
    {
        if (open.ValueKind is JsonValueKind.True or JsonValueKind.False) body.Add(sensor, Quantity.Contact, open.GetBoolean() ? 1 : 0);
        else body.AddValue(sensor, Quantity.Contact, key, open);
    }
}
