using Ambient.Daemon.Configuration;
using Ambient.Daemon.Control;
using Ambient.Daemon.Schedules;
using Ambient.Daemon.State;

namespace Ambient.Daemon.Tests.State;

public sealed class StateFolderTests : IDisposable
{
    private const string Week = """{"id":"ours","tz":"Europe/Berlin","default":{"mood":"off"},"weekly":{"daily":[{"at":"07:30","mood":"bright","level":35},{"at":"18:30","mood":null}]},"exceptions":[{"calendar":"holidays","slots":[{"at":"00:00","mood":"off"}]}]}""";
    private const string Calm = """{"id":"everyone","tz":"Europe/Berlin","weekly":{"daily":[{"at":"00:00","mood":"calm"}]}}""";

    private static readonly ZoneConfig Zone = new() { Id = "lobby", Groups = ["floor-2", "east"], TimeZone = "Europe/Berlin" };

    private readonly string _folder = Directory.CreateTempSubdirectory("ambient-state-").FullName;
    private readonly ManualTimeProvider _time = new(Some.Noon);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Schedules_calendars_and_overrides_survive_and_lapse_at_the_instant_they_were_given()
    {
        using (var folder = new StateFolder(_folder, _time))
        {
            ControlPlane before = Room(folder);
            Assert.True(before.SetSchedule("lobby", Week, _time.GetUtcNow()).Ok);
            Assert.True(before.SetCalendar("holidays", """{"dates":["2026-03-03"]}""", _time.GetUtcNow()).Ok);
            before.Handle("override/set", """{"value":{"mood":"focus","level":40},"ttl":"PT2H","by":"front desk"}""", isRetained: false, _time.GetUtcNow(), delivery: new Delivery("7:abc", MayRepeat: false));
        }

        ControlPlane after = Room(new StateFolder(_folder, _time));
        EffectiveState state = after.Effective(_time.GetUtcNow());
        Assert.Equal(("focus", 40, 8, "front desk", Some.Noon.AddHours(2)), (state.Mood, state.Level, state.Priority, state.Source, state.Until));
        // The broker did not hear that the command had arrived.
        Assert.False(after.Handle("override/set", """{"value":{"mood":"focus"},"ttl":"PT2H"}""", isRetained: false, _time.GetUtcNow(), delivery: new Delivery("7:abc", MayRepeat: true)).IsAccepted);
        Assert.Equal("bright", after.Effective(Some.Noon.AddHours(2)).Mood);
        Assert.Equal("off", after.Effective(Some.Noon.AddDays(1)).Mood); // the calendar came back too
        Assert.Empty(after.MissingCalendars);
    }

    [Fact]
    public void The_zones_own_schedule_beats_its_groups_and_those_everyones_whatever_came_first()
    {
        ControlPlane control = Room(null);
        string Named(string mood) => $$"""{"id":"{{mood}}","tz":"UTC","weekly":{"daily":[{"at":"00:00","mood":"{{mood}}"}]} }""";
        Assert.Equal("lobby", control.SetSchedule("lobby", Named("bright"), Some.Noon).Active);
        Assert.Equal("lobby", control.SetSchedule("all", Named("calm"), Some.Noon).Active);
        Assert.Equal("lobby", control.SetSchedule("east", Named("calm"), Some.Noon).Active);
        Assert.Equal("lobby", control.SetSchedule("floor-2", Named("focus"), Some.Noon).Active);
        Assert.Equal("bright", control.Effective(Some.Noon).Mood);
        Assert.Equal("floor-2", control.SetSchedule("lobby", "", Some.Noon).Active); // taken back
        Assert.Equal("focus", control.Effective(Some.Noon).Mood);
        Assert.Equal("east", control.SetSchedule("floor-2", "", Some.Noon).Active);
        Assert.Equal("all", control.SetSchedule("east", "", Some.Noon).Active);
        Assert.Null(control.SetSchedule("all", "", Some.Noon).Active);
    }

    [Fact]
    public void A_schedule_that_is_wrong_is_answered_with_paths_and_the_running_one_goes_on()
    {
        ControlPlane control = Room(null);
        control.SetSchedule("lobby", Calm, Some.Noon);
        ScheduleResult result = control.SetSchedule("lobby", """{"id":"bad","tz":"Mars/Base","weekly":{"mon":[{"at":"25:00","mood":"calm","level":101}]}}""", Some.Noon);
        Assert.Equal(
            """{"id":"bad","ok":false,"errors":["tz is \"Mars/Base\"; allowed: an IANA time zone such as Europe/Berlin","weekly.mon[0].at is \"25:00\"; allowed: a time such as 07:30, or sunrise or sunset, with an offset of up to 12 h such as sunset-00:30","weekly.mon[0].level is 101; allowed: 0..100"],"warnings":[],"active":"lobby"}""",
            result.ToJson());
        Assert.Equal("calm", control.Effective(Some.Noon).Mood);
        Assert.False(control.SetSchedule("elsewhere", Calm, Some.Noon).Ok);
        Assert.False(control.SetCalendar("holidays", """{"dates":["2026-13-01"]}""", Some.Noon).Ok);
    }

