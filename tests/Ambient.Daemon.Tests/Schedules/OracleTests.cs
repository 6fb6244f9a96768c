using Ambient.Daemon.Schedules;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.TimeZones;
using Schedule = Ambient.Daemon.Schedules.Schedule;

namespace Ambient.Daemon.Tests.Schedules;

/// <summary>The engine against <see cref="MinuteWalk"/>. <c>AMBIENT_ORACLE=long</c> in the environment walks ten times as far.</summary>
public sealed class OracleTests
{
    private static readonly int Effort = Environment.GetEnvironmentVariable("AMBIENT_ORACLE") == "long" ? 10 : 1;

    private static readonly string[] Zones =
    [
        "Europe/Berlin", "Europe/London", "Europe/Dublin", "Europe/Moscow", "Europe/Istanbul", "Atlantic/Azores", "Africa/Casablanca", "Africa/Cairo", "Africa/Tripoli", "Africa/Windhoek",
        "Asia/Kathmandu", "Asia/Tehran", "Asia/Gaza", "Asia/Beirut", "Asia/Pyongyang", "Asia/Dhaka", "Australia/Lord_Howe", "Australia/Adelaide", "Pacific/Apia", "Pacific/Chatham",
        "Pacific/Norfolk", "Pacific/Auckland", "America/New_York", "America/St_Johns", "America/Havana", "America/Sao_Paulo", "America/Santiago", "America/Caracas", "America/Scoresbysund", "Antarctica/Troll",
    ];

    [Fact]
    public void Every_transition_of_30_zones_from_2000_to_2037_is_as_the_minute_walk_has_it()
    {
        int transitions = 0, answers = 0;
        foreach (string zone in Zones)
        {
            DateTimeZone rules = DateTimeZoneProviders.Tzdb[zone];
            foreach (ZoneInterval interval in rules.GetZoneIntervals(Instant.FromUtc(2000, 1, 1, 0, 0), Instant.FromUtc(2038, 1, 1, 0, 0)).Skip(1))
            {
                LocalDate day = interval.Start.InZone(rules).Date;
                SimpleSchedule schedule = Any(new Random(transitions), zone, day, aroundMidnight: transitions % 2 == 0);
                answers += AssertSame(schedule, day.PlusDays(-2), day.PlusDays(2), everySeconds: 6 * 3_600);
                transitions++;
            }
        }

        Assert.InRange(transitions, 1_300, 3_000);
        Assert.InRange(answers, 50_000, int.MaxValue);
    }

    [Fact]
    public void Walking_minute_by_minute_finds_what_the_engine_says()
    {
        var random = new Random(1);
        for (int run = 0; run < 6 * Effort; run++)
        {
            string zone = Zones[random.Next(Zones.Length)];
            var day = new LocalDate(2026, random.Next(1, 13), random.Next(1, 29));
            AssertSame(Any(random, zone, day, aroundMidnight: false), day.PlusDays(-7), day.PlusDays(7), everySeconds: 60);
        }
    }

    [Fact]
    public void At_any_time_of_any_schedule_engine_and_minute_walk_agree() =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(0, Zones.Length - 1).ToArbitrary(), Gen.Choose(0, 13_000).ToArbitrary(), (seed, zone, days) =>
        {
            LocalDate day = new LocalDate(2000, 3, 1).PlusDays(days);
            AssertSame(Any(new Random(seed), Zones[zone], day, aroundMidnight: false), day.PlusDays(-3), day.PlusDays(3), everySeconds: 3 * 3_600);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(150 * Effort).WithReplay(20_260_302, 11));

