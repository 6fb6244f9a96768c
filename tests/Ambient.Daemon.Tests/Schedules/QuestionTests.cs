using Ambient.Daemon.Control;
using Ambient.Daemon.Schedules;
using NodaTime;
using NodaTime.Text;

namespace Ambient.Daemon.Tests.Schedules;

/// <summary>Questions as an integrator asks them, with answers worked out by hand from the rules and the zones' history.</summary>
public sealed class QuestionTests
{
    private const string Early = """[{"at":"01:30","mood":"a"},{"at":"02:30","mood":"b"},{"at":"12:00","mood":"c"}]""";

    [Theory]
    [InlineData("Europe/Berlin", "2026-03-29T01:59:59+01:00", "a")] // gap 02:00 to 03:00
    [InlineData("Europe/Berlin", "2026-03-29T03:00:00+02:00", "b")]
    [InlineData("Europe/Berlin", "2026-10-25T02:29:59+02:00", "a")] // fold 02:00 to 03:00
    [InlineData("Europe/Berlin", "2026-10-25T02:30:00+02:00", "b")]
    [InlineData("Europe/Berlin", "2026-10-25T02:15:00+01:00", "b")] // not back to a
    [InlineData("Europe/Dublin", "2026-03-29T00:59:59+00:00", "c")] // gap 01:00 to 02:00
    [InlineData("Europe/Dublin", "2026-03-29T02:00:00+01:00", "a")]
    [InlineData("Europe/Dublin", "2026-03-29T02:30:00+01:00", "b")]
    [InlineData("Europe/Dublin", "2026-10-25T01:30:00+01:00", "a")] // fold 01:00 to 02:00, the first
    [InlineData("Europe/Dublin", "2026-10-25T01:15:00+00:00", "a")]
    [InlineData("Europe/Dublin", "2026-10-25T02:30:00+00:00", "b")]
    [InlineData("Australia/Lord_Howe", "2026-10-04T01:59:59+10:30", "a")] // gap 02:00 to 02:30
    [InlineData("Australia/Lord_Howe", "2026-10-04T02:30:00+11:00", "b")]
    [InlineData("Australia/Lord_Howe", "2026-04-05T01:30:00+11:00", "a")] // fold 01:30 to 02:00
    [InlineData("Australia/Lord_Howe", "2026-04-05T01:30:00+10:30", "a")]
    [InlineData("Australia/Lord_Howe", "2026-04-05T02:30:00+10:30", "b")]
    [InlineData("Africa/Casablanca", "2026-02-15T02:29:59+01:00", "a")] // Ramadan 2026: 03:00 becomes 02:00 on 15 February
    [InlineData("Africa/Casablanca", "2026-02-15T02:30:00+01:00", "b")]
    [InlineData("Africa/Casablanca", "2026-02-15T02:15:00+00:00", "b")]
    [InlineData("Africa/Casablanca", "2026-03-22T01:59:59+00:00", "a")] // and 02:00 becomes 03:00 on 22 March
    [InlineData("Africa/Casablanca", "2026-03-22T03:00:00+01:00", "b")]
    [InlineData("Asia/Kathmandu", "2026-03-01T01:29:59+05:45", "c")] // no summer time, and three quarters
    [InlineData("Asia/Kathmandu", "2026-02-28T19:45:00+00:00", "a")]
    [InlineData("Pacific/Chatham", "2026-09-27T03:45:00+13:45", "b")] // gap 02:45 to 03:45: 02:30 is before it
    [InlineData("America/St_Johns", "2026-03-08T03:00:00-02:30", "b")]
    public void Clock_changes(string zone, string time, string mood) => Assert.Equal(mood, Ask($$"""{"tz":"{{zone}}","weekly":{"daily":{{Early}} } }""", time).Mood);

    [Theory]
    [InlineData("2026-03-28T23:59:59-01:00", "n")] // gap 00:00 to 01:00 on 29 March
    [InlineData("2026-03-29T01:00:00+00:00", "b")] // 00:00 and 00:30 both at the instant after the gap, in their order
    [InlineData("2026-10-25T00:00:00+00:00", "a")] // fold 00:00 to 01:00
    [InlineData("2026-10-25T00:30:00+00:00", "b")]
    [InlineData("2026-10-25T00:00:00-01:00", "b")]
    public void Azores_change_at_midnight(string time, string mood) =>
        Assert.Equal(mood, Ask("""{"tz":"Atlantic/Azores","weekly":{"daily":[{"at":"00:00","mood":"a"},{"at":"00:30","mood":"b"},{"at":"22:00","mood":"n"}]}}""", time).Mood);

    [Theory]
    [InlineData("2011-12-29T23:59:59-10:00", "t")]
    [InlineData("2011-12-31T00:00:00+14:00", "f2")] // the lost Friday's slots in their order, the last one stays
    [InlineData("2011-12-31T08:00:00+14:00", "s")]
    public void Apia_had_no_30_December_2011(string time, string mood) =>
        Assert.Equal(mood, Ask("""{"tz":"Pacific/Apia","weekly":{"thu":[{"at":"08:00","mood":"t"}],"fri":[{"at":"06:00","mood":"f1"},{"at":"20:00","mood":"f2"}],"sat":[{"at":"08:00","mood":"s"}]}}""", time).Mood);

