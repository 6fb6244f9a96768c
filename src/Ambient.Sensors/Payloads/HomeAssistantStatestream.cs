namespace Ambient.Sensors.Payloads;

/// <summary>Home Assistant's statestream: <c>&lt;base&gt;/sensor/&lt;entity&gt;/state</c> and <c>&lt;base&gt;/binary_sensor/&lt;entity&gt;/state</c> as plain text; attributes beside it, if it publishes them.</summary>
/// <remarks>
/// <c>device_class</c> and <c>unit_of_measurement</c> decide where they were published; else the words of the entity's name. A class that is none of ours rules the entity out, whatever its
/// name. Attributes are JSON, texts in quotes. <c>unavailable</c> and <c>unknown</c> give no reading. Source: home-assistant.io, "MQTT Statestream"; device classes of sensor and binary sensor.
/// </remarks>
internal sealed class HomeAssistantStatestream : IPayloadDecoder
{
    public static readonly string[] Topics = ["+/sensor/+/+", "+/binary_sensor/+/+"];

    private readonly AttributeMemory _attributes = new();

    /// <inheritdoc/>
    public string Ecosystem => "ha-statestream";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        string[] levels = message.Topic.Split('/');
        if (levels.Length < 4 || levels[^3] is not ("sensor" or "binary_sensor")) return;
        string entity = string.Join('/', levels[..^1]);
        var body = new MessageBody(message, readings, problems);
        string topic = message.Topic;
        if (levels[^1] is "device_class" or "unit_of_measurement")
        {
            // Attributes are JSON, and Home Assistant writes "\u00b0C" for °C; by hand, or by another program, they come bare.
            if (body.TryGetText(out string attribute) && !attribute.StartsWith('"')) _attributes.Set(topic, attribute);
            else if (attribute.Length > 0) body.ReadJson(json => _attributes.Set(topic, json.GetString()!));
            return;
        }

        if (levels[^1] != "state" || !TryQuantity(entity, levels[^2], levels[^3] == "binary_sensor", out Quantity quantity) || !body.TryGetText(out string text) || text.Length == 0) return;
        text = text.Trim('"');
        if (quantity == Quantity.Contact) text = text switch { "on" => "open", "off" => "closed", _ => text };
        body.AddText(entity, quantity, levels[^2], text, _attributes[entity + "/unit_of_measurement"] ?? QuantityNames.UnitIn(levels[^2], quantity));
    }

    private bool TryQuantity(string entity, string name, bool isYesOrNo, out Quantity quantity)
    {
        string? known = _attributes[entity + "/device_class"];
        if (known is null or "" or "null" or "None")
            return QuantityNames.TryFind(name, isYesOrNo, out quantity) && (!QuantityNames.NeedsUnit(name) || _attributes[entity + "/unit_of_measurement"] is not null);

        Quantity? meant = (known, isYesOrNo) switch
        {
            ("occupancy", true) => Quantity.Occupancy,
            ("presence", true) => Quantity.Presence,
            ("motion", true) => Quantity.Motion,
            ("door" or "window" or "opening" or "garage_door", true) => Quantity.Contact,
            ("illuminance", false) => Quantity.Illuminance,
            ("sound_pressure", false) => Quantity.Noise,
            ("carbon_dioxide", false) => Quantity.Co2,
            ("temperature", false) => Quantity.Temperature,
            ("humidity", false) => Quantity.Humidity,
            _ => null,
        };
        quantity = meant ?? default;
        if (QuantityNames.IsElsewhere(name)) return false;
        // The class says temperature; the name may still say that it is the processor's.
        return meant is not null && (quantity is not Quantity.Temperature || QuantityNames.TryFind($"{name}_temperature", false, out _));
    }
}