    [Fact]
    public void The_configurations_calendar_counts_until_one_of_its_name_is_sent()
    {
        Assert.True(ScheduleFile.TryParse(Week, out Schedule? schedule, out _));
        Assert.True(ScheduleFile.TryParseCalendar("""{"dates":["2026-03-02"]}""", out CalendarDates? dates, out _));
        var control = new ControlPlane(Zone, Some.Moods, schedule, null, new Dictionary<string, CalendarDates> { ["holidays"] = dates });
        Assert.Empty(control.MissingCalendars);
        Assert.Equal("off", control.Effective(Some.Noon).Mood);
        control.SetCalendar("holidays", """{"dates":[]}""", Some.Noon);
        Assert.Equal("bright", control.Effective(Some.Noon).Mood);
    }

    [Fact]
    public void A_damaged_folder_is_a_fault_and_never_a_crash()
    {
        using (var folder = new StateFolder(_folder, _time)) Room(folder).SetSchedule("lobby", Calm, _time.GetUtcNow());
        foreach (string file in Directory.GetFiles(_folder, "control.json*")) File.WriteAllText(file, "}{");
        using var damaged = new StateFolder(_folder, _time);
        Assert.Null(Room(damaged).Effective(Some.Noon).Next);
        Assert.Contains("was damaged; there is no older copy", Assert.Single(damaged.Faults));
    }

    [Fact]
    public void The_audit_trail_says_who_changed_what_when_and_stays_small()
    {
        using var folder = new StateFolder(_folder, _time);
        ControlPlane control = Room(folder);
        control.Handle("override/set", """{"value":{"mood":"focus"},"by":"front desk"}""", isRetained: false, _time.GetUtcNow(), id: "floor-2");
        control.Handle("mood/set", "disco", isRetained: false, _time.GetUtcNow()); // refused: nothing changed
        AuditEntry entry = Assert.Single(new AuditTrail(_folder).Read(10, out _));
        Assert.Equal((Some.Noon, "front desk", "floor-2/override/set", "focus, level 50, priority 8"), (entry.At, entry.By, entry.Change, entry.Result));

        var small = new AuditTrail(_folder, mostBytes: 10_000);
        for (int i = 0; i < 1_000; i++) small.Add(new AuditEntry(Some.Noon.AddSeconds(i), "x", "lobby/mood/set", new string('v', 1_000), ""));
        Assert.InRange(Directory.GetFiles(_folder, "audit*").Sum(file => new FileInfo(file).Length), 20_000, 45_000);
        Assert.Equal(Some.Noon.AddSeconds(999), small.Read(1, out int unreadable)[0].At);
        File.AppendAllText(Path.Combine(_folder, "audit.jsonl"), """{"at":"2026-03-02T12:00""");
        small.Add(new AuditEntry(Some.Noon.AddHours(1), "y", "lobby/mood/set", "calm", ""));
        Assert.Equal("y", small.Read(1, out unreadable)[0].By);
        Assert.Equal(1, unreadable);
    }

    [Fact]
    public void A_flood_is_thinned_in_the_audit_trail_and_said_so()
    {
        var trail = new AuditTrail(_folder);
        for (int i = 0; i < 5_000; i++) trail.Add(new AuditEntry(Some.Noon.AddMilliseconds(i / 5.0), "x", "lobby/mood/set", "calm", ""));
        Assert.InRange(trail.Read(10_000, out _).Count, 100, 125);
        trail.Add(new AuditEntry(Some.Noon.AddSeconds(10), "x", "lobby/mood/set", "calm", ""));
        IReadOnlyList<AuditEntry> entries = trail.Read(10_000, out _);
        Assert.Equal(5_001, entries.Count + entries.Sum(entry => entry.Skipped));
    }

    [Fact]
    public void Without_a_clock_time_goes_on_from_the_last_moment_that_was_written_down()
    {
        bool isSynchronised = false;
        _time.Advance(TimeSpan.FromDays(-60)); // a Raspberry Pi wakes up in the past
        var clock = new SiteClock(_time, Some.Noon, () => isSynchronised);
        ControlPlane control = Room(null);
        control.SetSchedule("lobby", Week, clock.GetUtcNow());
        clock.Corrected += (since, step) => control.ClockStepped(since, step, _time.GetUtcNow());
        _time.Advance(TimeSpan.FromMinutes(10));
        Assert.True(clock.IsAssumed);
        Assert.Equal(Some.Noon.AddMinutes(10), clock.GetUtcNow());
        control.Handle("override/set", """{"value":{"mood":"focus"},"ttl":"PT1H"}""", isRetained: false, clock.GetUtcNow());

        DateTimeOffset real = Some.Noon.AddDays(5);
        _time.Advance(real - _time.GetUtcNow(), elapses: false); // NTP's first answer
        isSynchronised = true;
        Assert.Equal(real, clock.GetUtcNow());
        Assert.False(clock.IsAssumed);
        EffectiveState state = control.Effective(clock.GetUtcNow());
        Assert.Equal(("focus", real.AddHours(1)), (state.Mood, state.Until)); // an hour was asked for, an hour it is
        _time.Advance(TimeSpan.FromHours(-3), elapses: false); // later steps are somebody's wish
        Assert.Equal(real.AddHours(-3), clock.GetUtcNow());
        Assert.Equal(real.AddHours(1), control.Effective(clock.GetUtcNow()).Until);
    }

    private static ControlPlane Room(StateFolder? folder) => new(Zone, Some.Moods, null, folder);
}
