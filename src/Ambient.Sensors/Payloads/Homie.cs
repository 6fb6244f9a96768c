using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>Homie 3, 4 and 5: <c>homie/&lt;device&gt;/&lt;node&gt;/&lt;property&gt;</c>, from 5 on <c>homie/5/…</c>. Units and formats come in attributes, from 5 on in <c>$description</c>.</summary>
/// <remarks>
/// Attributes are retained on purpose and learnt from retained copies; values are not. <c>sleeping</c> is no absence. The Boolean format of Homie 5 names its two values
/// (<c>closed,open</c>: false, true). Source: homieiot.github.io, conventions 3.0.1, 4.0.0 and 5.
/// </remarks>
internal sealed class Homie : IPayloadDecoder
{
    public static readonly string[] Topics = ["homie/#"];

    private readonly AttributeMemory _attributes = new();

    /// <inheritdoc/>
    public string Ecosystem => "homie";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        string[] levels = message.Topic.Split('/');
        int device = levels.Length > 1 && levels[1] == "5" ? 2 : 1;
        var body = new MessageBody(message, readings, problems);
        if (levels.Length == device + 2 && levels[^1] == "$state") ReadState(body, message.Topic[..^"/$state".Length]);
        else if (levels.Length == device + 2 && levels[^1] == "$description") body.ReadObject(json => Learn(string.Join('/', levels[..^1]), json));
        else if (levels.Length == device + 4 && levels[^1] is "$unit" or "$format" or "$datatype" && body.TryGetText(out string attribute)) _attributes.Set(message.Topic, attribute);
        else if (levels.Length == device + 3 && !Array.Exists(levels, level => level.StartsWith('$'))) ReadProperty(body, message.Topic, levels[^2], levels[^1]);
    }

    private static void ReadState(MessageBody body, string device)
    {
        if (!body.TryGetText(out string state) || state.Length == 0) return;
        if (state is "ready" or "alert") body.Add(device, Quantity.Available, 1);
        else if (state is "lost" or "disconnected") body.Add(device, Quantity.Available, 0);
        else if (state is not ("init" or "sleeping")) body.Problem($"$state is {MessageBody.Shorten(state)}; init, ready, sleeping, alert, disconnected or lost would be right");
    }

    private void Learn(string device, JsonElement description)
    {
        foreach (JsonProperty node in Members(description, "nodes"))
            foreach (JsonProperty property in Members(node.Value, "properties"))
                foreach (string key in (string[])["unit", "format", "datatype"])
                    if (property.Value.ValueKind == JsonValueKind.Object && property.Value.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String)
                        _attributes.Set($"{device}/{node.Name}/{property.Name}/${key}", value.GetString()!);
    }

    private static JsonElement.ObjectEnumerator Members(JsonElement json, string key) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(key, out JsonElement members) && members.ValueKind == JsonValueKind.Object ? members.EnumerateObject() : default;

    private void ReadProperty(MessageBody body, string topic, string node, string property)
    {
        if (!body.TryGetText(out string text) || text.Length == 0) return;
        bool? isYesOrNo = _attributes[topic + "/$datatype"] switch { "boolean" => true, "integer" or "float" => false, _ => null };
        bool saysOpen = property is "open" or "is-open";
        string name = saysOpen || property is "value" or "state" or "status" or "detected" ? node : property;
        if (!QuantityNames.TryFind(name, isYesOrNo, out Quantity quantity)) return;
        if (quantity == Quantity.Contact && text is "true" or "false")
        {
            string[] labels = (_attributes[topic + "/$format"] ?? (saysOpen ? "closed,open" : "")).Split(',');
            if (labels.Length == 2) text = text == "true" ? labels[1] : labels[0];
        }

        body.AddText(topic, quantity, property, text, _attributes[topic + "/$unit"]);
    }
}
