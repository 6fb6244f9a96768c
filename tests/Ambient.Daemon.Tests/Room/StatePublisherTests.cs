using System.Text.Json;
using Ambient.Daemon.Control;
using Ambient.Daemon.Mqtt;
using Ambient.Daemon.Room;
using Ambient.Daemon.Tests.Mqtt;

namespace Ambient.Daemon.Tests.Room;

public sealed class StatePublisherTests
{
    private readonly Sent _sent = new();
    private readonly StatePublisher _publisher;

    public StatePublisherTests() => _publisher = new StatePublisher(new MqttTopics("ambient", "lobby", []), _sent);

    [Fact]
    public void The_first_snapshot_publishes_everything_state_retained_and_measurements_not()
    {
        _publisher.Publish(Some.Room(Some.Noon));
        string[] retained = ["effective", "mood", "level", "power", "mood/target", "fault", "fault/attributes"];
        Assert.Equal(retained.Order(), _sent.Messages.Where(message => message.Retain).Select(message => message.Topic["ambient/lobby/".Length..]).Order());
        Assert.Equal(["context", "diag", "score", "why"], _sent.Messages.Where(message => !message.Retain).Select(message => message.Topic["ambient/lobby/".Length..]).Order());
    }

    [Fact]
    public void Nothing_changed_publishes_no_state_again()
    {
        _publisher.Publish(Some.Room(Some.Noon));
        _sent.Messages.Clear();
        _publisher.Publish(Some.Room(Some.Noon) with { Time = Some.Noon.AddMilliseconds(250) });
        Assert.Empty(_sent.Messages);
    }

    [Fact]
    public void Each_topic_keeps_its_own_rate()
    {
        for (int quarter = 0; quarter < 4 * 60; quarter++)
        {
            RoomSnapshot room = Some.Room(Some.Noon);
            _publisher.Publish(room with { Time = Some.Noon.AddSeconds(quarter / 4.0), Score = room.Score with { Bar = quarter / 16 } });
        }

        Assert.Equal(60, _sent.Count("context"));
        Assert.Equal(15, _sent.Count("score"));
        Assert.Equal(2, _sent.Count("diag"));
        Assert.Equal(1, _sent.Count("why"));
    }

    [Fact]
    public void Names_are_those_that_integrators_know()
    {
        _publisher.Publish(Some.Room(Some.Noon) with { Faults = ["desk-pir is stuck on"] });
        Assert.Equal("calm", _sent.Last("mood"));
        Assert.Equal("40", _sent.Last("level"));
        Assert.Equal("ON", _sent.Last("power"));
        Assert.Equal("ON", _sent.Last("fault"));
        Assert.Equal("""{"faults":["desk-pir is stuck on"]}""", _sent.Last("fault/attributes"));
        Assert.Equal(["mood", "level", "priority", "source", "until", "next", "level_source"], Keys("effective"));
        Assert.Equal(["at", "occupied", "occupancy", "people", "people_confidence", "density", "activity", "dba", "noise", "lux", "daylight", "daylight_share", "light", "arousal", "confidence"], Keys("context"));
        Assert.Equal(["text", "factors"], Keys("why"));
        Assert.Equal(["bar", "tempo", "key", "chord", "layers", "onsets_per_minute", "notes"], Keys("score"));
        Assert.Equal(["xruns", "frames", "queue_ms", "cpu", "rss", "late_events", "model_us_p99", "model_note_share", "uptime_s", "output_db", "late_ms", "mqtt_received", "mqtt_dropped", "output", "output_bits"], Keys("diag"));
        using JsonDocument effective = JsonDocument.Parse(_sent.Last("effective"));
        Assert.Equal("bright", effective.RootElement.GetProperty("next").GetProperty("mood").GetString());
        Assert.Equal("2026-03-02T14:00:00+01:00", effective.RootElement.GetProperty("until").GetString());
    }

    [Fact]
    public void Whoever_comes_new_is_told_the_reason_and_the_diagnostics_without_waiting_for_their_turn()
    {
        _publisher.Publish(Some.Room(Some.Noon));
        _sent.Messages.Clear();
        _publisher.Repeat();
        _publisher.Publish(Some.Room(Some.Noon));
        Assert.Equal((1, 1, 0), (_sent.Count("why"), _sent.Count("diag"), _sent.Count("effective")));
    }

    [Fact]
    public void A_glides_target_is_published_and_taken_back()
    {
        _publisher.Publish(Some.Room(Some.Noon) with { MoodTarget = "focus" });
        Assert.Equal("focus", _sent.Last("mood/target"));
        _publisher.Publish(Some.Room(Some.Noon));
        Assert.Equal("", _sent.Last("mood/target"));
    }

    [Fact]
    public void A_command_is_visible_without_waiting_for_the_next_snapshot()
    {
        RoomSnapshot room = Some.Room(Some.Noon);
        EffectiveState now = room.Effective;
        var publisher = new StatePublisher(new MqttTopics("ambient", "lobby", []), _sent, () => now);
        publisher.Publish(room);
        now = room.Effective with { Mood = "off", Level = 0 };
        publisher.PublishEffective();
        Assert.Equal("off", _sent.Last("mood"));
        Assert.Equal("OFF", _sent.Last("power"));
        publisher.Publish(room); // made before the command came
        Assert.Equal("off", _sent.Last("mood"));
    }

    private IEnumerable<string> Keys(string name)
    {
        using JsonDocument document = JsonDocument.Parse(_sent.Last(name));
        return [.. document.RootElement.EnumerateObject().Select(member => member.Name)];
    }
}
