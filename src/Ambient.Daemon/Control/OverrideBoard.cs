using Ambient.Daemon.Schedules;
using NodaTime;

namespace Ambient.Daemon.Control;

/// <summary>Overrides above the schedule above its default; mood and level each for itself.</summary>
/// <remarks>Not thread-safe. The daemon and <c>schedule at|next</c> resolve with the same code.</remarks>
public sealed class OverrideBoard
{
    private static readonly ScheduleState Unplanned = new(null, null, null, IsDefault: true);

    /// <summary>Overrides of the mood.</summary>
    public PriorityArray<string> Moods { get; } = new();

    /// <summary>Overrides of the level.</summary>
    public PriorityArray<int> Levels { get; } = new();

    /// <summary>Every instant at which an override lapses by itself.</summary>
    public IEnumerable<DateTimeOffset> Expiries => Moods.Expiries.Concat(Levels.Expiries);

    /// <summary>Takes back mood and level at a priority, 1..14.</summary>
    public void Release(int priority)
    {
        Moods.Release(priority);
        Levels.Release(priority);
    }

    /// <summary>What holds at an instant.</summary>
    /// <param name="planned">What the schedule asks for at that instant; null without one.</param>
    /// <param name="now">The instant.</param>
    public Resolution Resolve(ScheduleState? planned, DateTimeOffset now)
    {
        planned ??= Unplanned;
        (int Priority, string Source) plan = planned.IsDefault ? (Priorities.Default, "default") : (Priorities.Schedule, "schedule");
        (int moodPriority, string moodSource) = plan;
        string? mood = planned.Mood;
        DateTimeOffset? until = null;
        if (Moods.Resolve(now) is { } moodOverride)
            (moodPriority, mood, moodSource, until) = (moodOverride.Priority, moodOverride.Command.Value, moodOverride.Command.By, moodOverride.Command.Until);

        (int levelPriority, string levelSource) = planned.Level is null ? (moodPriority, "mood") : plan;
        int? level = planned.Level;
        if (Levels.Resolve(now) is { } levelOverride)
            (levelPriority, level, levelSource) = (levelOverride.Priority, levelOverride.Command.Value, levelOverride.Command.By);
        return new Resolution(mood, moodPriority, moodSource, until, level, levelPriority, levelSource, levelPriority == Priorities.LifeSafety ? null : planned.MaxLevel);
    }

    /// <summary>Every later instant at which something may change, in order, with what the schedule asks for from then on.</summary>
    /// <param name="schedule">Null: nothing is planned.</param>
    /// <param name="instant">Where to begin, exclusive.</param>
    /// <param name="others">More instants that count: where overrides begin or lapse.</param>
    public static IEnumerable<(Instant At, ScheduleState? Planned)> EdgesAfter(Schedule? schedule, Instant instant, IEnumerable<Instant> others)
    {
        var waiting = new Queue<Instant>(others.Where(other => other > instant).Distinct().Order());
        ScheduleState? planned = schedule?.At(instant);
        foreach (ScheduleEdge edge in schedule?.EdgesAfter(instant) ?? [])
        {
            while (waiting.TryPeek(out Instant other) && other < edge.At) yield return (waiting.Dequeue(), planned);
            planned = edge.State;
            if (waiting.TryPeek(out Instant same) && same == edge.At) waiting.Dequeue();
            yield return (edge.At, planned);
        }

        while (waiting.TryDequeue(out Instant last)) yield return (last, planned);
    }
}
