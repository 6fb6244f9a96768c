using System.Text.Json;
using Ambient.Daemon.Cli;

namespace Ambient.Daemon.Schedules;

/// <summary>Reads a schedule file and says everything that is wrong with it at once.</summary>
public static class ScheduleFile
{
    /// <summary>Reads a schedule.</summary>
    /// <exception cref="CliException">With <see cref="ExitCodes.NoInput"/> when it can't be read; with <see cref="ExitCodes.BadConfiguration"/> and one line for every problem in it.</exception>
    public static WeeklySchedule Load(string path)
    {
        string json;
        try
        {
            json = File.ReadAllText(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NoInput, $"Can't read schedule '{path}': {problem.Message}");
        }

        if (TryParse(json, out WeeklySchedule? schedule, out IReadOnlyList<string> problems)) return schedule;
        throw new CliException(ExitCodes.BadConfiguration, string.Join(Environment.NewLine, problems.Select(problem => $"{path}: {problem}")));
    }

    /// <summary>Reads a schedule from text.</summary>
    /// <param name="json">The schedule; comments and trailing commas are allowed.</param>
    /// <param name="schedule">The schedule, when there are no problems.</param>
    /// <param name="problems">One line each: key, value, what is allowed.</param>
    public static bool TryParse(string json, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out WeeklySchedule? schedule, out IReadOnlyList<string> problems)
    {
        var reader = new ScheduleReader();
        schedule = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            schedule = reader.Read(document.RootElement);
        }
        catch (JsonException problem)
        {
            reader.Problems.Add($"line {problem.LineNumber + 1}: not JSON: {problem.Message.Split(" LineNumber:")[0]}");
        }

        problems = reader.Problems;
        if (problems.Count > 0) schedule = null;
        return schedule is not null;
    }
}
