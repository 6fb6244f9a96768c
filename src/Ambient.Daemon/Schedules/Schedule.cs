using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>A site's plan: weekly slots, exceptions, quiet hours and an effective period, in one time zone. Immutable; any thread.</summary>
/// <remarks>What holds at an instant depends on that instant and the zone's rules alone, so a clock that steps or sleeps needs no care.</remarks>
public sealed class Schedule
{
    /// <summary>How many days after its own a slot can begin or quiet hours end: late sunsets, nights, and a day that a zone skipped.</summary>
    internal const int OverhangDays = 3;

    // Far enough for a slot of 29 February that nothing replaced since; a plan that is silent for longer is silent.
    private const int LongestCarryDays = 40 * 366;

    private const int RememberedDays = 1_024; // a power of two: day numbers are masked

    private static readonly LocalDate Epoch = new(1970, 1, 1);

    private readonly ScheduleParts _parts;
    private readonly SpecialDays[] _exceptions; // the first that means a day wins
    private readonly LocalDate _from;
    private readonly LocalDate _to;
    private readonly LocalDate _firstWithSlots;
    private readonly DayPlan?[] _days = new DayPlan?[RememberedDays]; // immutable entries, so a race costs nothing but time

    internal Schedule(ScheduleParts parts)
    {
        _parts = parts;
        _exceptions = [.. parts.Exceptions.OrderBy(exception => exception.Priority)]; // stable: ties stay in the file's order
        _from = parts.From ?? LocalDate.MinIsoValue;
        _to = parts.To ?? LocalDate.MaxIsoValue;
        Period = (
            parts.From is { } first ? LocalTimeRules.ToInstant(first.AtMidnight(), parts.Zone) : Instant.MinValue,
            parts.To is { } last ? LocalTimeRules.ToInstant(last.PlusDays(1).AtMidnight(), parts.Zone) : Instant.MaxValue);
        bool isWeekly = parts.Weekly.Any(day => day.Length > 0);
        LocalDate earliest = isWeekly ? LocalDate.MinIsoValue : _exceptions.Where(exception => exception.Slots.Length > 0).Select(exception => exception.Days.Earliest).DefaultIfEmpty(LocalDate.MaxIsoValue).Min();
        _firstWithSlots = LocalDate.Max(earliest, _from);
    }

    /// <summary>The schedule's own name; empty when it has none.</summary>
    public string Id => _parts.Id;

    /// <summary>Zone of all its times.</summary>
    public DateTimeZone Zone => _parts.Zone;

    /// <summary>Moods that it names, each once.</summary>
    public IEnumerable<string> Moods =>
        _parts.Weekly.Concat(_exceptions.Select(exception => exception.Slots)).SelectMany(slots => slots).Append(_parts.Default).Select(slot => slot.Mood).OfType<string>().Distinct();

    /// <summary>Calendars that its exceptions name, each once.</summary>
    public IEnumerable<string> Calendars => _exceptions.Select(exception => exception.Calendar).OfType<string>().Distinct();

    internal bool HasQuietHours => _parts.Quiet.Length > 0;

    /// <summary>First instant at which slots count, and the first at which they no longer do.</summary>
    internal (Instant Begin, Instant End) Period { get; }

    /// <summary>The same schedule with these days in the calendars that it names; a calendar that is not among them has no days.</summary>
    public Schedule With(IReadOnlyDictionary<string, CalendarDates> calendars) => new(_parts with
    {
        Exceptions = [.. _parts.Exceptions.Select(exception => exception.Calendar is { } name ? exception with { Days = calendars.GetValueOrDefault(name, CalendarDates.None) } : exception)],
    });

    /// <summary>What the schedule asks for at an instant.</summary>
    public ScheduleState At(Instant instant) => StateOf(SlotAt(instant), instant);

    /// <summary>The first later instant at which mood or level differ, as heard; null if none ever does.</summary>
    public Instant? Next(Instant instant)
    {
        ScheduleState now = At(instant);
        foreach (ScheduleEdge edge in EdgesAfter(instant))
        {
            if (!edge.State.SoundsLike(now)) return edge.At;
        }

        return null;
    }

