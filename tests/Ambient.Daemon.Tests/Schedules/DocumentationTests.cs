using System.Text.RegularExpressions;
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

    private static string Example(string kind)
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root!.FullName, "Ambient.sln"))) root = root.Parent;
        string page = File.ReadAllText(Path.Combine(root.FullName, "docs", "scheduling.md"));
        return Regex.Match(page, $"```json {kind}\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
    }
}
