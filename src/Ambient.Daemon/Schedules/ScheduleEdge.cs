using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>An instant at which a slot begins, or quiet hours or the effective period begin or end, and what holds from then on.</summary>
/// <param name="At">When.</param>
/// <param name="State">What holds from then on; it may be what held before.</param>
/// <param name="IsSlot">A slot begins, or the period in which slots count ends.</param>
public readonly record struct ScheduleEdge(Instant At, ScheduleState State, bool IsSlot);
