using System.Text;
using Ambient.Sensors.Payloads;

namespace Ambient.Sensors.Tests.Payloads;

/// <summary>Every ecosystem with everything that is no measurement where a measurement stands: not one of them may become a reading.</summary>
public sealed class NastyValuesTests
{
    /// <summary>Where a value stands in a message: <c>@</c> in the payload. A payload that is nothing but <c>@</c> is plain text, else JSON.</summary>
    private static readonly Place[] Places =
    [
        new("zigbee2mqtt", "zigbee2mqtt/desk", """{"battery":97,"temperature":@,"linkquality":120}""", Quantity.Temperature),
        new("zigbee2mqtt", "zigbee2mqtt/desk", """{"humidity":@}""", Quantity.Humidity),
        new("zigbee2mqtt", "zigbee2mqtt/desk", """{"illuminance":@}""", Quantity.Illuminance),
        new("zigbee2mqtt", "zigbee2mqtt/desk", """{"illuminance_lux":@}""", Quantity.Illuminance),
        new("zigbee2mqtt", "zigbee2mqtt/desk", """{"co2":@,"voc":12}""", Quantity.Co2),
        new("zigbee2mqtt", "zigbee2mqtt/desk", """{"noise":@}""", Quantity.Noise),
        new("zigbee2mqtt", "zigbee2mqtt/desk", """{"occupancy":@}""", Quantity.Occupancy),
        new("zigbee2mqtt", "zigbee2mqtt/desk", """{"presence":@}""", Quantity.Presence),
        new("zigbee2mqtt", "zigbee2mqtt/desk", """{"contact":@}""", Quantity.Contact),
        new("zigbee2mqtt", "zigbee2mqtt/desk/temperature", "@", Quantity.Temperature),
        new("zigbee2mqtt", "zigbee2mqtt/desk/illuminance", "@", Quantity.Illuminance),
        new("zigbee2mqtt", "zigbee2mqtt/desk/availability", "@", Quantity.Available),
        new("zigbee2mqtt", "zigbee2mqtt/desk/availability", """{"state":@}""", Quantity.Available),
        new("esphome", "desk/sensor/desk_temperature/state", "@", Quantity.Temperature),
        new("esphome", "desk/sensor/desk_humidity/state", "@", Quantity.Humidity),
        new("esphome", "desk/sensor/bh1750_illuminance/state", "@", Quantity.Illuminance),
        new("esphome", "desk/sensor/scd40_co2/state", "@", Quantity.Co2),
        new("esphome", "desk/sensor/sound_level/state", "@", Quantity.Noise),
        new("esphome", "desk/binary_sensor/hall_pir/state", "@", Quantity.Motion),
        new("esphome", "desk/binary_sensor/front_door/state", "@", Quantity.Contact),
        new("esphome", "desk/status", "@", Quantity.Available),
        new("tasmota", "tele/desk/SENSOR", """{"Time":"2026-03-02T10:00:00","AM2301":{"Temperature":@},"TempUnit":"C"}""", Quantity.Temperature),
        new("tasmota", "tele/desk/SENSOR", """{"Time":"2026-03-02T10:00:00","AM2301":{"Humidity":@}}""", Quantity.Humidity),
        new("tasmota", "tele/desk/SENSOR", """{"BH1750":{"Illuminance":@}}""", Quantity.Illuminance),
        new("tasmota", "stat/desk/STATUS10", """{"StatusSNS":{"SCD40":{"CarbonDioxide":@}}}""", Quantity.Co2),
        new("tasmota", "tele/desk/SENSOR", """{"Temperature":@,"TempUnit":"C"}""", Quantity.Temperature),
        new("tasmota", "tele/desk/SENSOR", """{"ZbReceived":{"0x1":{"Occupancy":@}}}""", Quantity.Occupancy),
        new("tasmota", "stat/desk/PIR1", "@", Quantity.Motion),
        new("tasmota", "tele/desk/LWT", "@", Quantity.Available),
        new("shelly-gen1", "shellies/shellyht-1/sensor/temperature", "@", Quantity.Temperature),
        new("shelly-gen1", "shellies/shellyht-1/sensor/humidity", "@", Quantity.Humidity),
        new("shelly-gen1", "shellies/shellymotionsensor-1/status", """{"motion":@,"active":true}""", Quantity.Motion),
        new("shelly-gen1", "shellies/shellymotionsensor-1/status", """{"lux":@}""", Quantity.Illuminance),
        new("shelly-gen1", "shellies/shellydw2-1/sensor/state", "@", Quantity.Contact),
        new("shelly-gen2", "desk/events/rpc", """{"src":"x","method":"NotifyStatus","params":{"temperature:0":{"id":0,"tC":@}}}""", Quantity.Temperature),
        new("shelly-gen2", "desk/events/rpc", """{"src":"x","method":"NotifyFullStatus","params":{"humidity:0":{"id":0,"rh":@}}}""", Quantity.Humidity),
        new("shelly-gen2", "desk/status/illuminance:0", """{"id":0,"lux":@}""", Quantity.Illuminance),
        new("shelly-gen2", "desk/status/presencezone:200", """{"id":200,"value":@}""", Quantity.Presence),
        new("shelly-gen2", "desk/status/presencezone:200", """{"id":200,"num_objects":@}""", Quantity.People),
        new("shelly-gen2", "client/rpc", """{"id":1,"src":"x","result":{"temperature:0":{"id":0,"tC":@}}}""", Quantity.Temperature),
        new("shelly-gen2", "desk/online", "@", Quantity.Available),
        new("homie", "homie/5/desk/climate/temperature", "@", Quantity.Temperature),
        new("homie", "homie/5/desk/climate/humidity", "@", Quantity.Humidity),
        new("homie", "homie/desk/lux/illuminance", "@", Quantity.Illuminance),
        new("homie", "homie/desk/pir/motion", "@", Quantity.Motion),
        new("homie", "homie/desk/$state", "@", Quantity.Available),
        new("ha-statestream", "homeassistant/sensor/desk_temperature/state", "@", Quantity.Temperature),
        new("ha-statestream", "homeassistant/sensor/desk_humidity/state", "@", Quantity.Humidity),
        new("ha-statestream", "homeassistant/sensor/desk_illuminance/state", "@", Quantity.Illuminance),
        new("ha-statestream", "homeassistant/sensor/desk_co2/state", "@", Quantity.Co2),
        new("ha-statestream", "homeassistant/binary_sensor/desk_occupancy/state", "@", Quantity.Occupancy),
        new("ha-statestream", "homeassistant/binary_sensor/desk_window/state", "@", Quantity.Contact),
        new("theengs", "home/gw/BTtoMQTT/AABB", """{"id":"AA:BB","tempc":@}""", Quantity.Temperature),
        new("theengs", "home/gw/BTtoMQTT/AABB", """{"id":"AA:BB","hum":@}""", Quantity.Humidity),
        new("ruuvi-gateway", "ruuvi/gw/tag", """{"temperature":@}""", Quantity.Temperature),
        new("chirpstack", "application/1/device/aa/event/up", """{"object":{"temperature":@}}""", Quantity.Temperature),
        new("chirpstack", "application/1/device/aa/event/up", """{"object":{"humidity":@}}""", Quantity.Humidity),
        new("ttn", "v3/app/devices/d/up", """{"uplink_message":{"decoded_payload":{"co2":@}}}""", Quantity.Co2),
        new("ttn", "v3/app/devices/d/up", """{"uplink_message":{"normalized_payload":[{"air":{"temperature":@}}]}}""", Quantity.Temperature),
        new("generic", "any/temperature", """{"v":@}""", Quantity.Temperature),
        new("generic", "any/temperature", "@", Quantity.Temperature),
        new("generic", "any/humidity", "@", Quantity.Humidity),
        new("generic", "any/illuminance", "@", Quantity.Illuminance),
        new("generic", "any/co2", "@", Quantity.Co2),
        new("generic", "any/noise", "@", Quantity.Noise),
        new("generic", "any/occupancy", "@", Quantity.Occupancy),
        new("generic", "any/contact", """{"v":@}""", Quantity.Contact),
        new("generic", "any/people", "@", Quantity.People),
    ];