    [Fact]
    public void The_order_of_exceptions_with_different_priorities_means_nothing() =>
        Prop.ForAll(Gen.Choose(0, 1_000_000).ToArbitrary(), Gen.Choose(0, 500_000).ToArbitrary(), (seed, minute) =>
        {
            SimpleSchedule one = Any(new Random(seed), "Europe/Berlin", new LocalDate(2026, 6, 1), aroundMidnight: false);
            SimpleSchedule other = one with { Exceptions = [.. one.Exceptions.AsEnumerable().Reverse()] };
            Instant instant = Instant.FromUtc(2026, 1, 1, 0, 0) + Duration.FromMinutes(minute);
            return Parse(one).At(instant) == Parse(other).At(instant);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(200 * Effort).WithReplay(20_260_303, 11));

    [Fact]
    public void Calendars_name_the_days_that_their_patterns_say()
    {
        Assert.True(ScheduleFile.TryParseCalendar("""{"dates":["2026-12-25",{"from":"2026-12-30","to":"2027-01-02"},{"month":"*","week":5,"dow":"fri"},{"month":2,"week":"last","dow":"mon-tue"},{"month":13,"week":1,"dow":"sun"}]}""", out CalendarDates? calendar, out _));
        for (LocalDate day = new(2026, 1, 1); day.Year < 2028; day = day.PlusDays(1))
        {
            int daysInMonth = CalendarSystem.Iso.GetDaysInMonth(day.Year, day.Month);
            bool expected = day == new LocalDate(2026, 12, 25) || (day >= new LocalDate(2026, 12, 30) && day <= new LocalDate(2027, 1, 2))
                || (day.Day >= 29 && day.DayOfWeek == IsoDayOfWeek.Friday)
                || (day.Month == 2 && day.Day > daysInMonth - 7 && day.DayOfWeek is IsoDayOfWeek.Monday or IsoDayOfWeek.Tuesday && day.Month == 2 && day.Day > daysInMonth - 7)
                || (day.Month % 2 == 1 && day.Day <= 7 && day.DayOfWeek == IsoDayOfWeek.Sunday);
            Assert.Equal(expected, calendar.Contains(day));
        }
    }

    // Compares at every edge, a second before and after it and every so often between; and every change that Next finds.
    private static int AssertSame(SimpleSchedule simple, LocalDate first, LocalDate last, int everySeconds)
    {
        Schedule engine = Parse(simple);
        // What carries in may be a week and a lost day old; what hangs over ends two days later.
        var walk = new MinuteWalk(simple, first.PlusDays(-10), last.PlusDays(3));
        long begin = first.AtMidnight().InUtc().ToInstant().ToUnixTimeSeconds(), end = last.PlusDays(1).AtMidnight().InUtc().ToInstant().ToUnixTimeSeconds();
        var seconds = new SortedSet<long>(walk.Edges.Where(edge => edge >= begin && edge < end).SelectMany(edge => new[] { edge - 1, edge, edge + 1 }));
        for (long second = begin; second < end; second += everySeconds) seconds.Add(second);
        Instant? next = engine.Next(Instant.FromUnixTimeSeconds(seconds.Min - 1));
        var before = walk.At(seconds.Min - 1);
        foreach (long second in seconds)
        {
            var expected = walk.At(second);
            Instant instant = Instant.FromUnixTimeSeconds(second);
            ScheduleState actual = engine.At(instant);
            if (expected != (actual.Mood, actual.CappedLevel, actual.MaxLevel)) Assert.Fail($"{instant}: expected {expected}, was {(actual.Mood, actual.CappedLevel, actual.MaxLevel)} in {simple.ToJson()}");
            if ((expected.Mood, expected.Level) != (before.Mood, before.Level))
            {
                if (next != instant) Assert.Fail($"{instant}: a change, but next was {next} in {simple.ToJson()}");
                next = engine.Next(instant);
            }

            before = expected;
        }

        if (next < Instant.FromUnixTimeSeconds(seconds.Max)) Assert.Fail($"{next} is no change in {simple.ToJson()}");
        return seconds.Count;
    }

    private static SimpleSchedule Any(Random random, string zone, LocalDate around, bool aroundMidnight)
    {
        IsoDayOfWeek[] Days() => [.. Enumerable.Range(1, 7).Select(day => (IsoDayOfWeek)day).Where(_ => random.Next(3) > 0).DefaultIfEmpty(IsoDayOfWeek.Sunday)];
        int Minute() => random.Next(3) == 0 ? random.Next(48) * 30 : aroundMidnight ? (random.Next(300) + 1_320) % 1_440 : random.Next(1_440);
        SimpleSlot[] Slots(int most) => [.. Enumerable.Range(0, random.Next(most + 1)).Select(_ => Minute()).Distinct().Select(minute =>
            random.Next(5) == 0 ? new SimpleSlot(minute, null, null) : new SimpleSlot(minute, $"m{random.Next(4)}", random.Next(2) == 0 ? null : random.Next(101)))];
        var schedule = new SimpleSchedule(zone, new SimpleSlot(0, "d", random.Next(2) == 0 ? null : 50))
        {
            From = random.Next(3) == 0 ? around.PlusDays(-random.Next(9)) : null,
            To = random.Next(3) == 0 ? around.PlusDays(random.Next(4)) : null,
            // Every day of the week has slots, so that what carries is at most a week old, and the walk need not begin at the creation.
            Weekly = [([IsoDayOfWeek.Monday, IsoDayOfWeek.Tuesday, IsoDayOfWeek.Wednesday], [new SimpleSlot(Minute(), "w", 20), .. Slots(0)]), ([IsoDayOfWeek.Thursday, IsoDayOfWeek.Friday, IsoDayOfWeek.Saturday, IsoDayOfWeek.Sunday], Slots(6))],
            Quiet = [.. Enumerable.Range(0, random.Next(3)).Select(_ => (Days(), Minute(), Minute(), random.Next(101)))],
        };
        for (int i = random.Next(3); i > 0; i--)
        {
            LocalDate day = around.PlusDays(random.Next(-3, 4));
            int length = random.Next(3);
            LocalDate[] dates = [.. Enumerable.Range(0, length + 1).Select(day.PlusDays)];
            string json = length == 0 ? $"\"date\":\"{day:uuuu-MM-dd}\"" : $"\"from\":\"{day:uuuu-MM-dd}\",\"to\":\"{dates[^1]:uuuu-MM-dd}\"";
            schedule.Exceptions.Add((dates, json, i, Slots(4)));
        }

        return schedule;
    }

    private static Schedule Parse(SimpleSchedule simple)
    {
        Assert.True(ScheduleFile.TryParse(simple.ToJson(), out Schedule? schedule, out IReadOnlyList<string> problems), $"{string.Join("\n", problems)}\n{simple.ToJson()}");
        return schedule;
    }
}
