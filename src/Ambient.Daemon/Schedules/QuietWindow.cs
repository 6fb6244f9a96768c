using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>Hours in which no source but life safety may be louder than a cap.</summary>
/// <param name="Days">Days on which the window begins.</param>
/// <param name="From">Local time at which it begins.</param>
/// <param name="To">Local time at which it ends; at or before <paramref name="From"/>: on the next day.</param>
/// <param name="MaxLevel">0..100.</param>
public sealed record QuietWindow(DaySet Days, LocalTime From, LocalTime To, int MaxLevel)
{
    /// <summary>First instant of the window that begins on a day.</summary>
    public Instant StartOn(LocalDate date, DateTimeZone zone) => LocalTimeRules.ToInstant(date + From, zone);

    /// <summary>First instant after the window that begins on a day.</summary>
    public Instant EndOn(LocalDate date, DateTimeZone zone) => LocalTimeRules.ToInstant((To <= From ? date.PlusDays(1) : date) + To, zone);
}
