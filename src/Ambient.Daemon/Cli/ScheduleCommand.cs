using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Ambient.Daemon.Control;
using Ambient.Daemon.Schedules;
using NodaTime;
using NodaTime.Text;

namespace Ambient.Daemon.Cli;

/// <summary><c>schedule check|at|next</c>: validates, evaluates and lists a schedule with the daemon's own engine.</summary>
public static class ScheduleCommand
{
    private static readonly Argument<string> File = new("FILE") { Description = "Schedule file, JSON." };
    private static readonly Option<bool> Json = new("--json") { Description = "Print one JSON object as the last line." };
    private static readonly Option<string?> Calendars = new("--calendars") { Description = "Calendars by name, JSON: {\"holidays\": [\"2026-12-25\"]}." };
    private static readonly Option<string?> Overrides = new("--overrides") { Description = "Overrides, JSON: [{\"priority\": 8, \"mood\": \"focus\", \"at\": \"2026-03-02T09:00:00Z\", \"ttl\": \"PT2H\"}]." };

    /// <summary>The verb with its sub-verbs.</summary>
    public static System.CommandLine.Command Create() => new("schedule", "Validate, evaluate and list schedules.") { Check(), At(), Next() };

    private static System.CommandLine.Command Check()
    {
        var moods = new Option<string?>("--moods") { Description = "Folder of mood files, to warn of moods that do not exist." };
        var command = new System.CommandLine.Command("check", "Is this schedule right? Says everything that is wrong with it.") { File, moods, Calendars, Overrides, Json };
        command.SetAction(parsed =>
        {
            bool asJson = parsed.GetValue(Json);
            string file = parsed.GetValue(File)!;
            try
            {
                (Schedule schedule, string[] missing) = Load(parsed);
                if (parsed.GetValue(Overrides) is { } overrides) OverrideFile.Load(overrides, schedule.Zone);
                string[] warnings = [.. UnknownMoods(schedule, parsed.GetValue(moods)).Concat(missing).Select(problem => $"{file}: {problem}")];
                foreach (string warning in warnings) Console.Error.WriteLine($"Warning: {warning}");
                if (asJson) Print(new ScheduleReports.Validity(true, [], warnings), ScheduleJson.Readable.Validity);
                else Console.WriteLine($"{file} is good.");
                return ExitCodes.Good;
            }
            catch (CliException problem) when (asJson && problem.ExitCode == ExitCodes.BadConfiguration)
            {
                Console.Error.WriteLine(problem.Message);
                Print(new ScheduleReports.Validity(false, problem.Message.Split(Environment.NewLine), []), ScheduleJson.Readable.Validity);
                return problem.ExitCode;
            }
        });
        return command;
    }

    private static System.CommandLine.Command At()
    {
        var time = new Option<string?>("--time") { Description = "RFC 3339, or local time of the schedule without an offset. Default: now." };
        var command = new System.CommandLine.Command("at", "What does the schedule ask for at a time?") { File, time, Calendars, Overrides, Json };
        command.SetAction(parsed =>
        {
            (Schedule schedule, SchedulePreview preview) = LoadPreview(parsed);
            Instant instant = InstantOf(parsed.GetValue(time), "--time", schedule.Zone);
            Resolution state = preview.At(instant);
            string? until = preview.UntilAfter(instant) is { } end ? Shown(end, schedule.Zone) : null;
            var answer = new ScheduleReports.Answer(Shown(instant, schedule.Zone), state.Mood, state.CappedLevel, state.MaxLevel, state.MoodPriority, state.MoodSource, until);
            if (parsed.GetValue(Json)) Print(answer, ScheduleJson.Readable.Answer);
            else Console.WriteLine($"{answer.At}  {InWords(state)}, until {until ?? "further notice"}");
        });
        return command;
    }

