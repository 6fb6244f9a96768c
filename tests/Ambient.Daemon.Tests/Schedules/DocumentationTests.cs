using System.Text.RegularExpressions;
using Ambient.Daemon.Cli;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Control;
using Ambient.Daemon.Schedules;
using NodaTime;

namespace Ambient.Daemon.Tests.Schedules;

/// <summary>docs/scheduling.md promises that its examples work.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void Every_example_of_the_scheduling_page_is_accepted()
    {
        Assert.True(ScheduleFile.TryParse(Example("schedule"), out Schedule? schedule, out IReadOnlyList<string> problems), string.Join("\n", problems));
        Assert.True(ScheduleFile.TryParseCalendar(Example("calendar"), out CalendarDates? dates, out _));
        schedule = schedule.With(new Dictionary<string, CalendarDates> { ["holidays"] = dates });
        Assert.Equal("calm", schedule.At(Instant.FromUtc(2026, 12, 24, 10, 0)).Mood); // priority 2 before the calendar's 3
        Assert.Equal("off", schedule.At(Instant.FromUtc(2026, 12, 25, 10, 0)).Mood);
        Assert.Equal("off", schedule.At(Instant.FromUtc(2026, 12, 28, 10, 0)).Mood); // the calendar's range, over the closing days
        Assert.Equal("bright", schedule.At(Instant.FromUtc(2026, 2, 2, 5, 30)).Mood); // first Monday

        var control = new ControlPlane(new ZoneConfig(), Some.Moods, null);
        Assert.True(control.Handle("override/set", Example("override"), isRetained: false, Some.Noon).IsAccepted);
        string file = Path.GetTempFileName();
        File.WriteAllText(file, Example("overrides"));
        Assert.Equal(2, OverrideFile.Load(file, DateTimeZone.Utc).Instants.Count());
        File.Delete(file);
    }

    // It was refused: the example leaves the seconds out.
    [Fact]
    public void The_schedule_command_of_the_README_lists_what_comes()
    {
        string page = Page("README.md");
        string week = Regex.Match(page, "```json\n(\\{ \"id\": \"lobby-week\".*?)```", RegexOptions.Singleline).Groups[1].Value;
        string[] command = Regex.Match(page, "^\\./run (schedule next .*)$", RegexOptions.Multiline).Groups[1].Value.Split(' ');
        string file = Path.GetTempFileName();
        File.WriteAllText(file, week);
        Assert.Equal("week.json", command[2]);
        command[2] = file;
        Assert.Equal(0, ScheduleCommand.Create().Parse(command[1..]).Invoke());
        File.Delete(file);
    }

    [Theory]
    [InlineData("2026-03-29T01:30Z")]
    [InlineData("2026-03-29T01:30:00Z")]
    [InlineData("2026-03-29T03:30+02:00")]
    [InlineData("2026-03-29T03:30")]
    [InlineData("2026-03-29T03:30:00")]
    public void A_time_may_leave_out_seconds_and_offset(string text)
    {
        Assert.True(TimeText.TryRead(text, DateTimeZoneProviders.Tzdb["Europe/Berlin"], out Instant instant));
        Assert.Equal(Instant.FromUtc(2026, 3, 29, 1, 30), instant);
    }

    [Theory]
    [InlineData("2026-03-29")]
    [InlineData("29.03.2026 03:30")]
    [InlineData("2026-03-29T25:00Z")]
    [InlineData("")]
    public void What_is_no_time_is_told_so(string text) => Assert.False(TimeText.TryRead(text, DateTimeZone.Utc, out _));

    private static string Example(string kind)
    {
        string page = Page(Path.Combine("docs", "scheduling.md"));
        return Regex.Match(page, $"```json {kind}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
    }

    private static string Page(string path)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Ambient.sln"))) root = root.Parent;
        return File.ReadAllText(Path.Combine(root.FullName, path));
    }
}
