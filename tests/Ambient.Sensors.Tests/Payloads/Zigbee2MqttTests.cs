using System.Text;
using Ambient.Sensors.Payloads;

namespace Ambient.Sensors.Tests.Payloads;

public sealed class Zigbee2MqttTests
{
    [Theory]
    [InlineData("zigbee2mqtt/bedroom_pir/#", "zigbee2mqtt/bedroom_pir", 1)]
    [InlineData("zigbee2mqtt/bedroom_pir/#", "zigbee2mqtt/bedroom_pir/set", 0)]
    [InlineData("zigbee2mqtt/bedroom_pir/#", "zigbee2mqtt/bedroom_pir/get", 0)]
    [InlineData("zigbee2mqtt/bedroom/#", "zigbee2mqtt/bedroom/pir", 1)]
    [InlineData("zigbee2mqtt/bedroom/#", "zigbee2mqtt/bedroom/pir/set", 0)]
    public void A_narrow_topic_takes_one_device_or_one_room_and_no_requests(string filter, string topic, int readings)
    {
        var got = new List<Reading>();
        var message = new SensorMessage(topic, """{"temperature":21.5}"""u8.ToArray(), IsRetained: false, Some.Noon);
        PayloadCatalog.Create(new SourceConfig { Topic = filter }).Decode(message, got, new List<string>());
        Assert.Equal(readings, got.Count);
        Assert.True(TopicFilter.Matches(filter, topic));
    }

    [Theory]
    [InlineData("""{"battery":97,"linkquality":120,"occupancy":true}""", Quantity.Occupancy, 1)]
    [InlineData("""{"presence":false,"target_distance":1.2}""", Quantity.Presence, 0)]
    [InlineData("""{"illuminance":121}""", Quantity.Illuminance, 121)]
    [InlineData("""{"illuminance":20829,"illuminance_lux":121}""", Quantity.Illuminance, 121)]
    [InlineData("""{"noise":41.5}""", Quantity.Noise, 41.5)]
    [InlineData("""{"co2":612,"voc":35}""", Quantity.Co2, 612)]
    [InlineData("""{"temperature":-3.25}""", Quantity.Temperature, -3.25)]
    [InlineData("""{"humidity":40}""", Quantity.Humidity, 40)]
    public void Reads_the_shapes_that_real_devices_send(string payload, Quantity quantity, double value) =>
        Assert.Equal((quantity, value), Decoding.Zigbee(payload).Only());

    [Theory]
    [InlineData("""{"contact":true}""", 0)]
    [InlineData("""{"contact":false}""", 1)]
    public void Contact_true_means_closed(string payload, double isOpen) =>
        Assert.Equal((Quantity.Contact, isOpen), Decoding.Zigbee(payload).Only());

    [Theory]
    [InlineData("online", 1)]
    [InlineData("""{"state":"offline"}""", 0)]
    public void Availability_belongs_to_the_device_and_counts_although_it_is_retained(string payload, double isAvailable)
    {
        Decoding decoding = Decoding.Zigbee(payload, "zigbee2mqtt/desk/availability", isRetained: true);
        Assert.Equal((Quantity.Available, isAvailable), decoding.Only());
        Assert.Equal("zigbee2mqtt/desk", decoding.Readings[0].Sensor);
    }

    [Fact]
    public void A_retained_state_is_no_reading()
    {
        Decoding decoding = Decoding.Zigbee("""{"occupancy":true}""", isRetained: true);
        Assert.Empty(decoding.Readings);
        Assert.Empty(decoding.Problems);
    }

    [Theory]
    [InlineData("zigbee2mqtt/bridge/state", """{"state":"online"}""")]
    [InlineData("zigbee2mqtt/desk/set", """{"occupancy":true}""")]
    [InlineData("zigbee2mqtt/desk", """{"occupancy":null,"update":{"state":"idle"}}""")]
    [InlineData("zigbee2mqtt/desk", "")]
    public void What_is_no_statement_of_a_device_is_passed_over(string topic, string payload)
    {
        Decoding decoding = Decoding.Zigbee(payload, topic);
        Assert.Empty(decoding.Readings);
        Assert.Empty(decoding.Problems);
    }

    [Theory]
    [InlineData("hello", "payload is not JSON: 'hello'")]
    [InlineData("NaN", "payload is not JSON: 'NaN'")]
    [InlineData("[1,2]", "payload is '[1,2]'; a JSON object would be right")]
    [InlineData("""{"occupancy":"maybe"}""", "occupancy is 'maybe'; true or false would be right")]
    [InlineData("""{"illuminance":-5}""", "illuminance is -5; a value from 0 to 200000 lx would be right")]
    [InlineData("""{"illuminance":1e999}""", "illuminance is '1e999'; a number with a decimal point would be right")]
    [InlineData("""{"temperature":"21,5"}""", "temperature is '21,5'; a number with a decimal point would be right")]
    [InlineData("""{"temperature":{"value":21}}""", "temperature is '{\"value\":21}'; a number with a decimal point would be right")]
    public void Garbage_is_a_problem_that_says_what_would_be_right(string payload, string problem) =>
        Assert.Equal(problem, Decoding.Zigbee(payload).Refused());

    [Fact]
    public void One_wrong_key_does_not_cost_the_others()
    {
        Decoding decoding = Decoding.Zigbee("""{"illuminance":-5,"occupancy":true}""");
        Assert.Equal(Quantity.Occupancy, Assert.Single(decoding.Readings).Quantity);
        Assert.Single(decoding.Problems);
    }

    [Fact]
    public void A_megabyte_is_refused_unparsed() =>
        Assert.Equal("payload has 1048576 bytes; at most 65536 are read", Decoding.Zigbee(new byte[1 << 20]).Refused());

