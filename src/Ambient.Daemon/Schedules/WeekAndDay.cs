using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>Days such as "the last Friday of every month", after BACnet's WeekNDay (ANSI/ASHRAE 135, clause 21).</summary>
/// <param name="Months">Bit n is month n, 1..12.</param>
/// <param name="Week">1..5: days 1-7, 8-14, 15-21, 22-28, 29-31 of the month; 6: its last seven days; 7, 8, 9: the seven before those, and so on; 0: any.</param>
/// <param name="Days">Days of the week.</param>
public sealed record WeekAndDay(int Months, int Week, DaySet Days) : IDateRule
{
    /// <summary>The week that counts from the end of the month: its last seven days.</summary>
    public const int LastWeek = 6;

    /// <summary>The highest number of a week: the fourth from the end.</summary>
    public const int HighestWeek = 9;

    /// <inheritdoc/>
    public LocalDate Earliest => LocalDate.MinIsoValue;

    /// <inheritdoc/>
    public bool Contains(LocalDate day)
    {
        if ((Months >> day.Month & 1) == 0 || !Days.Contains(day.DayOfWeek)) return false;
        if (Week == 0) return true;
        if (Week < LastWeek) return (day.Day - 1) / 7 + 1 == Week;
        return (day.Calendar.GetDaysInMonth(day.Year, day.Month) - day.Day) / 7 + LastWeek == Week;
    }
}
