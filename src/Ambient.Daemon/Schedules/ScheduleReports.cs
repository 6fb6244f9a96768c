namespace Ambient.Daemon.Schedules;

/// <summary>What <c>schedule … --json</c> prints. Times are RFC 3339 with the schedule's offset; a null level is the mood's own, at most <c>maxLevel</c>.</summary>
internal static class ScheduleReports
{
    /// <summary>Whether a file is good, and what is wrong or odd about it.</summary>
    internal sealed record Validity(bool Ok, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings);

    /// <summary>What holds at an instant, and until when.</summary>
    internal sealed record Answer(string At, string? Mood, int? Level, int? MaxLevel, int Priority, string Source, string? Until);

    /// <summary>One change to come.</summary>
    internal sealed record Change(string At, string? Mood, int? Level, int? MaxLevel, int Priority, string Source);

    /// <summary>The changes to come, in order.</summary>
    internal sealed record ChangeList(IReadOnlyList<Change> Changes);
}
