using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Ambient.Daemon.Cli;

namespace Ambient.Daemon.Schedules;

/// <summary>Reads a schedule file and says everything that is wrong with it at once.</summary>
public static class ScheduleFile
{
    /// <summary>Reads a schedule.</summary>
    /// <exception cref="CliException">With <see cref="ExitCodes.NoInput"/> when it can't be read; with <see cref="ExitCodes.BadConfiguration"/> and one line for every problem in it.</exception>
    public static Schedule Load(string path)
    {
        if (TryParse(TextOf(path, "schedule"), out Schedule? schedule, out IReadOnlyList<string> problems)) return schedule;
        throw Bad(path, problems);
    }

    /// <summary>Reads a calendar file: <c>{"name": [days], …}</c>.</summary>
    /// <exception cref="CliException">As <see cref="Load"/>.</exception>
    public static IReadOnlyDictionary<string, CalendarDates> LoadCalendars(string path)
    {
        var json = new CheckedJson();
        var reader = new DateRuleReader(json);
        return json.Read(TextOf(path, "calendars"), root => json.Members(root, "", null).ToDictionary(
                member => member.Key,
                member => reader.Calendar(CheckedJson.Has(member.Value, "dates") ? member.Value.GetProperty("dates") : member.Value, member.Key)))
            ?? throw Bad(path, json.Problems);
    }

    /// <summary>Reads a schedule from text.</summary>
    /// <param name="json">The schedule; comments and trailing commas are allowed.</param>
    /// <param name="schedule">The schedule, when there are no problems; its calendars are empty until <see cref="Schedule.With"/>.</param>
    /// <param name="problems">One line each: path, value, what is allowed.</param>
    public static bool TryParse(string json, [NotNullWhen(true)] out Schedule? schedule, out IReadOnlyList<string> problems)
    {
        var walk = new CheckedJson();
        schedule = walk.Read(json, new ScheduleReader(walk).Read);
        problems = walk.Problems;
        return schedule is not null;
    }

    /// <summary>Reads a calendar from the payload of <c>calendars/&lt;name&gt;/set</c>: <c>{"dates":[…]}</c>.</summary>
    /// <param name="json">The payload.</param>
    /// <param name="dates">The days, when there are no problems.</param>
    /// <param name="problems">One line each: path, value, what is allowed.</param>
    public static bool TryParseCalendar(string json, [NotNullWhen(true)] out CalendarDates? dates, out IReadOnlyList<string> problems)
    {
        var walk = new CheckedJson();
        dates = walk.Read(json, root =>
        {
            CalendarDates read = CalendarDates.None;
            foreach ((_, JsonElement list) in walk.Members(root, "", ["dates"])) read = new DateRuleReader(walk).Calendar(list, "dates");
            if (root.ValueKind == JsonValueKind.Object && !CheckedJson.Has(root, "dates")) walk.Missing("dates", "a list such as [\"2026-12-25\", {\"from\": \"2026-12-24\", \"to\": \"2027-01-02\"}]");
            return read;
        });
        problems = walk.Problems;
        return dates is not null;
    }

    /// <summary>The id of a schedule that is wrong elsewhere, for the answer; null where there is none.</summary>
    internal static string? IdOf(string json)
    {
        string? id = null;
        new CheckedJson().Read(json, root => id = root.ValueKind == JsonValueKind.Object && root.TryGetProperty("id", out JsonElement named) && named.ValueKind == JsonValueKind.String ? named.GetString()! : "");
        return string.IsNullOrEmpty(id) ? null : id;
    }

    private static string TextOf(string path, string what)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NoInput, $"Can't read {what} '{path}': {problem.Message}");
        }
    }

    private static CliException Bad(string path, IReadOnlyList<string> problems) =>
        new(ExitCodes.BadConfiguration, string.Join(Environment.NewLine, problems.Select(problem => $"{path}: {problem}")));
}