    [Theory]
    [InlineData("2026-12-23T18:29:59+01:00", "bright", 35)]
    [InlineData("2026-12-24T09:59:59+01:00", "off", null)] // the evening of the 23rd carries: released
    [InlineData("2026-12-24T10:00:00+01:00", "carols", 50)]
    [InlineData("2026-12-24T23:00:00+01:00", "carols", 50)] // no weekly 18:30 on this day
    [InlineData("2026-12-25T00:00:00+01:00", "off", null)] // holidays, priority 3
    [InlineData("2026-12-25T12:00:00+01:00", "off", null)]
    [InlineData("2026-12-26T12:00:00+01:00", "off", null)] // Saturday: nothing of its own, the 25th carries
    [InlineData("2026-12-28T07:30:00+01:00", "bright", 35)]
    [InlineData("2026-05-29T12:00:00+02:00", "calm", null)] // a Friday among days 29 to 31
    [InlineData("2026-05-22T12:00:00+02:00", "bright", 35)]
    [InlineData("2026-06-08T08:00:00+02:00", "inventory", null)] // every second Monday in June from the 8th, over the weekly slots
    [InlineData("2026-06-15T08:00:00+02:00", "bright", 35)]
    [InlineData("2026-06-22T08:00:00+02:00", "inventory", null)]
    [InlineData("2025-12-31T23:00:00+01:00", "off", null)] // before effective
    [InlineData("2026-01-01T07:00:00+01:00", "off", null)]
    [InlineData("2026-01-01T12:00:00+01:00", "bright", 35)]
    public void Exceptions_by_date_calendar_pattern_and_rule(string time, string? mood, int? level)
    {
        const string Office = """
            { "id":"office-2026", "tz":"Europe/Berlin", "default":{"mood":"off"}, "effective":{"from":"2026-01-01"},
              "weekly":{"mon-fri":[{"at":"07:30","mood":"bright","level":35},{"at":"18:30","mood":null}]},
              "exceptions":[{"month":"*","week":5,"dow":"fri","slots":[{"at":"09:00","mood":"calm"}]},
                {"date":"2026-12-24","priority":2,"slots":[{"at":"10:00","mood":"carols","level":50}]},
                {"calendar":"holidays","priority":3,"slots":[{"at":"00:00","mood":"off"}]},
                {"rrule":"FREQ=WEEKLY;INTERVAL=2;BYDAY=MO;BYMONTH=6","dtstart":"2026-06-08","slots":[{"at":"06:00","mood":"inventory"}]}] }
            """;
        Resolution answer = Ask(Office, time, calendars: """{"dates":["2026-12-24","2026-12-25"]}""");
        Assert.Equal((mood, level), (answer.Mood, answer.CappedLevel));
    }

    [Theory]
    [InlineData("2026-03-06T21:59:59+01:00", 40)]
    [InlineData("2026-03-06T22:00:00+01:00", 15)] // Friday
    [InlineData("2026-03-07T05:59:59+01:00", 15)]
    [InlineData("2026-03-07T06:00:00+01:00", 40)]
    [InlineData("2026-03-29T01:59:59+01:00", 40)] // begins inside the gap: right after it
    [InlineData("2026-03-29T03:00:00+02:00", 5)]
    [InlineData("2026-10-25T02:29:59+02:00", 40)] // at the first 02:30
    [InlineData("2026-10-25T02:30:00+02:00", 5)]
    [InlineData("2026-10-25T02:29:59+01:00", 5)]
    public void Quiet_hours(string time, int level) => Assert.Equal(level, Ask(
        """{"tz":"Europe/Berlin","weekly":{"daily":[{"at":"00:00","mood":"calm","level":40}]},"quiet":[{"days":"fri","from":"22:00","to":"06:00","maxLevel":15},{"days":"sun","from":"02:30","to":"04:00","maxLevel":5}]}""", time).CappedLevel);

    [Theory]
    [InlineData("2026-03-02T09:59:59Z", "calm", 40, 15, "schedule")]
    [InlineData("2026-03-02T10:00:00Z", "focus", 40, 8, "override")] // no level of its own: the schedule's
    [InlineData("2026-03-02T11:00:00Z", "focus", 70, 8, "override")]
    [InlineData("2026-03-02T11:30:00Z", "chime", 70, 5, "plant")]
    [InlineData("2026-03-02T11:45:00Z", "focus", 70, 8, "override")]
    [InlineData("2026-03-02T12:00:00Z", "calm", 70, 15, "schedule")] // the mood's time is over, the level's is not
    [InlineData("2026-03-02T13:00:00Z", "calm", 40, 15, "schedule")] // both released
    [InlineData("2026-03-02T21:00:00Z", "calm", 15, 15, "schedule")]
    [InlineData("2026-03-02T22:00:00Z", "siren", 100, 1, "override")] // life safety is above quiet hours
    [InlineData("2026-03-02T22:10:00Z", "calm", 15, 15, "schedule")]
    public void Overrides(string time, string mood, int level, int priority, string source)
    {
        Resolution answer = Ask("""{"tz":"UTC","weekly":{"daily":[{"at":"08:00","mood":"calm","level":40}]},"quiet":[{"days":"daily","from":"20:00","to":"07:00","maxLevel":15}]}""", time, overrides: Plan);
        Assert.Equal((mood, level, priority, source), (answer.Mood, answer.CappedLevel, answer.MoodPriority, answer.MoodSource));
    }

