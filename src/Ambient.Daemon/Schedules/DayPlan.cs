using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>One local day worked out: when its slots begin and its quiet hours last.</summary>
internal sealed class DayPlan
{
    internal required LocalDate Date { get; init; }

    /// <summary>In the order in which they take effect.</summary>
    internal required PlannedSlot[] Slots { get; init; }

    /// <summary>Quiet hours that begin on this day.</summary>
    internal required QuietSpan[] Quiet { get; init; }

    /// <summary>The last slot that has begun; null if none has.</summary>
    internal PlannedSlot? LastBegun(Instant instant)
    {
        for (int i = Slots.Length - 1; i >= 0; i--)
        {
            if (Slots[i].At <= instant) return Slots[i];
        }

        return null;
    }

    /// <summary>A slot and the instant it begins at.</summary>
    internal sealed record PlannedSlot(Instant At, ScheduleSlot Slot);

    /// <summary>A cap from an instant to another, exclusive; empty where a gap swallowed it.</summary>
    internal readonly record struct QuietSpan(Instant From, Instant To, int MaxLevel);
}
