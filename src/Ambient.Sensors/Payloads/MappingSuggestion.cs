using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>For messages that nothing configured understands: the entry of <c>Sensors:Sources</c> that would.</summary>
public static class MappingSuggestion
{
    /// <summary>An ecosystem whose decoder makes readings of it, narrowed to the device where the topic tells it; else a mapping guessed from the names in it.</summary>
    /// <returns>One line of JSON; null where the message names nothing that a room is sensed by.</returns>
    public static string? For(in SensorMessage message)
    {
        // ESPHome and Home Assistant name their topics alike; only the second is called so.
        bool isHomeAssistant = message.Topic.StartsWith("homeassistant/", StringComparison.Ordinal);
        foreach (string ecosystem in PayloadCatalog.Names.Split(", "))
        {
            if (isHomeAssistant && ecosystem is "esphome" or "everything-presence-one") continue;
            var source = new SourceConfig { Ecosystem = ecosystem };
            string topic = message.Topic;
            if (!PayloadCatalog.TopicsOf(source).Any(filter => TopicFilter.Matches(filter, topic))) continue;
            var readings = new List<Reading>();
            PayloadCatalog.Create(source).Decode(message with { IsRetained = false }, readings, new List<string>());
            if (readings.Count > 0) return OnlyDevice(ecosystem, topic) ?? $$"""{ "Ecosystem": "{{ecosystem}}" }""";
        }

        var entries = new List<string>();
        var body = new MessageBody(message, [], []);
        if (!body.TryGetText(out string text)) return null;
        if (!text.StartsWith('{'))
        {
            // bms/room7/co2, openhab/out/Office_CO2/state
            string[] levels = message.Topic.Split('/');
            string name = levels.Length > 1 && levels[^1].ToLowerInvariant() is "state" or "value" or "status" or "stat" ? levels[^2] : levels[^1];
            if (QuantityNames.TryFind(name, null, out Quantity whole)) entries.Add(Entry(message.Topic, "", whole));
        }
        else
        {
            string topic = message.Topic;
            body.ReadObject(json =>
            {
                foreach (JsonProperty property in json.EnumerateObject())
                    if (property.Value.ValueKind is JsonValueKind.Number or JsonValueKind.String or JsonValueKind.True or JsonValueKind.False && QuantityNames.TryFind(property.Name, null, out Quantity quantity))
                        entries.Add(Entry(topic, $"$['{property.Name}']", quantity));
            });
        }

        return entries.Count == 0 ? null : $$"""{ "Ecosystem": "generic", "Mapping": [ {{string.Join(", ", entries)}} ] }""";
    }

    /// <summary>The entry of <c>Sensors:Sources</c> that takes only the device of this message.</summary>
    /// <returns>One line of JSON; null where the topic does not tell the device.</returns>
    public static string? OnlyDevice(string ecosystem, string topic) =>
        DeviceTopic.Of(ecosystem, topic) is { } filter ? $$"""{ "Ecosystem": "{{ecosystem}}", "Topic": {{Quoted(filter)}} }""" : null;

    private static string Entry(string topic, string path, Quantity quantity)
    {
        string unit = Quantities.UnitOf(quantity);
        return $$"""{ "Topic": {{Quoted(topic)}}, "Path": {{Quoted(path)}}, "Quantity": "{{Quantities.NameOf(quantity)}}"{{(unit.Length > 0 ? $", \"Unit\": \"{unit}\"" : "")}} }""";
    }

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
