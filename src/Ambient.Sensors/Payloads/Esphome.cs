namespace Ambient.Sensors.Payloads;

/// <summary>ESPHome's own MQTT: <c>&lt;node&gt;/sensor/&lt;id&gt;/state</c>, <c>&lt;node&gt;/binary_sensor/&lt;id&gt;/state</c>, <c>&lt;node&gt;/status</c>. Plain text, no units.</summary>
/// <remarks>
/// The id is the name that the owner gave, so the quantity is told from its words; a name that says nothing gives no reading. ON of a door or window is open, as Home Assistant reads it.
/// A sensor without a value sends <c>nan</c>. Source: esphome.io, "MQTT client component". Everything Presence One is an ESPHome device: its <c>mmwave</c> is presence, its <c>pir</c> motion.
/// </remarks>
internal sealed class Esphome(string ecosystem) : IPayloadDecoder
{
    public static readonly string[] Topics = ["+/sensor/+/state", "+/binary_sensor/+/state", "+/status"];

    /// <inheritdoc/>
    public string Ecosystem => ecosystem;

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        string[] levels = message.Topic.Split('/');
        if (levels[0] == "homeassistant") return; // Home Assistant's own: discovery and statestream have topics of the same form
        var body = new MessageBody(message, readings, problems);
        if (levels.Length >= 2 && levels[^1] is "status" && body.TryGetText(out string status) && status is "online" or "offline")
        {
            body.AddText(string.Join('/', levels[..^1]), Quantity.Available, "status", status);
            return;
        }

        if (levels.Length < 4 || levels[^1] != "state" || levels[^3] is not ("sensor" or "binary_sensor")) return;
        bool isYesOrNo = levels[^3] == "binary_sensor";
        if (!TryQuantity(levels[^2], isYesOrNo, out Quantity quantity) || !body.TryGetText(out string text) || text.Length == 0) return;
        if (quantity == Quantity.Contact) text = text.ToUpperInvariant() switch { "ON" => "open", "OFF" => "closed", _ => text };
        body.AddText(string.Join('/', levels[..^1]), quantity, levels[^2], text, QuantityNames.UnitIn(levels[^2], quantity));
    }

    // Names that ESPHome's documentation gives to a radar's "somebody is there"; its moving and still targets are no answer each by itself.
    private static bool TryQuantity(string name, bool isYesOrNo, out Quantity quantity)
    {
        quantity = Quantity.Presence;
        return (isYesOrNo && QuantityNames.WordsOf(name) is [.., "has", "target"] or [.., "person", "information"]) || (!QuantityNames.NeedsUnit(name) && QuantityNames.TryFind(name, isYesOrNo, out quantity));
    }
}
