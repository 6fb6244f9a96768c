using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>The Things Stack 3: <c>v3/&lt;application&gt;/devices/&lt;device&gt;/up</c>; <c>normalized_payload</c> where there is one, and of <c>decoded_payload</c> what that leaves out.</summary>
/// <remarks>Simulated uplinks are no measurement. Source: thethingsindustries.com/docs, "MQTT Server", "Payload normalization".</remarks>
internal sealed class Ttn : IPayloadDecoder
{
    public static readonly string[] Topics = ["v3/+/devices/+/up"];

    /// <inheritdoc/>
    public string Ecosystem => "ttn";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        string topic = message.Topic;
        if (!topic.EndsWith("/up", StringComparison.Ordinal)) return;
        string sensor = topic[..^"/up".Length];
        var body = new MessageBody(message, readings, problems);
        body.ReadObject(json =>
        {
            if (IsSimulated(json))
            {
                body.Problem("a simulated uplink is no measurement");
                return;
            }

            if (json.TryGetProperty("payload_fields", out JsonElement old) && old.ValueKind == JsonValueKind.Object) LoraObject.Read(body, sensor, old);
            if (!json.TryGetProperty("uplink_message", out JsonElement uplink) || uplink.ValueKind != JsonValueKind.Object) return;
            if (IsSimulated(uplink)) body.Problem("a simulated uplink is no measurement");
            else ReadUplink(body, sensor, uplink);
        });
    }

    private static void ReadUplink(MessageBody body, string sensor, JsonElement uplink)
    {
        bool isDecoded = uplink.TryGetProperty("decoded_payload", out JsonElement decoded) && decoded.ValueKind == JsonValueKind.Object;
        if (!uplink.TryGetProperty("normalized_payload", out JsonElement normalized) || !HasContent(normalized))
        {
            if (isDecoded) LoraObject.Read(body, sensor, decoded);
            return;
        }

        var (known, more) = (new List<Reading>(), new List<Reading>());
        ReadNormalized(body.Into(known), sensor, normalized);
        // Normalisation knows no occupancy, no sound and no people.
        if (isDecoded) LoraObject.Read(body.Into(more, []), sensor, decoded);
        body.Pass(known);
        body.Pass(more.Where(reading => !known.Exists(other => other.Quantity == reading.Quantity)));
    }

    // Whatever it is but false: who sets it at all means it.
    private static bool IsSimulated(JsonElement json) => json.TryGetProperty("simulated", out JsonElement value) && value.ValueKind != JsonValueKind.False;

    private static bool HasContent(JsonElement normalized) => normalized.ValueKind switch
    {
        JsonValueKind.Array => normalized.GetArrayLength() > 0,
        JsonValueKind.Object => true,
        _ => false,
    };

    private static void ReadNormalized(MessageBody body, string sensor, JsonElement normalized)
    {
        if (normalized.ValueKind == JsonValueKind.Object)
        {
            ReadMeasurement(body, sensor, normalized);
            return;
        }

        foreach (JsonElement measurement in normalized.EnumerateArray())
            if (measurement.ValueKind == JsonValueKind.Object) ReadMeasurement(body, sensor, measurement);
    }

    private static void ReadMeasurement(MessageBody body, string sensor, JsonElement measurement)
    {
        if (measurement.TryGetProperty("air", out JsonElement air) && air.ValueKind == JsonValueKind.Object)
        {
            body.AddMember(sensor, Quantity.Temperature, air, "temperature", "°C");
            body.AddMember(sensor, Quantity.Humidity, air, "relativeHumidity");
            body.AddMember(sensor, Quantity.Co2, air, "co2");
            body.AddMember(sensor, Quantity.Illuminance, air, "lightIntensity");
        }

        if (!measurement.TryGetProperty("action", out JsonElement action) || action.ValueKind != JsonValueKind.Object) return;
        body.AddMember(sensor, Quantity.Contact, action, "contactState");
        if (action.TryGetProperty("motion", out JsonElement motion) && motion.ValueKind == JsonValueKind.Object) body.AddMember(sensor, Quantity.Motion, motion, "detected");
    }
}