    [Fact]
    public void Deep_nesting_is_refused() =>
        Assert.StartsWith("payload is not JSON", Decoding.Zigbee(new string('[', 5_000)).Refused(), StringComparison.Ordinal);

    [Fact]
    public void A_byte_order_mark_does_no_harm() =>
        Assert.Equal((Quantity.Co2, 500), Decoding.Zigbee("\uFEFF{\"co2\":500}").Only());

    [Fact]
    public void Nothing_ever_throws_or_gives_an_impossible_reading()
    {
        byte[] good = Encoding.UTF8.GetBytes("""{"occupancy":true,"illuminance":12,"co2":500,"contact":false,"s":"\u0041"}""");
        var random = new Random(1);
        for (int i = 0; i < 5_000; i++)
        {
            byte[] bad = [.. good];
            for (int j = random.Next(1, 6); j > 0; j--) bad[random.Next(bad.Length)] = (byte)random.Next(256);
            Assert.All(Decoding.Zigbee(bad).Readings, r => Assert.True(Quantities.CanBe(r.Quantity, r.Value)));
        }

        Assert.Empty(Decoding.Zigbee("""{"\ud800":1,"occupancy":"\ud800"}""").Readings);
    }

    [Theory]
    [InlineData(26384, 435, 435)] // raw and lux, up to 1.x
    [InlineData(323, 323, 323)] // lux in both, Aqara up to 1.x
    [InlineData(0, 0, 0)]
    [InlineData(300, 168, 300)]
    [InlineData(3, 168, 3)] // 2.0: illuminance_lux is left over and never changes again
    public void Of_two_illuminances_the_true_one_is_taken(double illuminance, double lux, double expected) =>
        Assert.Equal((Quantity.Illuminance, expected), Decoding.Zigbee(FormattableString.Invariant($$"""{"illuminance":{{illuminance}},"illuminance_lux":{{lux}}}""")).Only());

    [Fact]
    public void Two_illuminances_that_contradict_each_other_are_no_reading() =>
        Assert.Contains("left over", Decoding.Zigbee("""{"illuminance":1200,"illuminance_lux":168}""").Refused(), StringComparison.Ordinal);

    [Fact]
    public void Once_zigbee2mqtt_2_has_said_so_illuminance_is_lux_even_in_the_sun()
    {
        IPayloadDecoder decoder = PayloadCatalog.Create(new SourceConfig());
        Assert.Empty(Say(decoder, """{"illuminance":27324}"""));
        Assert.Empty(Say(decoder, """{"commit":"4639243c","coordinator":{"meta":{"revision":20240710}},"version":"2.10.0"}""", "zigbee2mqtt/bridge/info"));
        Assert.Equal(27_324, Assert.Single(Say(decoder, """{"illuminance":27324}""")).Value);
    }

    [Theory]
    [InlineData("""{"config":{"version":4},"version":"1.42.0","zigbee_herdsman":{"version":"2.1.9"},"zigbee_herdsman_converters":{"version":"20.58.0"}}""", 435)] // up to 1.x they stand behind it
    [InlineData("""{ "version": "2.1.3", "zigbee_herdsman": { "version": "3.2.5" } }""", 26_384)]
    [InlineData("""{"version":null}""", 435)]
    [InlineData("""{"version":"2.""", 435)]
    [InlineData("garbage", 435)]
    public void Only_zigbee2mqtts_own_version_tells_what_illuminance_is(string info, double lux)
    {
        IPayloadDecoder decoder = PayloadCatalog.Create(new SourceConfig());
        Say(decoder, info, "zigbee2mqtt/bridge/info");
        Assert.Equal(lux, Assert.Single(Say(decoder, """{"illuminance":26384,"illuminance_lux":435}""")).Value);
    }

    [Fact]
    public void Occupancy_that_comes_with_another_value_is_a_repetition()
    {
        IPayloadDecoder decoder = PayloadCatalog.Create(new SourceConfig());
        bool[] repeats =
        [
            Occupancy(decoder, """{"occupancy":true,"illuminance":122,"linkquality":80}"""),
            Occupancy(decoder, """{"occupancy":true,"illuminance":112,"linkquality":80}"""), // the light changed
            Occupancy(decoder, """{"occupancy":true,"illuminance":112,"linkquality":91}"""), // nothing did: the sensor saw somebody again
            Occupancy(decoder, """{"occupancy":false,"illuminance":90,"linkquality":91}"""),
        ];
        Assert.Equal([false, true, false, false], repeats);
    }

    [Fact]
    public void What_zigbee2mqtt_repeats_from_memory_after_a_restart_is_no_fresh_evidence()
    {
        string[] problems = [.. Decoding.Zigbee("""{"occupancy":true,"last_seen":"2017-12-22T09:30:00+00:00"}""").Problems];
        Assert.StartsWith("last_seen is 2017-12-22 09:30:00Z, 150 minutes ago", Assert.Single(problems), StringComparison.Ordinal);
        Assert.Single(Decoding.Zigbee("""{"occupancy":true,"last_seen":1513943940000}""").Readings);
    }

    private static bool Occupancy(IPayloadDecoder decoder, string payload) => Say(decoder, payload).Single(reading => reading.Quantity == Quantity.Occupancy).IsRepeat;

    private static List<Reading> Say(IPayloadDecoder decoder, string payload, string topic = "zigbee2mqtt/desk")
    {
        var readings = new List<Reading>();
        decoder.Decode(new SensorMessage(topic, Encoding.UTF8.GetBytes(payload), false, Some.Noon), readings, new List<string>());
        return readings;
    }
}
