using Ambient.Daemon.Schedules;
using NodaTime;
using NodaTime.Text;

namespace Ambient.Daemon.Tests.Schedules;

public sealed class ScheduleTests
{
    [Fact]
    public void A_slot_holds_until_the_next_and_carries_over_days_without_slots()
    {
        Schedule schedule = Parse("""{"tz":"Europe/Berlin","weekly":{"mon-fri":[{"at":"07:30","mood":"bright","level":35},{"at":"18:30","mood":"calm"}]}}""");
        Assert.Equal(("bright", 35), MoodAndLevel(schedule, "2026-03-02T07:30:00+01:00"));
        Assert.Equal(("bright", 35), MoodAndLevel(schedule, "2026-03-02T18:29:59+01:00"));
        Assert.Equal(("calm", null), MoodAndLevel(schedule, "2026-03-02T18:30:00+01:00"));
        Assert.Equal(("calm", null), MoodAndLevel(schedule, "2026-03-08T23:00:00+01:00")); // Sunday
        Assert.Equal("2026-03-09T07:30:00+01:00", Next(schedule, "2026-03-06T20:00:00+01:00"));
    }

    [Fact]
    public void A_null_mood_releases_to_the_default()
    {
        Schedule schedule = Parse("""{"tz":"UTC","default":{"mood":"off","level":10},"weekly":{"daily":[{"at":"08:00","mood":"calm","level":50},{"at":"20:00","mood":null}]}}""");
        ScheduleState night = schedule.At(At("2026-03-02T21:00:00Z"));
        Assert.Equal(("off", 10, true), (night.Mood, night.Level, night.IsDefault));
    }

    [Fact]
    public void A_time_in_the_gap_happens_right_after_it_and_only_on_that_day()
    {
        Schedule schedule = Parse("""{"tz":"Europe/Berlin","weekly":{"daily":[{"at":"02:15","mood":"a"},{"at":"02:45","mood":"b"},{"at":"12:00","mood":"c"}]}}""");
        Assert.Equal("2026-03-29T03:00:00+02:00", Next(schedule, "2026-03-28T13:00:00+01:00"));
        Assert.Equal("b", schedule.At(At("2026-03-29T03:00:00+02:00")).Mood); // both at once, in their order
        Assert.Equal("2026-03-30T02:15:00+02:00", Next(schedule, "2026-03-29T13:00:00+02:00"));
    }

    [Fact]
    public void A_time_in_the_fold_happens_once_at_its_first_occurrence()
    {
        Schedule schedule = Parse("""{"tz":"Europe/Berlin","weekly":{"daily":[{"at":"01:00","mood":"a"},{"at":"02:30","mood":"b"}]}}""");
        Assert.Equal("2026-10-25T02:30:00+02:00", Next(schedule, "2026-10-25T01:30:00+02:00"));
        Assert.Equal("2026-10-26T01:00:00+01:00", Next(schedule, "2026-10-25T02:30:00+02:00"));
        Assert.Equal("b", schedule.At(At("2026-10-25T02:10:00+01:00")).Mood);
    }

    [Fact]
    public void Lord_Howe_moves_its_clocks_by_half_an_hour()
    {
        Schedule schedule = Parse("""{"tz":"Australia/Lord_Howe","weekly":{"daily":[{"at":"01:45","mood":"a"},{"at":"02:15","mood":"b"}]}}""");
        Assert.Equal("2026-10-04T02:30:00+11:00", Next(schedule, "2026-10-04T01:50:00+10:30")); // gap 02:00 to 02:30
        Assert.Equal("2026-04-05T01:45:00+11:00", Next(schedule, "2026-04-04T12:00:00+11:00")); // fold 01:30 to 02:00, the first one
        Assert.Equal("2026-04-05T02:15:00+10:30", Next(schedule, "2026-04-05T01:45:00+11:00"));
    }

    [Fact]
    public void All_slots_of_a_skipped_day_fall_on_the_instant_after_the_gap_in_their_order()
    {
        Schedule schedule = Parse("""{"tz":"Pacific/Apia","weekly":{"fri":[{"at":"08:00","mood":"a"},{"at":"20:00","mood":"b"}],"thu":[{"at":"08:00","mood":"c"}]}}""");
        Assert.Equal("2011-12-31T00:00:00+14:00", Next(schedule, "2011-12-29T09:00:00-10:00")); // 30 December 2011, a Friday, never was
        Assert.Equal("b", schedule.At(At("2011-12-31T00:00:00+14:00")).Mood);
    }

