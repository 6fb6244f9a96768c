using System.Text;
using Ambient.Sensors.Payloads;

namespace Ambient.Sensors.Tests.Payloads;

public sealed class MessageIntakeTests
{
    private readonly List<PayloadWarning> _warnings = [];

    [Fact]
    public void Messages_go_to_the_decoders_whose_topics_match()
    {
        MessageIntake intake = New(Recordings());
        Offer(intake, "zigbee2mqtt/pir", """{"occupancy":true}""");
        Offer(intake, "building/room/s1/sound", """{"millivolts":430}""");
        Offer(intake, "elsewhere/pir", """{"occupancy":true}""");
        Assert.Equal([(Quantity.Occupancy, 1.0), (Quantity.Sound, 0.43)], Taken(intake).Select(r => (r.Quantity, r.Value)));
        Assert.Empty(_warnings);
    }

    [Fact]
    public void A_problem_that_lasts_is_told_once()
    {
        MessageIntake intake = New([new SourceConfig()]);
        for (int second = 0; second < 3_600; second++) Offer(intake, "zigbee2mqtt/pir", "garbage", second);
        Assert.Equal(new PayloadWarning("zigbee2mqtt/pir", "payload is not JSON: 'garbage'", 0), Assert.Single(_warnings));
    }

    [Fact]
    public void Problems_that_change_all_the_time_are_told_once_a_minute_with_a_count_of_the_others()
    {
        MessageIntake intake = New([new SourceConfig()]);
        for (int second = 0; second < 180; second++) Offer(intake, "zigbee2mqtt/pir", $"garbage{second}", second);
        Assert.Equal([0, 59, 59], _warnings.Select(w => w.Suppressed));
    }

    [Fact]
    public void A_topic_that_was_good_again_warns_anew()
    {
        MessageIntake intake = New([new SourceConfig()]);
        Offer(intake, "zigbee2mqtt/pir", "garbage", 0);
        Offer(intake, "zigbee2mqtt/pir", """{"occupancy":true}""", 60);
        Offer(intake, "zigbee2mqtt/pir", "garbage", 120);
        Assert.Equal(2, _warnings.Count);
    }

    [Fact]
    public void A_flood_of_made_up_topics_is_bounded()
    {
        MessageIntake intake = New([new SourceConfig()]);
        for (int i = 0; i < 5_000; i++) Offer(intake, $"zigbee2mqtt/{i}", "garbage");
        Assert.Equal(1_001, _warnings.Count);
        Assert.Equal("(other topics)", _warnings[^1].Topic);
    }

    [Fact]
    public void Nobody_reading_costs_the_oldest_readings_and_never_waits()
    {
        MessageIntake intake = New([new SourceConfig()]);
        for (int i = 0; i < MessageIntake.ChannelCapacity + 10; i++) Offer(intake, "zigbee2mqtt/air", $$"""{"co2":{{500 + i}}}""");
        List<Reading> taken = Taken(intake);
        Assert.Equal(MessageIntake.ChannelCapacity, taken.Count);
        Assert.Equal(510, taken[0].Value);
    }

    [Fact]
    public void A_recorded_room_comes_back_from_its_own_messages()
    {
        MessageIntake intake = New(Recordings());
        IReadOnlyList<Reading> row = Some.OfficeAfternoon()[100];
        foreach (var (topic, payload) in Ambient.Sensors.Recordings.RoomMessages.Of(row)) intake.Offer(new SensorMessage(topic, payload, false, row[0].Time));
        Assert.Empty(_warnings);
        Assert.Equal(
            row.Where(r => !Quantities.IsLabel(r.Quantity)).Select(r => r.Quantity == Quantity.Motion ? (Quantity.Occupancy, r.Value) : (r.Quantity, r.Value)),
            Taken(intake).Select(r => (r.Quantity, Math.Round(r.Value, 9))));
    }

    private static IReadOnlyList<SourceConfig> Recordings() => Ambient.Sensors.Recordings.RoomMessages.Sources;

    private static void Offer(MessageIntake intake, string topic, string payload, double second = 0) =>
        intake.Offer(new SensorMessage(topic, Encoding.UTF8.GetBytes(payload), IsRetained: false, Some.Noon.AddSeconds(second)));

    private static List<Reading> Taken(MessageIntake intake)
    {
        var taken = new List<Reading>();
        while (intake.Readings.TryRead(out Reading reading)) taken.Add(reading);
        return taken;
    }

    private MessageIntake New(IEnumerable<SourceConfig> sources) => new(sources, _warnings.Add);
}
