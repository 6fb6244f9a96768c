using System.Runtime.CompilerServices;
using System.Text.Json;
using Ambient.Daemon.Control;
using Ambient.Daemon.Schedules;
using NodaTime;
using NodaTime.Text;

namespace Ambient.Daemon.Tests.Schedules;

/// <summary>Questions whose answers were worked out by other means: Python's zoneinfo and dateutil, every minute walked (tools/schedule_questions.py).</summary>
public sealed class AnsweredQuestionsTests
{
    private static readonly Dictionary<string, JsonElement> Cases = Read();

    public static TheoryData<string> Schedules => [.. Cases.Where(entry => entry.Value.TryGetProperty("asks", out _)).Select(entry => entry.Key)];

    public static TheoryData<string> Rules => [.. Cases.Where(entry => entry.Value.TryGetProperty("rule", out _)).Select(entry => entry.Key)];

    [Theory]
    [MemberData(nameof(Schedules))]
    public void The_engine_answers_as_the_walk_does(string name)
    {
        JsonElement asked = Cases[name];
        string text = asked.GetProperty("schedule").GetRawText();
        bool isGood = ScheduleFile.TryParse(text, out Schedule? schedule, out IReadOnlyList<string> problems);
        foreach (JsonElement ask in asked.GetProperty("asks").EnumerateArray())
        {
            JsonElement expect = ask.GetProperty("expect");
            if (ask.GetProperty("ask").GetString() == "check")
            {
                Assert.False(isGood);
                Assert.All(expect.EnumerateArray(), part => Assert.Contains(problems, problem => problem.Contains(part.GetString()!, StringComparison.Ordinal)));
                continue;
            }

            Assert.True(isGood, string.Join("\n", problems));
            SchedulePreview preview = Preview(schedule!, asked);
            Instant time = OffsetDateTimePattern.Rfc3339.Parse(ask.GetProperty("time").GetString()!).Value.ToInstant();
            if (ask.GetProperty("ask").GetString() == "at") AssertState(expect, preview, schedule!, time);
            else AssertChanges(expect, preview, schedule!, time);
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void A_recurrence_rule_means_the_days_that_dateutil_says(string name)
    {
        JsonElement asked = Cases[name];
        LocalDate start = LocalDatePattern.Iso.Parse(asked.GetProperty("dtstart").GetString()!).Value;
        Assert.True(RecurrenceRule.TryParse(asked.GetProperty("rule").GetString()!, start, DateTimeZone.Utc, out RecurrenceRule? rule, out string problem), problem);
        LocalDate[] expected = [.. asked.GetProperty("expect").EnumerateArray().Select(day => LocalDatePattern.Iso.Parse(day.GetString()!).Value)];
        LocalDate last = asked.GetProperty("complete").GetBoolean() ? new LocalDate(2033, 12, 31) : expected[^1];
        Assert.Equal(expected, Enumerable.Range(0, Period.DaysBetween(start, last) + 1).Select(start.PlusDays).Where(rule.Contains));
    }

    private static void AssertState(JsonElement expect, SchedulePreview preview, Schedule schedule, Instant time)
    {
        Resolution state = preview.At(time);
        Assert.Equal(
            (Text(expect, "mood"), Number(expect, "level"), Number(expect, "maxLevel"), Number(expect, "priority"), Text(expect, "source")),
            (state.Mood, state.CappedLevel, state.MaxLevel, (int?)state.MoodPriority, state.MoodSource));
        if (expect.TryGetProperty("until", out JsonElement until)) Assert.Equal(until.GetString(), Shown(preview.UntilAfter(time), schedule));
    }

    private static void AssertChanges(JsonElement expect, SchedulePreview preview, Schedule schedule, Instant time) => Assert.Equal(
        expect.EnumerateArray().Select(change => (change.GetProperty("at").GetString(), Text(change, "mood"), Number(change, "level"), Text(change, "source"))),
        preview.ChangesAfter(time).Take(expect.GetArrayLength()).Select(change => (Shown(change.At, schedule), change.Then.Mood, change.Then.CappedLevel, (string?)change.Then.MoodSource)));

    private static SchedulePreview Preview(Schedule schedule, JsonElement asked)
    {
        if (asked.TryGetProperty("calendars", out JsonElement calendars))
        {
            schedule = schedule.With(calendars.EnumerateObject().ToDictionary(calendar => calendar.Name, calendar =>
            {
                Assert.True(ScheduleFile.TryParseCalendar($$"""{"dates":{{calendar.Value.GetRawText()}}}""", out CalendarDates? dates, out _));
                return dates;
            }));
        }

        if (!asked.TryGetProperty("overrides", out JsonElement overrides)) return new SchedulePreview(schedule, OverrideFile.Empty);
        string file = Path.GetTempFileName();
        File.WriteAllText(file, overrides.GetRawText());
        OverrideFile read = OverrideFile.Load(file, schedule.Zone);
        File.Delete(file);
        return new SchedulePreview(schedule, read);
    }

    private static string? Shown(Instant? instant, Schedule schedule) => instant is { } at ? OffsetDateTimePattern.Rfc3339.Format(at.InZone(schedule.Zone).ToOffsetDateTime()) : null;

    private static string? Text(JsonElement element, string key) => element.GetProperty(key).GetString();

    private static int? Number(JsonElement element, string key) => element.GetProperty(key) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : null;

    private static Dictionary<string, JsonElement> Read([CallerFilePath] string here = "") =>
        File.ReadLines(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", "data", "schedule-questions.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement).ToDictionary(asked => asked.GetProperty("name").GetString()!);
}
