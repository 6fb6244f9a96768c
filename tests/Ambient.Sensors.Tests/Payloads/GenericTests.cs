using Ambient.Sensors.Payloads;

namespace Ambient.Sensors.Tests.Payloads;

public sealed class GenericTests
{
    [Theory]
    [InlineData("$.a.b[1].v", """{"a":{"b":[{"v":1},{"v":21.5}]}}""")]
    [InlineData("a.b[1].v", """{"a":{"b":[{"v":1},{"v":21.5}]}}""")]
    [InlineData("$['a b'].v", """{"a b":{"v":21.5}}""")]
    [InlineData("$.text", """{"text":"21.5"}""")]
    [InlineData("", "21.5")]
    [InlineData("$", "\"21.5\"")]
    public void A_path_finds_its_value(string path, string payload) =>
        Assert.Equal((Quantity.Temperature, 21.5), Decoding.Generic(payload, Map("temperature", path)).Only());

    [Theory]
    [InlineData("temperature", "°F", "68", 20)]
    [InlineData("temperature", "K", "293.15", 20)]
    [InlineData("illuminance", "klx", "0.3", 300)]
    [InlineData("illuminance", "fc", "10", 107.6391)]
    [InlineData("co2", "%", "0.06", 600)]
    [InlineData("humidity", "ratio", "0.4", 40)]
    [InlineData("sound", "mV", "430", 0.43)]
    [InlineData("noise", "dB", "41", 41)]
    public void Units_become_the_units_of_the_quantity(string quantity, string unit, string payload, double value) =>
        Assert.Equal(value, Decoding.Generic(payload, Map(quantity, unit: unit)).Only().Value);

    [Fact]
    public void Scale_and_offset_come_before_the_unit() =>
        Assert.Equal((Quantity.Temperature, 20.0), Decoding.Generic("""{"t":1680}""", Map("temperature", "t", "°F") with { Scale = 0.05, Offset = -16 }).Only());

    [Theory]
    [InlineData("ON", 1)]
    [InlineData("\"on\"", 1)]
    [InlineData("false", 0)]
    [InlineData("1", 1)]
    public void Yes_and_no_have_their_usual_words(string payload, double value) =>
        Assert.Equal((Quantity.Presence, value), Decoding.Generic(payload, Map("presence")).Only());

    [Fact]
    public void Words_of_the_owner_replace_the_usual_ones()
    {
        GenericMapping mapping = Map("occupancy") with { True = ["busy"], False = ["free"] };
        Assert.Equal(1, Decoding.Generic("busy", mapping).Only().Value);
        Assert.Equal("occupancy is 'on'; one of busy, free would be right", Decoding.Generic("on", mapping).Refused());
    }

    [Fact]
    public void A_contact_believes_only_what_says_open_or_closed()
    {
        Assert.Equal(1, Decoding.Generic("OPEN", Map("contact")).Only().Value);
        Assert.Equal("contact is 'true'; one of open, closed would be right", Decoding.Generic("true", Map("contact")).Refused());
        Assert.Equal(0, Decoding.Generic("true", Map("contact") with { Open = ["false"], Closed = ["true"] }).Only().Value);
    }

    [Theory]
    [InlineData("co2", "10", "co2 is 10; a value from 250 to 9999 ppm would be right")]
    [InlineData("people", "2.5", "people is 2.5; a whole number from 0 to 100000 would be right")]
    [InlineData("people_left", "-1", "people_left is -1; a whole number from 0 to 1000 would be right")]
    [InlineData("temperature", "21,5", "payload is '21,5'; a number with a decimal point would be right")]
    [InlineData("temperature", "NaN", "payload is 'NaN'; a number with a decimal point would be right")]
    [InlineData("temperature", "unavailable", "payload is 'unavailable'; a number with a decimal point would be right")]
    public void What_cannot_be_true_is_a_problem(string quantity, string payload, string problem) =>
        Assert.Equal(problem, Decoding.Generic(payload, Map(quantity)).Refused());

    [Fact]
    public void The_owner_can_narrow_what_a_sensor_may_say() =>
        Assert.Equal("co2 is 6000; the mapping allows  to 5000", Decoding.Generic("6000", Map("co2") with { Max = 5_000 }).Refused());

    [Theory]
    [InlineData("\"2017-12-22T11:59:30Z\"", true)]
    [InlineData("1513943990", true)]
    [InlineData("1513943990123", true)]
    [InlineData("\"2017-12-22T09:00:00+01:00\"", false)]
    [InlineData("\"yesterday\"", false)]
    public void A_timestamp_tells_what_is_old(string time, bool isFresh)
    {
        GenericMapping mapping = Map("co2", "$.value") with { Timestamp = "$.time" };
        Assert.Equal(isFresh ? 1 : 0, Decoding.Generic($$"""{"value":612,"time":{{time}}}""", mapping).Readings.Count);
    }

