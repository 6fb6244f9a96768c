using System.Text.Json;

namespace Ambient.Sensors.Tests;

public sealed class SensorsConfigTests
{
    [Fact]
    public void Out_of_the_box_a_zigbee2mqtt_is_heard() =>
        Assert.Equal(["zigbee2mqtt/#"], SensorsConfig.Read(null, []).TopicFilters());

    [Fact]
    public void Topics_to_subscribe_to_come_from_ecosystems_and_mappings()
    {
        SensorsConfig config = Good("""
            {"RoomCapacity": 20, "Sources": [
              {"Ecosystem": "zigbee2mqtt", "Topic": "home/z2m/#"},
              {"Ecosystem": "generic", "Mapping": [
                {"Topic": "a/+", "Path": "$.v", "Quantity": "sound", "Scale": 0.001},
                {"Topic": "a/+", "Path": "$.door", "Quantity": "contact", "Open": [1, "ON", true], "Closed": "OFF"},
                {"Topic": "b", "Quantity": "co2"}]}]}
            """);
        Assert.Equal(["home/z2m/#", "home/bridge/info", "a/+", "b"], config.TopicFilters());
        Assert.Equal(20, config.RoomCapacity);
        Assert.Equal(["1", "ON", "true"], config.Sources[1].Mapping[1].Open);
        Assert.Equal(["OFF"], config.Sources[1].Mapping[1].Closed);
        Assert.Equal(1, config.Sources[1].Mapping[2].Scale);
    }

    [Theory]
    [InlineData("""{"RoomCapacity": 0}""", "Sensors.RoomCapacity is 0; allowed: 1..100000")]
    [InlineData("""{"RoomVolumeM3": 0}""", "Sensors.RoomVolumeM3 is 0; allowed: 5..1000000")]
    [InlineData("""{"RoomCapacity": "big"}""", "Sensors.RoomCapacity: ")]
    [InlineData("""{"Rooms": 1}""", "Sensors.Rooms: ")]
    [InlineData("""{"Sources": [{"Ecosystem": "zigbee"}]}""", "Sensors.Sources[0].Ecosystem is 'zigbee'. There are: chirpstack, esphome, everything-presence-one, generic, ha-statestream, homie, ruuvi-gateway, shelly-gen1, shelly-gen2, sparkplug-b, tasmota, theengs, ttn, zigbee2mqtt")]
    [InlineData("""{"Sources": [{"Ecosystem": "generic", "Mapping": [{"Topic": "a/#/b", "Quantity": "co2"}]}]}""", "Sensors.Sources[0].Mapping[0].Topic is 'a/#/b'; a topic filter")]
    [InlineData("""{"Devices": [{"Kind": "kazoo"}]}""", "Sensors.Devices[0].Kind is 'kazoo'. There are: gpio, hwmon, iio, ld2410, microphone, replay")]
    [InlineData("""{"Devices": [{"File": "x.csv", "Format": "xls"}]}""", "Sensors.Devices[0].Format is 'xls'. There are: ambient, uci357, uci864")]
    public void A_mistake_is_told_with_key_value_and_what_would_be_right(string section, string problem)
    {
        var problems = new List<string>();
        SensorsConfig.Read(Json(section), problems);
        Assert.StartsWith(problem, Assert.Single(problems), StringComparison.Ordinal);
    }

    private static SensorsConfig Good(string section)
    {
        var problems = new List<string>();
        SensorsConfig config = SensorsConfig.Read(Json(section), problems);
        Assert.Empty(problems);
        return config;
    }

    private static JsonElement Json(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