    [Fact]
    public void Outside_the_effective_dates_the_default_holds_and_nothing_carries_in()
    {
        Schedule schedule = Parse("""{"tz":"Europe/Berlin","default":{"mood":"off"},"effective":{"from":"2026-03-03","to":"2026-03-04"},"weekly":{"daily":[{"at":"08:00","mood":"calm"}]}}""");
        Assert.Equal("off", schedule.At(At("2026-03-02T12:00:00+01:00")).Mood);
        Assert.Equal("off", schedule.At(At("2026-03-03T07:00:00+01:00")).Mood);
        Assert.Equal("calm", schedule.At(At("2026-03-04T23:59:59+01:00")).Mood);
        Assert.Equal("off", schedule.At(At("2026-03-05T00:00:00+01:00")).Mood);
        Assert.Equal("2026-03-03T08:00:00+01:00", Next(schedule, "2020-01-01T00:00:00Z"));
        Assert.Equal("2026-03-05T00:00:00+01:00", Next(schedule, "2026-03-03T08:00:00+01:00"));
        Assert.Null(Next(schedule, "2026-03-05T00:00:00+01:00"));
    }

    [Fact]
    public void Quiet_hours_cap_from_the_day_they_begin_on_over_midnight()
    {
        Schedule schedule = Parse("""{"tz":"Europe/Berlin","weekly":{"daily":[{"at":"00:00","mood":"calm","level":40}]},"quiet":[{"days":"fri","from":"22:00","to":"06:00","maxLevel":15}]}""");
        Assert.Equal(40, schedule.At(At("2026-03-06T21:59:59+01:00")).CappedLevel);
        Assert.Equal(15, schedule.At(At("2026-03-06T22:00:00+01:00")).CappedLevel);
        Assert.Equal(15, schedule.At(At("2026-03-07T05:59:59+01:00")).CappedLevel);
        Assert.Equal(40, schedule.At(At("2026-03-07T06:00:00+01:00")).CappedLevel);
        Assert.Equal(40, schedule.At(At("2026-03-07T22:00:00+01:00")).CappedLevel);
        Assert.Equal("2026-03-06T22:00:00+01:00", Next(schedule, "2026-03-06T00:00:00+01:00"));
    }

    [Fact]
    public void The_next_change_is_the_one_that_walking_minute_by_minute_finds()
    {
        Schedule schedule = Parse("""
            {"tz":"Australia/Lord_Howe","default":{"mood":"off"},"effective":{"from":"2026-03-30","to":"2026-04-12"},
             "weekly":{"mon,wed":[{"at":"07:30","mood":"bright","level":35},{"at":"23:50","mood":"calm","level":9}],"sat-sun":[{"at":"01:45","mood":"night"},{"at":"02:15","mood":null}]},
             "quiet":[{"days":"mon-sat","from":"01:40","to":"01:55","maxLevel":5},{"days":"daily","from":"20:00","to":"07:00","maxLevel":15}]}
            """);
        Instant start = At("2026-03-28T00:00:00Z");
        Instant next = schedule.Next(start)!.Value;
        for (int minute = 1; minute < 20 * 1_440; minute++)
        {
            Instant now = start + Duration.FromMinutes(minute);
            if (schedule.At(now).SoundsLike(schedule.At(now - Duration.FromMinutes(1)))) continue;
            Assert.Equal(next, now);
            next = schedule.Next(now) ?? Instant.MaxValue;
        }

        Assert.Equal(Instant.MaxValue, next);
    }

    [Fact]
    public void The_next_slot_counts_even_if_it_changes_nothing()
    {
        Schedule schedule = Parse("""{"tz":"UTC","weekly":{"daily":[{"at":"08:00","mood":"calm"},{"at":"12:00","mood":"calm"}]}}""");
        Assert.Equal(At("2026-03-02T12:00:00Z"), schedule.NextSlot(At("2026-03-02T08:00:00Z")));
        Assert.Null(schedule.Next(At("2026-03-02T08:00:00Z")));
    }

