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

    /// <summary>The verb with its sub-verbs.</summary>
    public static System.CommandLine.Command Create() => new("schedule", "Validate, evaluate and list schedules.") { Check(), At(), Next() };

    private static System.CommandLine.Command Check()
    {
        var moods = new Option<string?>("--moods") { Description = "Folder of mood files, to warn of moods that do not exist." };
        var command = new System.CommandLine.Command("check", "Is this schedule right? Says everything that is wrong with it.") { File, moods, Json };
        command.SetAction(parsed =>
        {
            bool asJson = parsed.GetValue(Json);
            string file = parsed.GetValue(File)!;
            try
            {
                string[] warnings = [.. UnknownMoods(ScheduleFile.Load(file), parsed.GetValue(moods)).Select(problem => $"{file}: {problem}")];
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
        var command = new System.CommandLine.Command("at", "What does the schedule ask for at a time?") { File, time, Json };
        command.SetAction(parsed =>
        {
            WeeklySchedule schedule = ScheduleFile.Load(parsed.GetValue(File)!);
            Instant instant = InstantOf(parsed.GetValue(time), "--time", schedule.Zone);
            ScheduleState state = schedule.At(instant);
            string? until = schedule.Next(instant) is { } next ? Shown(next, schedule.Zone) : null;
            int priority = state.IsDefault ? Priorities.Default : Priorities.Schedule;
            var answer = new ScheduleReports.Answer(Shown(instant, schedule.Zone), state.Mood, state.CappedLevel, state.MaxLevel, priority, SourceOf(state), until);
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
        var command = new System.CommandLine.Command("next", "When does what is heard change next?") { File, from, count, Json };
        command.SetAction(parsed =>
        {
            WeeklySchedule schedule = ScheduleFile.Load(parsed.GetValue(File)!);
            Instant? instant = InstantOf(parsed.GetValue(from), "--from", schedule.Zone);
            var changes = new List<ScheduleReports.Change>();
            while (changes.Count < parsed.GetValue(count) && (instant = schedule.Next(instant.Value)) is { } at)
            {
                ScheduleState state = schedule.At(at);
                changes.Add(new ScheduleReports.Change(Shown(at, schedule.Zone), state.Mood, state.CappedLevel, state.MaxLevel, SourceOf(state)));
                if (!parsed.GetValue(Json)) Console.WriteLine($"{Shown(at, schedule.Zone)}  {InWords(state)}");
            }

            if (parsed.GetValue(Json)) Print(new ScheduleReports.ChangeList(changes), ScheduleJson.Readable.ChangeList);
            else if (changes.Count == 0) Console.WriteLine("Nothing ever changes.");
        });
        return command;
    }

    private static Instant InstantOf(string? text, string option, DateTimeZone zone)
    {
        if (text is null) return Instant.FromDateTimeOffset(TimeProvider.System.GetUtcNow());
        if (OffsetDateTimePattern.Rfc3339.Parse(text) is { Success: true } withOffset) return withOffset.Value.ToInstant();
        if (LocalDateTimePattern.GeneralIso.Parse(text) is { Success: true } local) return LocalTimeRules.ToInstant(local.Value, zone);
        throw new CliException(ExitCodes.Usage, $"{option} is '{text}'; allowed: a time such as 2026-03-02T07:30:00+01:00, or 2026-03-02T07:30:00 for the schedule's own zone");
    }

    private static IEnumerable<string> UnknownMoods(WeeklySchedule schedule, string? moodDirectory)
    {
        string[] candidates = moodDirectory is null ? [Path.Combine(AppContext.BaseDirectory, "moods"), "moods"] : [moodDirectory];
        if (candidates.FirstOrDefault(Directory.Exists) is not { } directory) yield break;
        string[] known = [.. Directory.GetFiles(directory, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Append(ControlPlane.Off).Distinct().Order(StringComparer.Ordinal)];
        foreach (string mood in schedule.Moods.Except(known))
        {
            yield return $"mood '{mood}' does not exist; there are: {string.Join(", ", known)}";
        }
    }

    private static string InWords(ScheduleState state)
    {
        string level = state.CappedLevel is { } known ? $"level {known}" : "the mood's own level";
        string cap = state.MaxLevel is { } max ? $", quiet hours: at most {max}" : "";
        return $"{state.Mood ?? "the zone's default mood"}, {level}{cap} ({SourceOf(state)})";
    }

    private static string SourceOf(ScheduleState state) => state.IsDefault ? "default" : "schedule";

    private static string Shown(Instant instant, DateTimeZone zone) => OffsetDateTimePattern.Rfc3339.Format(instant.InZone(zone).ToOffsetDateTime());

    private static void Print<T>(T value, JsonTypeInfo<T> type) => Console.WriteLine(JsonSerializer.Serialize(value, type));
}