    private static readonly string[] Never =
    [
        "null", "\"null\"", "\"unavailable\"", "\"unknown\"", "\"none\"", "\"\"", "\" \"", "NaN", "\"NaN\"", "\"nan\"", "Infinity", "-Infinity", "\"inf\"", "\"1,5\"", "1,5", "\"1.234,5\"", "\"1,234.5\"", "1e400", "-1e400",
        "1e300", "-1e300", "\"21.5 °C\"", "\"21.5C\"", "\"0x15\"", "\"٢١\"", "\"21.5.1\"", "\"--5\"", "\"- 5\"", "[21]", "[true]", "[]", "{}", "{\"value\":21}", "\"<html>\"", "\"ERROR\"", "\"N/A\"", "\"\\u0000\"", "9999999999999999999999",
    ];

    private static readonly Dictionary<Quantity, string[]> NeverThis = new()
    {
        [Quantity.Temperature] = ["true", "false", "-327.68", "327.67", "655.35", "85", "-127", "-127.0", "999", "-45", "-46.85", "-40", "180", "2150", "-273.15"],
        [Quantity.Humidity] = ["true", "0", "0.45", "1", "101", "655.35", "-6", "-1", "65535"],
        [Quantity.Illuminance] = ["true", "-5", "-1", "65535", "65534", "54612.5", "200001", "4294967295"],
        [Quantity.Co2] = ["true", "0", "1", "0.08", "65535", "10000", "40000", "-1"],
        [Quantity.Noise] = ["true", "0", "0.4", "-38.2", "255", "3.3"],
        [Quantity.People] = ["true", "-1", "1.5", "65535"],
        [Quantity.Contact] = ["2", "-1", "0.5", "\"ajar\"", "\"on fire\""],
    };