    [Theory]
    [InlineData("""{"weekly":{}}""", "tz is missing; allowed: an IANA time zone such as Europe/Berlin")]
    [InlineData("""{"tz":"Mars/Base"}""", "tz is \"Mars/Base\"; allowed: an IANA time zone such as Europe/Berlin")]
    [InlineData("""{"tz":"UTC","weekly":{"mo-fr":[]}}""", "weekly.mo-fr is no day set; allowed: daily, or days and ranges")]
    [InlineData("""{"tz":"UTC","weekly":{"mon":[{"at":"25:00","mood":"calm"}]}}""", "weekly.mon[0].at is \"25:00\"; allowed: a time such as 07:30")]
    [InlineData("""{"tz":"UTC","weekly":{"mon":[{"at":"07:00","mood":"calm","level":101}]}}""", "weekly.mon[0].level is 101; allowed: 0..100")]
    [InlineData("""{"tz":"UTC","weekly":{"mon":[{"at":"07:00"}]}}""", "weekly.mon[0].mood is missing; allowed: a mood's name, or null")]
    [InlineData("""{"tz":"UTC","weekly":{"mon":[{"at":"07:00","mood":"a"}],"mon-fri":[{"at":"07:00","mood":"b"}]}}""", "weekly.mon-fri[0].at is 07:00, which Monday has already")]
    [InlineData("""{"tz":"UTC","weekly":{"mon":[{"at":"sunset-00:30","mood":"calm"}]}}""", "weekly.mon[0].at is \"sunset-00:30\" and the schedule has no location; allowed: with \"location\"")]
    [InlineData("""{"tz":"UTC","location":{"lat":91,"lon":0}}""", "location.lat is 91; allowed: -90..90 degrees")]
    [InlineData("""{"tz":"UTC","exceptions":[{"slots":[]}]}""", "exceptions[0] names its days in no ways; allowed: one of calendar, date, from and to, month, week and dow, rrule")]
    [InlineData("""{"tz":"UTC","exceptions":[{"date":"2026-02-30","slots":[]}]}""", "exceptions[0].date is \"2026-02-30\"; allowed: a date such as 2026-12-24")]
    [InlineData("""{"tz":"UTC","exceptions":[{"from":"2026-02-03","to":"2026-02-01","slots":[]}]}""", "exceptions[0].to is \"2026-02-01\"; allowed: from (2026-02-03) or later")]
    [InlineData("""{"tz":"UTC","exceptions":[{"date":"2026-02-03","priority":0,"slots":[]}]}""", "exceptions[0].priority is 0; allowed: 1..16")]
    [InlineData("""{"tz":"UTC","exceptions":[{"date":"2026-02-03"}]}""", "exceptions[0].slots is missing")]
    [InlineData("""{"tz":"UTC","exceptions":[{"month":15,"slots":[]}]}""", "exceptions[0].month is 15; allowed: 1..12")]
    [InlineData("""{"tz":"UTC","exceptions":[{"rrule":"FREQ=HOURLY","slots":[]}]}""", "exceptions[0].rrule: FREQ is HOURLY; allowed: DAILY, WEEKLY, MONTHLY, YEARLY")]
    [InlineData("""{"tz":"UTC","tz":"UTC"}""", "tz stands twice; allowed: once")]
    [InlineData("""{"tz":"UTC","quiet":[{"days":"daily","from":"20:00","to":"07:00"}]}""", "quiet[0].maxLevel is missing")]
    [InlineData("""{"tz":"UTC","quite":[]}""", "quite is unknown; allowed: id, tz, location, default, effective, weekly, exceptions, quiet")]
    [InlineData("""{"tz":"UTC","effective":{"from":"2026-05-01","to":"2026-04-01"}}""", "effective.to is 2026-04-01; allowed: 2026-05-01 (effective.from) or later")]
    [InlineData("[]", "The file is []; allowed: an object in braces")]
    [InlineData("{\n\"tz\":\n", "line 3: not JSON: ")]
    public void What_is_wrong_is_said_with_key_value_and_what_is_allowed(string json, string problem)
    {
        Assert.False(ScheduleFile.TryParse(json, out _, out IReadOnlyList<string> problems));
        Assert.Contains(problems, line => line.StartsWith(problem, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("daily", "1234567")]
    [InlineData("mon-fri", "12345")]
    [InlineData("fri-sat", "56")]
    [InlineData("sat-mon", "167")]
    [InlineData("mon,wed", "13")]
    [InlineData("mon-tue, sun", "127")]
    [InlineData("sun", "7")]
    public void Day_sets_mean_what_they_say(string text, string days)
    {
        Assert.True(DaySet.TryParse(text, out DaySet set));
        Assert.Equal(days, string.Concat(Enumerable.Range(1, 7).Where(day => set.Contains((IsoDayOfWeek)day))));
    }

    private static Schedule Parse(string json)
    {
        Assert.True(ScheduleFile.TryParse(json, out Schedule? schedule, out IReadOnlyList<string> problems), string.Join("\n", problems));
        return schedule;
    }

    private static Instant At(string time) => OffsetDateTimePattern.Rfc3339.Parse(time).Value.ToInstant();

    private static (string? Mood, int? Level) MoodAndLevel(Schedule schedule, string time) => (schedule.At(At(time)).Mood, schedule.At(At(time)).Level);

    private static string? Next(Schedule schedule, string time) =>
        schedule.Next(At(time)) is { } next ? OffsetDateTimePattern.Rfc3339.Format(next.InZone(schedule.Zone).ToOffsetDateTime()) : null;
}