    private const string Plan = """
        [{"priority":8,"mood":"focus","at":"2026-03-02T10:00:00Z","ttl":"PT2H"},{"priority":8,"level":70,"at":"2026-03-02T11:00:00Z"},
         {"priority":5,"mood":"chime","at":"2026-03-02T11:30:00Z","ttl":900,"by":"plant"},{"priority":8,"mood":null,"at":"2026-03-02T13:00:00Z"},
         {"priority":1,"mood":"siren","level":100,"at":"2026-03-02T22:00:00Z","ttl":600}]
        """;

    [Fact]
    public void Next_lists_every_change_of_schedule_and_overrides()
    {
        SchedulePreview preview = Preview("""{"tz":"UTC","default":{"mood":"off"},"weekly":{"daily":[{"at":"08:00","mood":"calm","level":40}]},"quiet":[{"days":"daily","from":"20:00","to":"07:00","maxLevel":15}]}""", null, Plan);
        Assert.Equal(
            "10:00 focus 40, 11:00 focus 70, 11:30 chime 70, 11:45 focus 70, 12:00 calm 70, 13:00 calm 40, 20:00 calm 15, 22:00 siren 100, 22:10 calm 15, 07:00 calm 40",
            string.Join(", ", preview.ChangesAfter(At("2026-03-02T09:00:00Z")).Take(10).Select(change => $"{change.At.InUtc():HH:mm} {change.Then.Mood} {change.Then.CappedLevel}")));
        Assert.Equal(At("2026-03-02T12:00:00Z"), preview.UntilAfter(At("2026-03-02T10:30:00Z")));
        Assert.Equal(At("2026-03-02T20:00:00Z"), preview.UntilAfter(At("2026-03-02T14:00:00Z")));
    }

    [Fact]
    public void A_leap_days_slot_is_found_years_ahead_and_carries_for_years()
    {
        Schedule schedule = Parse("""{"tz":"UTC","default":{"mood":"off"},"exceptions":[{"rrule":"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29","slots":[{"at":"12:00","mood":"leap"}]}]}""", null);
        Assert.Equal(At("2000-02-29T12:00:00Z"), schedule.Next(At("2000-01-01T00:00:00Z")));
        Assert.Equal("leap", schedule.At(At("2027-01-01T00:00:00Z")).Mood);
        Schedule closed = Parse("""{"tz":"UTC","default":{"mood":"off"},"effective":{"from":"2097-01-01"},"exceptions":[{"rrule":"FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29","slots":[{"at":"12:00","mood":"leap"}]}]}""", null);
        Assert.Equal(At("2104-02-29T12:00:00Z"), closed.Next(At("2097-03-01T00:00:00Z")));
    }

    [Fact]
    public void An_exception_without_slots_leaves_the_day_as_the_evening_before_left_it()
    {
        const string Json = """{"tz":"UTC","weekly":{"daily":[{"at":"08:00","mood":"calm"},{"at":"20:00","mood":"night"}]},"exceptions":[{"date":"2026-03-03","slots":[]}]}""";
        Assert.Equal("night", Ask(Json, "2026-03-03T12:00:00Z").Mood);
        Assert.Equal("calm", Ask(Json, "2026-03-04T12:00:00Z").Mood);
    }

    private static Resolution Ask(string json, string time, string? calendars = null, string? overrides = null) => Preview(json, calendars, overrides).At(At(time));

    private static SchedulePreview Preview(string json, string? calendars, string? overrides)
    {
        if (overrides is null) return new SchedulePreview(Parse(json, calendars), OverrideFile.Empty);
        string file = Path.GetTempFileName();
        File.WriteAllText(file, overrides);
        try
        {
            return new SchedulePreview(Parse(json, calendars), OverrideFile.Load(file, DateTimeZone.Utc));
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static Schedule Parse(string json, string? holidays)
    {
        Assert.True(ScheduleFile.TryParse(json, out Schedule? schedule, out IReadOnlyList<string> problems), string.Join("\n", problems));
        if (holidays is null) return schedule;
        Assert.True(ScheduleFile.TryParseCalendar(holidays, out CalendarDates? dates, out _));
        return schedule.With(new Dictionary<string, CalendarDates> { ["holidays"] = dates });
    }

    private static Instant At(string time) => OffsetDateTimePattern.Rfc3339.Parse(time).Value.ToInstant();
}
