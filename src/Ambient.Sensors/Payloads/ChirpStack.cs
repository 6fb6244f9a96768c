using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>ChirpStack 3 and 4: <c>application/&lt;id&gt;/device/&lt;EUI&gt;/event/up</c>, with <c>object</c> (or <c>objectJSON</c>) as the device profile's codec made it.</summary>
/// <remarks>Other events (join, status, ack, log …) are about the network. Without a codec there is only base64, which nobody can read. Source: chirpstack.io, "Integrations, Events".</remarks>
internal sealed class ChirpStack : IPayloadDecoder
{
    public static readonly string[] Topics = ["application/+/device/+/event/up", "application/+/device/+/rx", "application/+/node/+/rx"];

    /// <inheritdoc/>
    public string Ecosystem => "chirpstack";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        string[] levels = message.Topic.Split('/');
        if (levels[^1] is not ("up" or "rx")) return;
        string sensor = string.Join('/', levels.TakeWhile(level => level is not ("event" or "rx")));
        var body = new MessageBody(message, readings, problems);
        body.ReadObject(json =>
        {
            if (json.TryGetProperty("object", out JsonElement values) && values.ValueKind == JsonValueKind.Object)
            {
                LoraObject.Read(body, sensor, values);
            }
            else if (json.TryGetProperty("objectJSON", out JsonElement text) && text.ValueKind == JsonValueKind.String && text.GetString() is { Length: > 0 } inner)
            {
                using JsonDocument document = JsonDocument.Parse(inner);
                if (document.RootElement.ValueKind == JsonValueKind.Object) LoraObject.Read(body, sensor, document.RootElement);
            }
        });
    }
}
