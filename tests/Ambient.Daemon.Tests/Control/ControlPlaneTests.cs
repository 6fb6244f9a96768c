using Ambient.Daemon.Cli;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Control;
using Ambient.Daemon.Schedules;

namespace Ambient.Daemon.Tests.Control;

public sealed class ControlPlaneTests
{
    private static readonly Dictionary<string, int> Moods = new() { ["calm"] = 54, ["focus"] = 50, ["bright"] = 60 };
    private static readonly DateTimeOffset Monday0700 = new(2026, 3, 2, 7, 0, 0, TimeSpan.FromHours(1));

    private const string Week = """
        { "id": "office", "tz": "Europe/Berlin", "default": { "mood": "off" },
          "weekly": { "mon-fri": [{ "at": "07:30", "mood": "bright", "level": 35 }, { "at": "12:00", "mood": "calm" }, { "at": "18:30", "mood": null }] },
          "quiet": [{ "days": "daily", "from": "20:00", "to": "07:00", "maxLevel": 15 }] }
        """;

    private readonly ManualTimeProvider _time = new(Monday0700);

    private DateTimeOffset Now => _time.GetUtcNow();

    [Fact]
    public void Where_nobody_asks_for_anything_the_default_sounds_at_the_moods_own_level()
    {
        EffectiveState state = Unscheduled().Effective(Now);
        Assert.Equal(("calm", 54, Priorities.Default, "default"), (state.Mood, state.Level, state.Priority, state.Source));
        Assert.Equal("mood", state.LevelSource);
        Assert.Null(state.Until);
        Assert.Null(state.Next);
    }

