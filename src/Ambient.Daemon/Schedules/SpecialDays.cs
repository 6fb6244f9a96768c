namespace Ambient.Daemon.Schedules;

/// <summary>Slots that stand in for the weekly ones on some days.</summary>
/// <param name="Days">The days; for a named calendar, as far as it is known.</param>
/// <param name="Calendar">The calendar's name; null where the exception names its days itself.</param>
/// <param name="Priority">1..16; on a day with several exceptions the lowest number wins, then the first in the file.</param>
/// <param name="Slots">In the day's order; sun-relative ones find their place on the day itself. None: the day changes nothing.</param>
public sealed record SpecialDays(IDateRule Days, string? Calendar, int Priority, ScheduleSlot[] Slots)
{
    /// <summary>The priority of an exception that names none: the lowest.</summary>
    public const int DefaultPriority = 16;
}