    private static readonly string[] NeverYesOrNo = ["2", "-1", "0.5", "255", "\"maybe\"", "\"home\"", "\"onn\""];

    [Fact]
    public void No_value_that_cannot_be_becomes_a_reading()
    {
        var wrong = new List<string>();
        foreach (Place place in Places)
            foreach (string value in Never.Concat(NeverThis.GetValueOrDefault(place.Quantity, Quantities.IsBinary(place.Quantity) ? NeverYesOrNo : [])))
                if (!(place.Ecosystem is "shelly-gen1" or "chirpstack" && value.Contains("value", StringComparison.Ordinal))) // info of the one and codecs of the other nest values like this
                    Expect(wrong, place, Encoding.UTF8.GetBytes(place.With(value)), 0, value);
        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void No_damaged_payload_becomes_a_reading()
    {
        var wrong = new List<string>();
        foreach (Place place in Places)
        {
            string good = place.With(GoodValue(place));
            byte[] utf8 = Encoding.UTF8.GetBytes(good);
            Expect(wrong, place, [], 0, "nothing");
            Expect(wrong, place, [.. utf8, .. new byte[70_000]], 0, "70 kB");
            Expect(wrong, place, [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(good)], 0, "UTF-16 LE");
            Expect(wrong, place, Encoding.Unicode.GetBytes(good), 0, "UTF-16 LE without a mark");
            Expect(wrong, place, [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes(good)], 0, "UTF-16 BE");
            Expect(wrong, place, [0x1F, 0x8B, 8, 0, .. utf8], 0, "gzip");
            Expect(wrong, place, [.. utf8, 0xC3], 0, "broken UTF-8");
            if (place.IsJson)
                for (int length = 1; length < utf8.Length; length++) Expect(wrong, place, utf8[..length], 0, $"its first {length} bytes");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void The_same_places_do_give_a_reading_when_the_value_is_good_with_and_without_a_byte_order_mark()
    {
        var wrong = new List<string>();
        foreach (Place place in Places)
        {
            byte[] good = Encoding.UTF8.GetBytes(place.With(GoodValue(place)));
            Expect(wrong, place, good, 1, "a good value");
            Expect(wrong, place, [0xEF, 0xBB, 0xBF, .. good], 1, "a byte-order mark");
            Expect(wrong, place, [.. good, (byte)'\r', (byte)'\n'], 1, "a line end");
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
    }

    [Fact]
    public void A_name_that_stands_there_twice_with_two_values_is_a_problem()
    {
        Assert.Contains("twice", Decoding.Zigbee("""{"temperature":21.5,"temperature":12.1}""").Refused(), StringComparison.Ordinal);
        Assert.Equal((Quantity.Temperature, 21.5), Decoding.Zigbee("""{"temperature":21.5,"temperature":21.5}""").Only());
    }

    private static string GoodValue(Place place) => place.Quantity switch
    {
        Quantity.Temperature => "21.5",
        Quantity.Humidity => "45",
        Quantity.Illuminance => "120",
        Quantity.Co2 => "612",
        Quantity.Noise => "41.5",
        Quantity.People => "3",
        Quantity.Contact when place.Ecosystem == "zigbee2mqtt" => "true",
        Quantity.Contact when place.Ecosystem == "esphome" => "ON",
        Quantity.Contact when place.Ecosystem == "ha-statestream" => "on",
        Quantity.Contact => "\"open\"",
        Quantity.Available => place.Ecosystem switch { "tasmota" => "Online", "shelly-gen2" => "true", "homie" => "ready", _ => "\"online\"" },
        _ => "true",
    };

    private static void Expect(List<string> wrong, Place place, byte[] payload, int readings, string what)
    {
        var got = new List<Reading>();
        var source = new SourceConfig
        {
            Ecosystem = place.Ecosystem,
            Mapping = place.Ecosystem == "generic" ? [new GenericMapping { Topic = "any/+", Path = place.IsJson ? "$.v" : "", Quantity = Quantities.NameOf(place.Quantity) }] : [],
        };
        PayloadCatalog.Create(source).Decode(new SensorMessage(place.Topic, payload, false, Some.Noon), got, new List<string>());
        if (got.Count != readings) wrong.Add($"{place.Ecosystem} {place.Topic} {place.Payload} with {what}: {string.Join(", ", got.Select(reading => $"{reading.Quantity} {reading.Value}"))}");
    }

    private sealed record Place(string Ecosystem, string Topic, string Payload, Quantity Quantity)
    {
        public bool IsJson => Payload != "@";

        public string With(string value) => IsJson ? Payload.Replace("@", value, StringComparison.Ordinal) : value.Trim('"');
    }
}