    [Fact]
    public void The_schedule_stands_at_15_and_says_what_comes_next()
    {
        ControlPlane control = Scheduled();
        EffectiveState before = control.Effective(Now);
        Assert.Equal(("off", Priorities.Default, "bright"), (before.Mood, before.Priority, before.Next?.Mood));
        _time.Advance(TimeSpan.FromHours(1));
        EffectiveState state = control.Effective(Now);
        Assert.Equal(("bright", 35, Priorities.Schedule, "schedule"), (state.Mood, state.Level, state.Priority, state.Source));
        Assert.Equal(new NextChange(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(1)), "calm"), state.Next);
        Assert.Equal(state.Next!.At, state.Until);
    }

    [Fact]
    public void A_plain_mood_holds_until_the_schedules_next_slot()
    {
        ControlPlane control = Scheduled();
        _time.Advance(TimeSpan.FromHours(1));
        Accept(control, "mood/set", "focus");
        EffectiveState state = control.Effective(Now);
        Assert.Equal(("focus", 35, Priorities.Operator), (state.Mood, state.Level, state.Priority));
        Assert.Equal(new DateTimeOffset(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(1)), state.Until);
        _time.Advance(TimeSpan.FromHours(4));
        Assert.Equal("calm", control.Effective(Now).Mood);
    }

    [Fact]
    public void Without_a_schedule_a_plain_mood_holds_until_released()
    {
        ControlPlane control = Unscheduled();
        Accept(control, "mood/set", "focus");
        _time.Advance(TimeSpan.FromDays(400));
        Assert.Equal("focus", control.Effective(Now).Mood);
        Accept(control, "override/clear", """{"priority":8}""");
        Assert.Equal("calm", control.Effective(Now).Mood);
    }

    [Fact]
    public void The_lowest_number_wins_whatever_came_last()
    {
        ControlPlane control = Unscheduled();
        Accept(control, "override/set", """{"value":{"mood":"bright"},"priority":5,"by":"plant"}""");
        Accept(control, "mood/set", "focus");
        Assert.Equal(("bright", 5, "plant"), Of(control.Effective(Now)));
        Accept(control, "override/clear", """{"priority":5}""");
        Assert.Equal(("focus", 8, "mqtt"), Of(control.Effective(Now)));
    }

    [Fact]
    public void Mood_and_level_are_decided_separately()
    {
        ControlPlane control = Unscheduled();
        Accept(control, "override/set", """{"value":{"level":20},"priority":7}""");
        Accept(control, "override/set", """{"value":{"mood":"focus","level":40},"priority":8}""");
        EffectiveState state = control.Effective(Now);
        Assert.Equal(("focus", 20, 8), (state.Mood, state.Level, state.Priority));
    }

    [Fact]
    public void An_override_lapses_on_time_and_the_one_it_replaced_stays_gone()
    {
        ControlPlane control = Unscheduled();
        Accept(control, "override/set", """{"value":{"mood":"focus"},"priority":8}""");
        Accept(control, "override/set", """{"value":{"mood":"bright"},"priority":8,"ttl":"PT2H","by":"front desk"}""");
        EffectiveState state = control.Effective(Now);
        Assert.Equal(("bright", 8, "front desk"), Of(state));
        Assert.Equal(Monday0700.AddHours(2), state.Until);
        Assert.Equal("calm", state.Next?.Mood);
        _time.Advance(TimeSpan.FromHours(2) - TimeSpan.FromTicks(1));
        Assert.Equal("bright", control.Effective(Now).Mood);
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal("calm", control.Effective(Now).Mood);
    }

    [Fact]
    public void A_null_mood_releases_mood_and_level_of_its_priority()
    {
        ControlPlane control = Unscheduled();
        Accept(control, "override/set", """{"value":{"mood":"focus","level":11},"priority":8}""");
        Accept(control, "override/set", """{"value":{"mood":null},"priority":8}""");
        Assert.Equal(("calm", 54), (control.Effective(Now).Mood, control.Effective(Now).Level));
    }

    [Theory]
    [InlineData("""{"mood":"focus","level":null}""", "focus", 11)] // as if it were not there
    [InlineData("""{"mood":null,"level":33}""", "bright", 33)]
    [InlineData("""{"mood":null,"level":null}""", "calm", 54)]
    public void A_null_beside_a_value_asks_for_nothing_in_a_command_and_in_a_file(string value, string mood, int level)
    {
        ControlPlane control = Unscheduled();
        Accept(control, "override/set", """{"value":{"mood":"bright","level":11},"priority":8}""");
        Accept(control, "override/set", $$"""{"value":{{value}},"priority":8}""");
        EffectiveState state = control.Effective(Now);
        Assert.Equal((mood, level), (state.Mood, state.Level));

        string file = Path.GetTempFileName();
        File.WriteAllText(file, $$"""[{"mood":"bright","level":11,"at":"2026-03-02T06:00:00Z"},{{value[..^1]}},"at":"2026-03-02T06:01:00Z"}]""");
        Resolution written = OverrideFile.Load(file, NodaTime.DateTimeZone.Utc).At(NodaTime.Instant.FromUtc(2026, 3, 2, 7, 0)).Resolve(null, Now);
        Assert.Equal((mood == "calm" ? null : mood, mood == "calm" ? null : (int?)level), (written.Mood, written.Level));
        File.Delete(file);
    }

    [Fact]
    public void Power_off_is_the_mood_off_and_on_takes_it_back()
    {
        ControlPlane control = Unscheduled();
        Accept(control, "mood/set", "focus");
        Accept(control, "power/set", "OFF");
        Assert.Equal(("off", 0), (control.Effective(Now).Mood, control.Effective(Now).Level));
        Accept(control, "power/set", "ON");
        Assert.Equal("calm", control.Effective(Now).Mood);
    }

    [Fact]
    public void Power_on_while_the_schedule_is_silent_asks_for_the_default_mood()
    {
        ControlPlane control = Scheduled();
        Accept(control, "power/set", "ON");
        Assert.Equal(("calm", 8, "mqtt"), Of(control.Effective(Now)));
    }

    [Fact]
    public void Quiet_hours_cap_every_source_but_life_safety()
    {
        ControlPlane control = Scheduled();
        _time.Advance(TimeSpan.FromHours(14)); // 21:00
        Accept(control, "override/set", """{"value":{"mood":"bright","level":80},"priority":5}""");
        Assert.Equal((15, "mqtt, quiet hours"), (control.Effective(Now).Level, control.Effective(Now).LevelSource));
        Accept(control, "override/set", """{"value":{"mood":"bright","level":80},"priority":1}""");
        Assert.Equal(80, control.Effective(Now).Level);
    }

    [Fact]
    public void A_retained_command_is_ignored_and_said_so()
    {
        ControlPlane control = Unscheduled();
        CommandResult result = control.Handle("mood/set", "focus", isRetained: true, Now);
        Assert.False(result.IsAccepted);
        Assert.Contains("retained", result.Problem);
        Assert.Equal("calm", control.Effective(Now).Mood);
    }

    [Theory]
    [InlineData("mood/set", "disco", "mood/set is 'disco'; allowed: bright, calm, focus, off")]
    [InlineData("mood/set", "", "mood/set is ''; allowed: bright, calm, focus, off")]
    [InlineData("level/set", "NaN", "level/set is 'NaN'; allowed: a whole number 0..100")]
    [InlineData("level/set", "101", "level/set is '101'; allowed: a whole number 0..100")]
    [InlineData("level/set", "12.5", "level/set is '12.5'; allowed: a whole number 0..100")]
    [InlineData("power/set", "maybe\u001b[2J", "power/set is 'maybe?[2J'; allowed: ON, OFF")]
    [InlineData("override/set", "not json", "override/set: not json is not JSON; allowed is e.g. ")]
    [InlineData("override/set", "[]", "override/set: [] is no JSON object; allowed is e.g. ")]
    [InlineData("override/set", "{}", "override/set: value is missing; allowed is e.g. ")]
    [InlineData("override/set", """{"value":{"mood":"focus"},"priority":15}""", "override/set: priority is 15, not 1 (life safety) .. 14; 15 is the schedule")]
    [InlineData("override/set", """{"value":{"mood":"focus"},"ttl":"P1M"}""", "override/set: ttl is \"P1M\", not an ISO 8601 duration")]
    [InlineData("override/set", """{"value":{"mood":"focus"},"ttl":"P99999999999999999D"}""", "override/set: ttl is ")]
    [InlineData("override/set", """{"value":{"mood":"focus"},"ttl":-5}""", "override/set: ttl is -5")]
    [InlineData("override/set", """{"value":{"mood":"disco"}}""", "override/set value.mood is 'disco'; allowed: bright, calm, focus, off")]
    [InlineData("override/set", """{"value":{"level":null}}""", "override/set: value is {\"level\":null}, which asks for nothing")]
    [InlineData("override/set", """{"value":{"level":"loud"}}""", "override/set: value.level is \"loud\"")]
    [InlineData("override/set", """{"value":{"mood":"focus"},"until":"noon"}""", "override/set: 'until' is unknown")]
    [InlineData("override/set", """{"value":{"mood":"\ud800"}}""", "override/set: ")]
    [InlineData("override/clear", """{"priority":"8"}""", "override/clear: priority is \"8\"")]
    public void Garbage_changes_nothing_and_the_answer_says_what_is_allowed(string command, string payload, string problem)
    {
        ControlPlane control = Unscheduled();
        CommandResult result = control.Handle(command, payload, isRetained: false, Now);
        Assert.False(result.IsAccepted);
        Assert.StartsWith(problem, result.Problem);
        Assert.Equal(("calm", 54), (control.Effective(Now).Mood, control.Effective(Now).Level));
    }

    [Fact]
    public void A_command_that_the_broker_brings_twice_is_carried_out_once()
    {
        ControlPlane control = Unscheduled();
        var first = new Delivery("7:abc", MayRepeat: false);
        const string ForTwoHours = """{"value":{"mood":"focus"},"ttl":"PT2H"}""";
        Assert.True(control.Handle("override/set", ForTwoHours, isRetained: false, Now, delivery: first).IsAccepted);
        _time.Advance(TimeSpan.FromMinutes(1));
        Assert.Contains("came a second time", control.Handle("override/set", ForTwoHours, isRetained: false, Now, delivery: first with { MayRepeat = true }).Problem);
        Assert.Equal(Monday0700.AddHours(2), control.Effective(Now).Until);
        Assert.True(control.Handle("override/set", ForTwoHours, isRetained: false, Now, delivery: new Delivery("8:abc", MayRepeat: true)).IsAccepted); // said again by somebody
        Assert.True(control.Handle("override/set", ForTwoHours, isRetained: false, Now, delivery: first).IsAccepted); // a new session counts from 1 again
    }

    [Fact]
    public void Only_what_took_effect_raises_a_change()
    {
        ControlPlane control = Unscheduled();
        int changes = 0;
        control.Changed += () => changes++;
        control.Handle("mood/set", "disco", isRetained: false, Now);
        Assert.Equal(0, changes);
        Accept(control, "mood/set", "focus");
        Assert.Equal(1, changes);
    }

    [Fact]
    public void A_clock_that_steps_or_sleeps_is_right_with_the_next_look()
    {
        ControlPlane control = Scheduled();
        Accept(control, "override/set", """{"value":{"mood":"focus"},"ttl":"PT2H"}""");
        Assert.Equal("focus", control.Effective(Now).Mood);
        Assert.Equal("calm", control.Effective(Monday0700.AddHours(6)).Mood); // slept through the morning
        Assert.Equal("focus", control.Effective(Monday0700.AddMinutes(10)).Mood); // set back: an override ends at its own instant
        Assert.Equal("off", control.Effective(Monday0700.AddDays(1).AddHours(-1)).Mood);
        Assert.Equal("bright", control.Effective(Monday0700.AddYears(3).AddHours(1)).Mood);
    }

    [Fact]
    public void A_default_mood_that_does_not_exist_is_bad_configuration()
    {
        CliException problem = Assert.Throws<CliException>(() => new ControlPlane(new ZoneConfig { DefaultMood = "disco" }, Moods, null));
        Assert.Equal("Zone.DefaultMood is 'disco'; allowed: bright, calm, focus, off", problem.Message);
    }

    private static (string Mood, int Priority, string Source) Of(EffectiveState state) => (state.Mood, state.Priority, state.Source);

    private static ControlPlane Unscheduled() => new(new ZoneConfig { TimeZone = "Europe/Berlin" }, Moods, null);

    private static ControlPlane Scheduled()
    {
        Assert.True(ScheduleFile.TryParse(Week, out Schedule? schedule, out _));
        return new ControlPlane(new ZoneConfig(), Moods, schedule);
    }

    private void Accept(ControlPlane control, string command, string payload) =>
        Assert.Equal(CommandResult.Accepted, control.Handle(command, payload, isRetained: false, Now));
}
