using Ambient.Daemon.Control;
using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>A schedule and overrides played through without a room: what would hold when.</summary>
/// <param name="schedule">With its calendars.</param>
/// <param name="overrides">Given in advance.</param>
internal sealed class SchedulePreview(Schedule schedule, OverrideFile overrides)
{
    /// <summary>What holds at an instant.</summary>
    internal Resolution At(Instant instant) => At(instant, schedule.At(instant));

    /// <summary>Later instants at which mood or level, after quiet hours, differ from just before.</summary>
    internal IEnumerable<(Instant At, Resolution Then)> ChangesAfter(Instant instant)
    {
        Resolution now = At(instant);
        foreach ((Instant at, ScheduleState? planned) in OverrideBoard.EdgesAfter(schedule, instant, overrides.Instants))
        {
            Resolution then = At(at, planned);
            if (then.Mood == now.Mood && then.CappedLevel == now.CappedLevel) continue;
            now = then;
            yield return (at, then);
        }
    }

    /// <summary>When what holds ends: an override's own end, else the next change; null if never.</summary>
    internal Instant? UntilAfter(Instant instant)
    {
        Resolution now = At(instant);
        if (now.MoodPriority <= Priorities.LowestOverride) return now.MoodUntil is { } until ? Instant.FromDateTimeOffset(until) : null;
        foreach ((Instant at, _) in ChangesAfter(instant)) return at;
        return null;
    }

    private Resolution At(Instant instant, ScheduleState? planned) => overrides.At(instant).Resolve(planned, instant.ToDateTimeOffset());
}
