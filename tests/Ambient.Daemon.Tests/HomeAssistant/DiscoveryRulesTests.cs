using System.Text.Json;
using System.Text.RegularExpressions;
using Ambient.Daemon.HomeAssistant;
using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.Tests.HomeAssistant;

/// <summary>The introduction against Home Assistant's own rules.</summary>
/// <remarks>
/// Source: home-assistant.io, "MQTT" with the pages of select, number, switch, button, sensor and binary sensor, and the sensor's device
/// classes; written down anew as data. Home Assistant refuses a whole device for one key that it does not know.
/// </remarks>
public sealed class DiscoveryRulesTests
{
    private static readonly string[] OfTheDevice = ["identifiers", "connections", "manufacturer", "model", "model_id", "name", "hw_version", "serial_number", "sw_version", "via_device", "suggested_area", "configuration_url"];

    private static readonly string[] AtTheTop = ["device", "origin", "components", "state_topic", "command_topic", "qos", "encoding", .. Availability];

    private static readonly string[] OfEveryEntity =
        ["platform", "unique_id", "name", "icon", "entity_category", "entity_picture", "enabled_by_default", "default_entity_id", "json_attributes_topic", "json_attributes_template", "qos", "encoding", .. Availability];

    private static readonly Dictionary<string, string[]> OfAPlatform = new()
    {
        ["select"] = ["command_topic", "command_template", "options", "optimistic", "retain", "state_topic", "value_template"],
        ["number"] = ["command_topic", "command_template", "device_class", "max", "min", "mode", "optimistic", "payload_reset", "retain", "state_topic", "step", "unit_of_measurement", "value_template"],
        ["switch"] = ["command_topic", "command_template", "device_class", "optimistic", "payload_off", "payload_on", "retain", "state_off", "state_on", "state_topic", "value_template"],
        ["button"] = ["command_topic", "command_template", "device_class", "payload_press", "retain"],
        ["sensor"] = ["device_class", "expire_after", "force_update", "last_reset_value_template", "options", "state_class", "state_topic", "suggested_display_precision", "unit_of_measurement", "value_template"],
        ["binary_sensor"] = ["device_class", "expire_after", "force_update", "off_delay", "payload_off", "payload_on", "state_topic", "value_template"],
    };

    private static readonly Dictionary<string, string[]> UnitsOfSensors = new()
    {
        ["timestamp"] = [],
        ["sound_pressure"] = ["dB", "dBA"],
        ["illuminance"] = ["lx"],
        ["data_size"] = ["B", "kB", "MB", "GB", "KiB", "MiB", "GiB"],
    };

    private static readonly string[] BinaryClasses = ["occupancy", "problem", "motion", "sound", "running", "connectivity"];

    private static readonly string[] StateClasses = ["measurement", "total", "total_increasing"];

    private static readonly string[] Modes = ["auto", "box", "slider"];

    private static string[] Availability => ["availability", "availability_mode", "availability_template", "availability_topic", "payload_available", "payload_not_available"];

    private static JsonElement Payload => JsonDocument.Parse(DiscoveryPayload.Of(new MqttTopics("ambient", "lobby", []), ["calm", "focus", "off"], "0.1.0", "http://lobby:8080")).RootElement;

    private static IEnumerable<JsonElement> Entities => Payload.GetProperty("components").EnumerateObject().Select(entity => entity.Value);

    [Fact]
    public void No_key_is_one_that_Home_Assistant_does_not_know()
    {
        Assert.Empty(Keys(Payload).Except(AtTheTop));
        Assert.Empty(Keys(Payload.GetProperty("device")).Except(OfTheDevice));
        Assert.Empty(Keys(Payload.GetProperty("origin")).Except(["name", "sw_version", "support_url"]));
        Assert.All(Entities, entity => Assert.Empty(Keys(entity).Except([.. OfEveryEntity, .. OfAPlatform[Of(entity, "platform")!]])));
    }

    [Fact]
    public void Every_entity_has_the_unique_id_without_which_a_device_is_refused() =>
        Assert.All(Entities, entity => Assert.Matches("^ambient_lobby_[a-z_]+$", Of(entity, "unique_id")));

    [Fact]
    public void A_sensor_with_a_device_class_has_one_of_its_units_and_a_time_has_none()
    {
        foreach (JsonElement sensor in Entities.Where(entity => Of(entity, "platform") == "sensor" && Of(entity, "device_class") is not null))
        {
            string[] units = UnitsOfSensors[Of(sensor, "device_class")!];
            if (units.Length > 0) Assert.Contains(Of(sensor, "unit_of_measurement"), units);
            else Assert.False(sensor.TryGetProperty("unit_of_measurement", out _) || sensor.TryGetProperty("state_class", out _));
        }
    }

    [Fact]
    public void A_number_for_statistics_has_a_state_class_and_text_has_neither_unit_nor_class()
    {
        foreach (JsonElement sensor in Entities.Where(entity => Of(entity, "platform") == "sensor"))
        {
            bool isNumber = sensor.TryGetProperty("unit_of_measurement", out _) || sensor.TryGetProperty("state_class", out _);
            if (isNumber) Assert.Contains(Of(sensor, "state_class"), StateClasses);
            else Assert.Equal(isNumber, sensor.TryGetProperty("suggested_display_precision", out _));
        }
    }

    [Fact]
    public void Classes_categories_icons_and_modes_are_ones_that_exist()
    {
        foreach (JsonElement entity in Entities)
        {
            if (Of(entity, "platform") == "binary_sensor") Assert.Contains(Of(entity, "device_class"), BinaryClasses);
            if (Of(entity, "entity_category") is { } category) Assert.Equal("diagnostic", category);
            if (Of(entity, "entity_category") is not null) Assert.False(entity.TryGetProperty("command_topic", out _));
            if (Of(entity, "icon") is { } icon) Assert.Matches("^mdi:[a-z-]+$", icon);
            if (Of(entity, "mode") is { } mode) Assert.Contains(mode, Modes);
            if (entity.TryGetProperty("min", out JsonElement least)) Assert.True(least.GetDouble() < entity.GetProperty("max").GetDouble() && entity.GetProperty("step").GetDouble() >= 0.001);
        }
    }

    [Fact]
    public void Templates_are_whole_and_ask_for_what_is_published()
    {
        foreach (JsonElement entity in Entities)
        {
            if (Of(entity, "value_template") is not { } template) continue;
            Assert.Matches(@"^\{\{ .+ \}\}$", template);
            string topic = Of(entity, "state_topic")!;
            string json = Some.Published(topic);
            foreach (Match key in Regex.Matches(template, @"value_json\.([a-z_]+)"))
                Assert.True(JsonDocument.Parse(json).RootElement.TryGetProperty(key.Groups[1].Value, out _), $"{topic} has no {key.Groups[1].Value}");
        }
    }

    [Fact]
    public void The_configuration_page_is_an_address_and_the_topic_one_that_discovery_matches()
    {
        Assert.True(Uri.TryCreate(Of(Payload.GetProperty("device"), "configuration_url"), UriKind.Absolute, out Uri? address) && address.Scheme is "http" or "https");
        Assert.Matches("^[a-zA-Z0-9_-]+$", DiscoveryPayload.IdOf("Café 1"));
    }

    private static IEnumerable<string> Keys(JsonElement element) => element.EnumerateObject().Select(member => member.Name);

    private static string? Of(JsonElement element, string key) => element.TryGetProperty(key, out JsonElement value) ? value.ToString() : null;
}