    /// <summary>When the next slot begins, whether or not it changes anything; null if none ever does.</summary>
    public Instant? NextSlot(Instant instant)
    {
        foreach (ScheduleEdge edge in EdgesAfter(instant))
        {
            if (edge.IsSlot) return edge.At;
        }

        return null;
    }

    /// <summary>Every later instant at which anything may change, in order and worked out as it is read, until the plan repeats (12 years).</summary>
    public IEnumerable<ScheduleEdge> EdgesAfter(Instant instant) => ScheduleTimeline.After(this, instant);

    internal ScheduleState StateOf(ScheduleSlot? slot, Instant instant)
    {
        ScheduleSlot asked = slot?.Mood is null ? _parts.Default : slot;
        return new ScheduleState(asked.Mood, asked.Level, CapAt(instant), IsDefault: slot?.Mood is null);
    }

    internal ScheduleSlot? SlotAt(Instant instant)
    {
        if (instant < Period.Begin || instant >= Period.End) return null;
        LocalDate first = DateAt(instant).PlusDays(OverhangDays);
        DayPlan.PlannedSlot? last = null;
        int daysToGo = LongestCarryDays;
        for (LocalDate date = first; date >= _firstWithSlots && daysToGo > 0; date = date.PlusDays(-1), daysToGo--)
        {
            if (DayOf(date).LastBegun(instant) is not { } begun) continue;
            // Only a slot that hangs over can begin later than one of a later day; at the same instant the later day's stands.
            if (last is null) daysToGo = Math.Min(daysToGo, OverhangDays + 1);
            if (last is null || begun.At > last.At) last = begun;
        }

        return last?.Slot;
    }

    internal LocalDate DateAt(Instant instant) => instant.InZone(Zone).Date;

    internal DayPlan DayOf(LocalDate date)
    {
        ref DayPlan? remembered = ref _days[DayNumber(date) & (RememberedDays - 1)];
        if (remembered is { } day && day.Date == date) return day;
        return remembered = Plan(date);
    }

    private static int DayNumber(LocalDate date) => NodaTime.Period.DaysBetween(Epoch, date);

    private int? CapAt(Instant instant)
    {
        if (!HasQuietHours) return null;
        LocalDate first = DateAt(instant).PlusDays(1);
        int? cap = null;
        for (int back = 0; back <= OverhangDays; back++)
        {
            foreach (DayPlan.QuietSpan span in DayOf(first.PlusDays(-back)).Quiet)
            {
                if (instant >= span.From && instant < span.To) cap = Math.Min(cap ?? span.MaxLevel, span.MaxLevel);
            }
        }

        return cap;
    }

    private DayPlan Plan(LocalDate date)
    {
        var slots = new List<DayPlan.PlannedSlot>();
        foreach (ScheduleSlot slot in SlotsOn(date))
        {
            if (InstantOf(date, slot.At) is { } at) slots.Add(new DayPlan.PlannedSlot(at, slot));
        }

        return new DayPlan
        {
            Date = date,
            Slots = [.. slots.OrderBy(slot => slot.At)], // stable: slots inside one gap keep their order
            Quiet = [.. _parts.Quiet.Where(window => window.Days.Contains(date.DayOfWeek)).Select(window => new DayPlan.QuietSpan(window.StartOn(date, Zone), window.EndOn(date, Zone), window.MaxLevel))],
        };
    }

    private ScheduleSlot[] SlotsOn(LocalDate date)
    {
        if (date < _from || date > _to) return [];
        foreach (SpecialDays exception in _exceptions)
        {
            if (exception.Days.Contains(date)) return exception.Slots;
        }

        return _parts.Weekly[(int)date.DayOfWeek - 1];
    }

    // Null: the sun does not rise or set on this day.
    private Instant? InstantOf(LocalDate date, SlotTime time)
    {
        if (time.Sun is not { } sun) return LocalTimeRules.ToInstant(date + time.Clock, Zone);
        Instant midnight = LocalTimeRules.ToInstant(date.AtMidnight(), Zone);
        if (midnight == LocalTimeRules.ToInstant(date.PlusDays(1).AtMidnight(), Zone)) return midnight; // the zone skipped this day
        return _parts.Location!.On(date, sun, Zone) + Duration.FromMinutes(time.OffsetMinutes);
    }
}
