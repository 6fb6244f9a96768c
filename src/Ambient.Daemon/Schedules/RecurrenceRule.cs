using System.Diagnostics.CodeAnalysis;
using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>Whole days that recur by a rule of RFC 5545, section 3.3.10.</summary>
/// <remarks>
/// A day is asked for by its period (day, week, month or year): the period's days that the rule's parts allow, cut by BYSETPOS. Nothing
/// is counted up from the start but COUNT, once. As in RFC 5545 the start itself only counts where the rule meets it.
/// </remarks>
public sealed class RecurrenceRule : IDateRule
{
    /// <summary>What a person may write, for messages.</summary>
    public const string Allowed = RecurrenceText.Allowed;

    private const int LastCountedYear = 9_000;

    private static readonly LocalDate Monday = new(1969, 12, 29);

    private readonly RecurrenceText _text;
    private readonly LocalDate _last;
    private PeriodDays? _recent; // immutable, so a race costs nothing but time

    private RecurrenceRule(RecurrenceText text, LocalDate start, LocalDate? until)
    {
        (_text, Earliest, _last) = (text, start, until ?? LocalDate.MaxIsoValue);
        if (text.Count is { } count) _last = Counted(count);
    }

    private LocalDate FirstWeek => Monday.PlusDays((int)_text.WeekStart - 1);

    /// <summary>The start of the rule.</summary>
    public LocalDate Earliest { get; }

    /// <summary>Reads a rule.</summary>
    /// <param name="text">Such as <c>FREQ=MONTHLY;BYDAY=-1FR</c>.</param>
    /// <param name="start">DTSTART, a date.</param>
    /// <param name="zone">In which an UNTIL in UTC is a day.</param>
    /// <param name="rule">The rule, if there is no problem.</param>
    /// <param name="problem">What is wrong and what is allowed.</param>
    public static bool TryParse(string text, LocalDate start, DateTimeZone zone, [NotNullWhen(true)] out RecurrenceRule? rule, out string problem)
    {
        rule = null;
        if (!RecurrenceText.TryParse(text, out RecurrenceText? parts, out problem)) return false;
        rule = new RecurrenceRule(parts, start, parts.LastDay(zone));
        return true;
    }

    /// <inheritdoc/>
    public bool Contains(LocalDate day)
    {
        if (day < Earliest || day > _last) return false;
        long period = PeriodOf(day);
        return (period - PeriodOf(Earliest)) % _text.Interval == 0 && DaysOf(period).Contains(day);
    }

    private LocalDate Counted(int count)
    {
        for (long period = PeriodOf(Earliest); FirstDayOf(period).Year < LastCountedYear; period += _text.Interval)
        {
            foreach (LocalDate date in DaysOf(period))
            {
                if (date >= Earliest && --count == 0) return date;
            }
        }

        return LocalDate.MaxIsoValue;
    }

    private LocalDate[] DaysOf(long period)
    {
        if (_recent is { } recent && recent.Period == period) return recent.Days;
        var days = new List<LocalDate>();
        for (LocalDate date = FirstDayOf(period); PeriodOf(date) == period; date = date.PlusDays(1))
        {
            if (IsAllowed(date)) days.Add(date);
        }

        LocalDate[] kept = [.. days];
        if (_text.SetPositions.Length > 0)
            kept = [.. days.Where((_, index) => _text.SetPositions.Contains(index + 1) || _text.SetPositions.Contains(index - days.Count))];
        _recent = new PeriodDays(period, kept);
        return kept;
    }

    private bool IsAllowed(LocalDate date)
    {
        RecurrenceText text = _text;
        if (text.Months.Length > 0 && !text.Months.Contains(date.Month)) return false;
        int daysInMonth = date.Calendar.GetDaysInMonth(date.Year, date.Month);
        if (text.MonthDays.Length > 0 && !text.MonthDays.Contains(date.Day) && !text.MonthDays.Contains(date.Day - daysInMonth - 1)) return false;
        if (text.Days.Length > 0) return IsNamedDay(date, daysInMonth);
        if (text.MonthDays.Length > 0) return true;
        // What the rule leaves open comes from its start.
        return text.Frequency switch
        {
            RecurrenceFrequency.Weekly => date.DayOfWeek == Earliest.DayOfWeek,
            RecurrenceFrequency.Monthly => date.Day == Earliest.Day,
            RecurrenceFrequency.Yearly => date.Day == Earliest.Day && (text.Months.Length > 0 || date.Month == Earliest.Month),
            _ => true,
        };
    }

    private bool IsNamedDay(LocalDate date, int daysInMonth)
    {
        bool isWithinMonth = _text.Frequency == RecurrenceFrequency.Monthly || _text.Months.Length > 0;
        int day = isWithinMonth ? date.Day : date.DayOfYear;
        int length = isWithinMonth ? daysInMonth : date.Calendar.GetDaysInYear(date.Year);
        foreach ((int ordinal, IsoDayOfWeek named) in _text.Days)
        {
            if (named != date.DayOfWeek) continue;
            if (ordinal == 0 || ordinal == (day - 1) / 7 + 1 || ordinal == -((length - day) / 7 + 1)) return true;
        }

        return false;
    }

    private long PeriodOf(LocalDate date) => _text.Frequency switch
    {
        RecurrenceFrequency.Daily => Period.DaysBetween(Monday, date),
        RecurrenceFrequency.Weekly => Math.DivRem(Period.DaysBetween(FirstWeek, date) + 7L * 100_000, 7).Quotient - 100_000,
        RecurrenceFrequency.Monthly => date.Year * 12L + date.Month - 1,
        _ => date.Year,
    };

    private LocalDate FirstDayOf(long period) => _text.Frequency switch
    {
        RecurrenceFrequency.Daily => Monday.PlusDays((int)period),
        RecurrenceFrequency.Weekly => FirstWeek.PlusDays((int)period * 7),
        RecurrenceFrequency.Monthly => new LocalDate((int)(period / 12), (int)(period % 12) + 1, 1),
        _ => new LocalDate((int)period, 1, 1),
    };

    private sealed record PeriodDays(long Period, LocalDate[] Days);
}
