using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>Homie 3, 4 and 5: <c>homie/&lt;device&gt;/&lt;node&gt;/&lt;property&gt;</c>, from 5 on <c>homie/5/…</c>. Units and formats come in attributes, from 5 on in <c>$description</c>.</summary>
/// <remarks>
/// A device is whatever published <c>$homie</c>, <c>$state</c> or <c>$description</c>, under any root; where none of these came yet (they are retained, so it takes a broken device), <c>homie/5/</c>
/// tells version 5 from the ones before. Attributes are retained on purpose and learnt from retained copies; values are not. What can be set is a wish, such as a thermostat's temperature, and no measurement. <c>sleeping</c> is no absence. The Boolean format of Homie 5 names its two values
/// (<c>closed,open</c>: false, true). Source: homieiot.github.io, conventions 3.0.1, 4.0.0 and 5.
/// </remarks>
internal sealed class Homie : IPayloadDecoder
{
    public static readonly string[] Topics = ["homie/#"];

    private readonly AttributeMemory _attributes = new();
    private readonly AttributeMemory _devices = new();

    /// <inheritdoc/>
    public string Ecosystem => "homie";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        string topic = message.Topic;
        string[] levels = topic.Split('/');
        var body = new MessageBody(message, readings, problems);
        if (levels.Length < 3 || levels[1] == "$broadcast") return;
        string parent = string.Join('/', levels[..^1]);
        switch (levels[^1])
        {
            case "$homie":
                _devices.Set(parent, "");
                break;
            case "$state":
                _devices.Set(parent, "");
                ReadState(body, parent);
                break;
            case "$description":
                _devices.Set(parent, "");
                body.ReadObject(json => Learn(parent, json));
                break;
            case "$name" or "$unit" or "$format" or "$datatype" or "$settable":
                if (body.TryGetText(out string attribute)) _attributes.Set(topic, attribute);
                break;
            default:
                if (IsProperty(levels)) ReadProperty(body, topic, levels[^2], levels[^1]);
                break;
        }
    }

    /// <summary>Two levels below a device: not an attribute, and not <c>…/set</c>, which lies a level deeper.</summary>
    private bool IsProperty(string[] levels)
    {
        if (levels.Length < 4 || Array.Exists(levels, level => level.StartsWith('$'))) return false;
        if (_devices[string.Join('/', levels[..^2])] is not null) return true;
        if (_devices[string.Join('/', levels[..^3])] is not null) return false;
        return levels[0] == "homie" && levels.Length == (levels[1] == "5" ? 5 : 4);
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
        foreach (var (node, nodeValue) in Members(description, "nodes"))
        {
            Learn($"{device}/{node}", nodeValue, "name");
            foreach (var (property, about) in Members(nodeValue, "properties")) Learn($"{device}/{node}/{property}", about, "name", "unit", "format", "datatype", "settable");
        }
    }

    private void Learn(string topic, JsonElement about, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
            if (about.ValueKind == JsonValueKind.Object && about.TryGetProperty(key, out JsonElement value) && value.ValueKind is JsonValueKind.String or JsonValueKind.True or JsonValueKind.False)
                _attributes.Set($"{topic}/${key}", value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText());
    }

    /// <summary>By name in an object, as version 5 has it; with <c>id</c> in an array, as its drafts had it.</summary>
    private static IEnumerable<(string Id, JsonElement Value)> Members(JsonElement json, string key)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(key, out JsonElement members)) yield break;
        if (members.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty member in members.EnumerateObject()) yield return (member.Name, member.Value);
        }
        else if (members.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement member in members.EnumerateArray())
                if (member.ValueKind == JsonValueKind.Object && member.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.String) yield return (id.GetString()!, member);
        }
    }

    private void ReadProperty(MessageBody body, string topic, string node, string property)
    {
        if (!body.TryGetText(out string text) || text.Length == 0 || _attributes[topic + "/$settable"] == "true") return;
        bool? isYesOrNo = _attributes[topic + "/$datatype"] switch { "boolean" => true, "integer" or "float" => false, _ => null };
        bool saysOpen = property is "open" or "is-open";
        string name = saysOpen || property is "value" or "state" or "status" or "detected" or "degrees" or "percentage" or "measurement" or "reading" ? node : property;
        if (property == "count" && QuantityNames.TryFind(node, false, out Quantity counted) && counted == Quantity.People) name = node;
        if (!TryQuantity(topic, node, name, isYesOrNo, out Quantity quantity)) return;
        if (quantity == Quantity.Contact && text is "true" or "false")
        {
            string[] labels = (_attributes[topic + "/$format"] ?? (saysOpen ? "closed,open" : "")).Split(',');
            if (labels.Length == 2) text = text == "true" ? labels[1] : labels[0];
        }

        body.AddText(topic, quantity, property, text, _attributes[topic + "/$unit"] ?? QuantityNames.UnitIn(name, quantity));
    }

    /// <summary>The id names the quantity; where it says nothing, as <c>t</c> or <c>zone-1</c>, the name that people read, and then a number needs its unit.</summary>
    private bool TryQuantity(string topic, string node, string id, bool? isYesOrNo, out Quantity quantity)
    {
        string name = _attributes[topic + "/$name"] ?? "";
        bool isFound = QuantityNames.TryFind(id, isYesOrNo, out quantity)
            || (QuantityNames.TryFind(name, isYesOrNo, out quantity) && (Quantities.IsBinary(quantity) || _attributes[topic + "/$unit"] is not null));
        if (!isFound || node == "engine") return isFound; // the convention's own example, super-car/engine/temperature, is what people try a controller with
        // Each of them may say that it is another thing's: homie/house/outdoor/humidity.
        return QuantityNames.TryFind($"{name} {node} {id}", isYesOrNo, out _) && !QuantityNames.IsElsewhere(_attributes[topic[..topic.LastIndexOf('/')] + "/$name"] ?? "");
    }
}