    private static System.CommandLine.Command Next()
    {
        var from = new Option<string?>("--from") { Description = "RFC 3339, or local time of the schedule without an offset. Default: now." };
        var count = new Option<int>("--count") { Description = "How many changes, 1..1000.", DefaultValueFactory = _ => 5 };
        count.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 1_000) result.AddError($"--count is {result.GetValueOrDefault<int>()}; allowed: 1..1000");
        });
        var command = new System.CommandLine.Command("next", "When does what is heard change next?") { File, from, count, Calendars, Overrides, Json };
        command.SetAction(parsed =>
        {
            (Schedule schedule, SchedulePreview preview) = LoadPreview(parsed);
            var changes = new List<ScheduleReports.Change>();
            foreach ((Instant at, Resolution then) in preview.ChangesAfter(InstantOf(parsed.GetValue(from), "--from", schedule.Zone)).Take(parsed.GetValue(count)))
            {
                changes.Add(new ScheduleReports.Change(Shown(at, schedule.Zone), then.Mood, then.CappedLevel, then.MaxLevel, then.MoodPriority, then.MoodSource));
                if (!parsed.GetValue(Json)) Console.WriteLine($"{Shown(at, schedule.Zone)}  {InWords(then)}");
            }

            if (parsed.GetValue(Json)) Print(new ScheduleReports.ChangeList(changes), ScheduleJson.Readable.ChangeList);
            else if (changes.Count == 0) Console.WriteLine("Nothing ever changes.");
        });
        return command;
    }

    private static (Schedule Schedule, SchedulePreview Preview) LoadPreview(ParseResult parsed)
    {
        (Schedule schedule, string[] missing) = Load(parsed);
        foreach (string warning in missing) Console.Error.WriteLine($"Warning: {warning}");
        return (schedule, new SchedulePreview(schedule, parsed.GetValue(Overrides) is { } overrides ? OverrideFile.Load(overrides, schedule.Zone) : OverrideFile.Empty));
    }

    private static (Schedule Schedule, string[] Missing) Load(ParseResult parsed)
    {
        IReadOnlyDictionary<string, CalendarDates> calendars = parsed.GetValue(Calendars) is { } file ? ScheduleFile.LoadCalendars(file) : new Dictionary<string, CalendarDates>();
        Schedule schedule = ScheduleFile.Load(parsed.GetValue(File)!).With(calendars);
        string[] missing = [.. schedule.Calendars.Where(name => !calendars.ContainsKey(name)).Select(name => $"calendar '{name}' is not in --calendars: its exceptions do not apply")];
        return (schedule, missing);
    }

    private static Instant InstantOf(string? text, string option, DateTimeZone zone)
    {
        if (text is null) return Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        if (TimeText.TryRead(text, zone, out Instant instant)) return instant;
        throw new CliException(ExitCodes.Usage, $"{option} is '{text}'; allowed: {TimeText.Allowed}");
    }

    private static IEnumerable<string> UnknownMoods(Schedule schedule, string? moodDirectory)
    {
        string[] candidates = moodDirectory is null ? [Path.Combine(AppContext.BaseDirectory, "moods"), "moods"] : [moodDirectory];
        if (candidates.FirstOrDefault(Directory.Exists) is not { } directory) yield break;
        string[] known = [.. Directory.GetFiles(directory, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Append(ControlPlane.Off).Distinct().Order(StringComparer.Ordinal)];
        foreach (string mood in schedule.Moods.Except(known))
        {
            yield return $"mood '{mood}' does not exist; there are: {string.Join(", ", known)}";
        }
    }

    private static string InWords(Resolution state)
    {
        string level = state.CappedLevel is { } known ? $"level {known}" : "the mood's own level";
        string cap = state.MaxLevel is { } max ? $", quiet hours: at most {max}" : "";
        return $"{state.Mood ?? "the zone's default mood"}, {level}{cap} ({state.MoodSource})";
    }

    private static string Shown(Instant instant, DateTimeZone zone) => OffsetDateTimePattern.Rfc3339.Format(instant.InZone(zone).ToOffsetDateTime());

    private static void Print<T>(T value, JsonTypeInfo<T> type) => Console.WriteLine(JsonSerializer.Serialize(value, type));
}
