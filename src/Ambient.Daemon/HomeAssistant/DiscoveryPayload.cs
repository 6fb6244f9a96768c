using System.Text.Json;
using System.Text.Json.Nodes;
using Ambient.Daemon.Control;
using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.HomeAssistant;

/// <summary>How a zone introduces itself to Home Assistant: one device with all its entities.</summary>
/// <remarks>Source: Home Assistant, "MQTT: device discovery payload" (2024.11 and later). Keys are written out, not abbreviated, for whoever reads them on the broker.</remarks>
internal static class DiscoveryPayload
{
    private const int LongestState = 255; // of an entity in Home Assistant

    /// <summary>The discovery message of a zone, UTF-8 JSON.</summary>
    /// <param name="topics">The zone's topics.</param>
    /// <param name="moods">Every mood that can be asked for.</param>
    /// <param name="version">Of this program.</param>
    /// <param name="consoleUrl">Where the console is, if others can reach it.</param>
    public static byte[] Of(MqttTopics topics, IReadOnlyList<string> moods, string version, string? consoleUrl)
    {
        string id = IdOf(topics.Zone);
        var device = new JsonObject
        {
            ["identifiers"] = new JsonArray(id),
            ["name"] = $"Ambient {topics.Zone}",
            ["manufacturer"] = "Ambient",
            ["model"] = "Living sound for a room",
            ["sw_version"] = version,
        };
        if (consoleUrl is not null) device["configuration_url"] = consoleUrl;
        var root = new JsonObject
        {
            ["device"] = device,
            ["origin"] = new JsonObject { ["name"] = "Ambient", ["sw_version"] = version },
            ["availability_topic"] = topics.State("availability"),
            ["payload_available"] = "online",
            ["payload_not_available"] = "offline",
            ["components"] = Components(id, topics, moods),
        };
        return JsonSerializer.SerializeToUtf8Bytes(root, DiscoveryJson.Default.JsonObject);
    }

    /// <summary>The id of a zone's device: <c>ambient_lobby</c>. What Home Assistant does not allow in an id becomes <c>_</c>.</summary>
    public static string IdOf(string zone) => "ambient_" + string.Concat(zone.Select(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' ? letter : '_'));

    private static JsonObject Components(string id, MqttTopics topics, IReadOnlyList<string> moods)
    {
        var components = new JsonObject();
        Add("mood", "select", "Mood", "mdi:music", [.. Controlled("mood"), ("options", new JsonArray([.. moods.Select(mood => JsonValue.Create(mood))]))]);
        Add("level", "number", "Level", "mdi:volume-medium", [.. Controlled("level"), ("min", 0), ("max", 100), ("step", 1), ("mode", "slider"), ("unit_of_measurement", "%")]);
        Add("playing", "switch", "Playing", "mdi:play-circle", [.. Controlled("power"), .. OnOff]);
        Add("back_to_schedule", "button", "Back to schedule", "mdi:calendar-clock",
            [("command_topic", topics.State("override/clear")), ("payload_press", $$"""{"priority":{{Priorities.Operator}}}""")]);
        Add("override_end", "sensor", "Override ends", "mdi:timer-sand",
            [.. Sensed("effective", $"{{{{ value_json.until if value_json.until and value_json.priority <= {Priorities.LowestOverride} else None }}}}"), ("device_class", "timestamp")]);
        Add("occupied", "binary_sensor", "Occupied", null, [.. Sensed("context", "{{ 'ON' if value_json.occupied else 'OFF' }}"), ("device_class", "occupancy"), .. OnOff]);
        Add("people", "sensor", "People", "mdi:account-group", [.. Sensed("context", "{{ value_json.people }}"), .. Measurement]);
        Add("dba", "sensor", "Room noise", null, [.. Sensed("context", "{{ value_json.dba }}"), ("device_class", "sound_pressure"), ("unit_of_measurement", "dBA"), .. Measurement]);
        Add("lux", "sensor", "Light", null, [.. Sensed("context", "{{ value_json.lux }}"), ("device_class", "illuminance"), ("unit_of_measurement", "lx"), .. Measurement]);
        Add("daylight", "sensor", "Daylight", "mdi:weather-sunny",
            [.. Sensed("context", "{{ value_json.daylight }}"), ("device_class", "illuminance"), ("unit_of_measurement", "lx"), .. Measurement]);
        Add("why", "sensor", "Why", "mdi:comment-question", [.. Sensed("why", $"{{{{ value_json.text[:{LongestState}] }}}}"), ("json_attributes_topic", topics.State("why"))]);
        Add("fault", "binary_sensor", "Fault", null,
            [("state_topic", topics.State("fault")), ("device_class", "problem"), .. OnOff, Diagnostic, ("json_attributes_topic", topics.State("fault/attributes"))]);
        Add("cpu", "sensor", "Processor", "mdi:chip", [.. Sensed("diag", "{{ value_json.cpu }}"), ("unit_of_measurement", "%"), Diagnostic, .. Measurement]);
        Add("memory", "sensor", "Memory", null, [.. Sensed("diag", "{{ value_json.rss }}"), ("device_class", "data_size"), ("unit_of_measurement", "MB"), Diagnostic, .. Measurement]);
        Add("xruns", "sensor", "Audio gaps", "mdi:alert-circle-outline", [.. Sensed("diag", "{{ value_json.xruns }}"), Diagnostic, ("state_class", "total_increasing")]);
        return components;

        void Add(string key, string platform, string name, string? icon, IEnumerable<(string Field, JsonNode? Value)> fields)
        {
            var component = new JsonObject { ["platform"] = platform, ["unique_id"] = $"{id}_{key}", ["name"] = name };
            if (icon is not null) component["icon"] = icon;
            foreach ((string field, JsonNode? value) in fields) component[field] = value;
            components[key] = component;
        }

        (string, JsonNode?)[] Controlled(string name) => [("state_topic", topics.State(name)), ("command_topic", topics.State($"{name}/set"))];

        (string, JsonNode?)[] Sensed(string name, string template) => [("state_topic", topics.State(name)), ("value_template", template)];
    }

    private static (string, JsonNode?)[] OnOff => [("payload_on", "ON"), ("payload_off", "OFF")];

    private static (string, JsonNode?)[] Measurement => [("state_class", "measurement"), ("suggested_display_precision", 0)];

    private static (string, JsonNode?) Diagnostic => ("entity_category", "diagnostic");
}
