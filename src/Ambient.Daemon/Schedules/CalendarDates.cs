using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>A named calendar's days, such as a country's holidays.</summary>
/// <param name="Rules">A day belongs to the calendar when any of these means it.</param>
public sealed record CalendarDates(IReadOnlyList<IDateRule> Rules) : IDateRule
{
    /// <summary>A calendar that nobody has sent yet: no day belongs to it.</summary>
    public static CalendarDates None { get; } = new([]);

    /// <inheritdoc/>
    public LocalDate Earliest { get; } = Rules.Count == 0 ? LocalDate.MaxIsoValue : Rules.Min(rule => rule.Earliest);

    /// <inheritdoc/>
    public bool Contains(LocalDate day)
    {
        for (int i = 0; i < Rules.Count; i++)
        {
            if (Rules[i].Contains(day)) return true;
        }

        return false;
    }
}