    [Fact]
    public void A_number_means_what_the_same_number_means() =>
        Assert.Equal((Quantity.Motion, 1), Decoding.Generic("1.0", Map("motion") with { True = ["1"], False = ["0"] }).Only());

    [Theory]
    [InlineData("a/+/c", "a/b/c", true)]
    [InlineData("a/+", "a/b/c", false)]
    [InlineData("a/#", "a", true)]
    [InlineData("a/#", "a/b/c", true)]
    [InlineData("#", "a/b", true)]
    [InlineData("#", "$SYS/broker/uptime", false)]
    [InlineData("+/b", "/b", true)]
    [InlineData("a/b", "a/b/", false)]
    public void Topic_filters_match_as_a_broker_matches(string filter, string topic, bool matches) =>
        Assert.Equal(matches, TopicFilter.Matches(filter, topic));

    [Theory]
    [InlineData("a/b#", "Topic is 'a/b#'")]
    [InlineData("", "Topic is ''")]
    public void A_wrong_topic_filter_is_named(string topic, string problem) =>
        Assert.StartsWith(problem, Assert.Single((Map("co2") with { Topic = topic }).Problems()), StringComparison.Ordinal);

    [Fact]
    public void A_mapping_tells_everything_that_is_wrong_with_it()
    {
        string[] problems = [.. new GenericMapping { Topic = "a", Path = "$.a[", Quantity = "brightness", Scale = 0, Min = 2, Max = 1 }.Problems()];
        Assert.Equal(["Path", "Quantity", "Scale", "Min"], problems.Select(p => p.Split(' ')[0]));
    }

    private static GenericMapping Map(string quantity, string path = "", string unit = "") =>
        new() { Topic = "building/+/sound", Path = path, Quantity = quantity, Unit = unit };

    [Theory]
    [InlineData("21,5", 21.5)]
    [InlineData("-3,25", -3.25)]
    [InlineData("21", 21.0)]
    public void A_decimal_comma_is_read_where_the_mapping_says_so(string payload, double value) =>
        Assert.Equal((Quantity.Temperature, value), Decoding.Generic(payload, Comma).Only());

    [Theory]
    [InlineData("1.234,5")]
    [InlineData("21.5")] // may be 215
    [InlineData("1,234,5")]
    public void With_a_decimal_comma_a_point_is_a_problem(string payload) =>
        Assert.Contains("decimal comma", Decoding.Generic(payload, Comma).Refused(), StringComparison.Ordinal);

    [Theory]
    [InlineData("building/room/set")]
    [InlineData("building/room/config")]
    public void What_others_ask_of_a_device_is_not_caught_by_a_wildcard_but_by_its_name(string topic)
    {
        Assert.Empty(Decoding.Generic(topic, "21.5", new GenericMapping { Topic = "building/#", Quantity = "temperature" }).Readings);
        Assert.Single(Decoding.Generic(topic, "21.5", new GenericMapping { Topic = topic, Quantity = "temperature" }).Readings);
    }

    [Theory]
    [InlineData("pressure", "kPa", "101.3", 1_013)]
    [InlineData("pressure", "mmHg", "760", 1_013.25)]
    [InlineData("pressure", "inHg", "29.92", 1_013.21)]
    [InlineData("distance", "cm", "153", 1.53)]
    [InlineData("temperature", "fahrenheit", "68", 20)]
    [InlineData("humidity", "fraction", "0.45", 45)]
    public void Units_of_every_kind_become_ours(string quantity, string unit, string payload, double value)
    {
        Decoding decoding = Decoding.Generic(payload, new GenericMapping { Topic = "building/room/sound", Quantity = quantity, Unit = unit });
        Assert.Equal(value, decoding.Only().Value, 0.005);
    }

    [Theory]
    [InlineData("Online", 1)]
    [InlineData("offline", 0)]
    public void A_last_will_needs_no_words_of_its_own(string payload, double value) =>
        Assert.Equal((Quantity.Available, value), Decoding.Generic(payload, Map("available")).Only());

    [Theory]
    [InlineData("""{"t":21.5,"t":40}""", "t")]
    [InlineData("""{"a":{"t":21.5},"a":{"t":40}}""", "a.t")]
    public void A_name_that_stands_there_twice_with_two_values_is_a_problem(string payload, string path) =>
        Assert.Contains("several values", Decoding.Generic(payload, Map("temperature", path)).Refused(), StringComparison.Ordinal);

    [Fact]
    public void An_empty_payload_takes_a_retained_message_away_and_says_nothing()
    {
        Decoding decoding = Decoding.Generic("", Map("temperature", "t"));
        Assert.Empty(decoding.Readings);
        Assert.Empty(decoding.Problems);
    }

    private static GenericMapping Comma => new() { Topic = "building/room/sound", Quantity = "temperature", DecimalComma = true };
}
