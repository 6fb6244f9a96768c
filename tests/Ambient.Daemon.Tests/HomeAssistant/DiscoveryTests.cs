using System.Text;
using System.Text.Json;
using Ambient.Daemon.HomeAssistant;
using Ambient.Daemon.Mqtt;
using Ambient.Daemon.Tests.Mqtt;

namespace Ambient.Daemon.Tests.HomeAssistant;

public sealed class DiscoveryTests : IDisposable
{
    private static readonly MqttTopics Topics = new("ambient", "lobby", ["floor-2"]);

    // What Home Assistant demands of a platform, by its MQTT integration's documentation.
    private static readonly Dictionary<string, string[]> Mandatory = new()
    {
        ["select"] = ["command_topic", "options"],
        ["number"] = ["command_topic"],
        ["switch"] = ["command_topic"],
        ["button"] = ["command_topic"],
        ["sensor"] = ["state_topic"],
        ["binary_sensor"] = ["state_topic"],
    };

    // Device classes with the units that Home Assistant takes for them.
    private static readonly Dictionary<string, string[]> Units = new()
    {
        ["sound_pressure"] = ["dB", "dBA"],
        ["illuminance"] = ["lx"],
        ["data_size"] = ["MB", "MiB", "GB", "kB", "B"],
    };

    private readonly Sent _sent = new();
    private readonly string _state = Directory.CreateTempSubdirectory("ambient-discovery-").FullName;

    private static JsonElement Payload => JsonDocument.Parse(DiscoveryPayload.Of(Topics, ["calm", "focus", "off"], "0.1.0", null)).RootElement;

    private static IEnumerable<JsonProperty> Components => Payload.GetProperty("components").EnumerateObject();

    [Fact]
    public void Everything_that_a_room_can_say_or_be_told_is_there() => Assert.Equal(
        ["back_to_schedule", "cpu", "daylight", "dba", "fault", "level", "lux", "memory", "mood", "occupied", "override_end", "people", "playing", "why", "xruns"],
        Components.Select(component => component.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Each_component_has_what_its_platform_demands()
    {
        foreach (JsonProperty component in Components)
        {
            string platform = component.Value.GetProperty("platform").GetString()!;
            Assert.All(Mandatory[platform], key => Assert.True(component.Value.TryGetProperty(key, out _), $"{component.Name} lacks {key}"));
        }

        Assert.True(Payload.GetProperty("origin").TryGetProperty("name", out _));
        Assert.NotEmpty(Payload.GetProperty("device").GetProperty("identifiers").EnumerateArray());
    }

    [Fact]
    public void Ids_are_unique_and_carry_the_zone()
    {
        List<string> ids = [.. Components.Select(component => component.Value.GetProperty("unique_id").GetString()!)];
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.StartsWith("ambient_lobby_", id));
    }

    [Fact]
    public void Units_fit_their_device_class()
    {
        foreach (JsonProperty component in Components)
        {
            if (!component.Value.TryGetProperty("device_class", out JsonElement kind) || !Units.TryGetValue(kind.GetString()!, out string[]? units)) continue;
            Assert.Contains(component.Value.GetProperty("unit_of_measurement").GetString(), units);
        }
    }

    [Fact]
    public void Every_command_topic_is_one_that_the_zone_obeys()
    {
        foreach (JsonProperty component in Components)
        {
            if (component.Value.TryGetProperty("command_topic", out JsonElement topic)) Assert.True(Topics.TryParseCommand(topic.GetString()!, out _), topic.GetString());
        }
    }

    [Fact]
    public void Every_state_topic_is_one_that_the_zone_publishes()
    {
        new Daemon.Room.StatePublisher(Topics, _sent).Publish(Some.Room(Some.Noon));
        HashSet<string> published = [.. _sent.Messages.Select(message => message.Topic)];
        foreach (JsonProperty component in Components)
        {
            foreach (string key in new[] { "state_topic", "json_attributes_topic" })
            {
                if (component.Value.TryGetProperty(key, out JsonElement topic)) Assert.Contains(topic.GetString()!, published);
            }
        }
    }

    [Fact]
    public void A_zone_introduces_itself_retained_and_again_when_Home_Assistant_is_born()
    {
        Discovery discovery = Introduce("lobby");
        int births = 0;
        discovery.Born += () => births++;
        Assert.Equal(("homeassistant/device/ambient_lobby/config", true), (_sent.Messages[^1].Topic, _sent.Messages[^1].Retain));
        _sent.Messages.Clear();
        Assert.True(discovery.TryHandle(new MqttMessage("homeassistant/status", Encoding.UTF8.GetBytes("offline"), false)));
        Assert.Empty(_sent.Messages);
        Assert.True(discovery.TryHandle(new MqttMessage("homeassistant/status", Encoding.UTF8.GetBytes("online"), false)));
        Assert.Single(_sent.Messages);
        Assert.Equal(1, births);
        Assert.False(discovery.TryHandle(new MqttMessage("homeassistant/sensor/x/state", Encoding.UTF8.GetBytes("online"), false)));
    }

    [Fact]
    public void A_renamed_zone_takes_its_old_introduction_back()
    {
        Introduce("lobby");
        _sent.Messages.Clear();
        Introduce("entrance");
        Assert.Equal(("homeassistant/device/ambient_lobby/config", "", true), _sent.Messages[0]);
        Assert.Equal("homeassistant/device/ambient_entrance/config", _sent.Messages[1].Topic);
    }

    [Fact]
    public void A_name_with_strange_letters_gets_an_id_that_Home_Assistant_takes() => Assert.Equal("ambient_Caf__1", DiscoveryPayload.IdOf("Café 1"));

    public void Dispose() => Directory.Delete(_state, recursive: true);

    private Discovery Introduce(string zone)
    {
        var discovery = new Discovery("homeassistant", zone, DiscoveryPayload.Of(new MqttTopics("ambient", zone, []), ["calm"], "0.1.0", null), _sent);
        discovery.Announce("homeassistant", _state);
        return discovery;
    }
}
