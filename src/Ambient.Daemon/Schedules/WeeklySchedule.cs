using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>A week's plan: slots that carry over, quiet hours, an effective period, in one time zone. Immutable.</summary>
public sealed class WeeklySchedule
{
    // A weekly plan repeats: what does not change within this many days, clock changes included, never does.
    private const int HorizonDays = 16;

    // One day ahead for folds around midnight, a week and a skipped day back for a slot that still carries.
    private const int CarryDays = 8;

    private readonly ScheduleSlot[][] _slots; // [ISO day of week - 1], by time
    private readonly QuietWindow[] _quiet;
    private readonly ScheduleSlot _default;
    private readonly LocalDate _from;
    private readonly LocalDate _to;
    private readonly Instant _start;
    private readonly Instant _end; // exclusive

    internal WeeklySchedule(string id, DateTimeZone zone, ScheduleSlot defaults, LocalDate? from, LocalDate? to, ScheduleSlot[][] slots, QuietWindow[] quiet)
    {
        Id = id;
        Zone = zone;
        _default = defaults;
        _slots = slots;
        _quiet = quiet;
        _from = from ?? LocalDate.MinIsoValue;
        _to = to ?? LocalDate.MaxIsoValue;
        _start = from is { } first ? LocalTimeRules.ToInstant(first.AtMidnight(), zone) : Instant.MinValue;
        _end = to is { } last ? LocalTimeRules.ToInstant(last.PlusDays(1).AtMidnight(), zone) : Instant.MaxValue;
    }

    /// <summary>The schedule's own name.</summary>
    public string Id { get; }

    /// <summary>Zone of all its times.</summary>
    public DateTimeZone Zone { get; }

    /// <summary>Moods that it names, each once.</summary>
    public IEnumerable<string> Moods => _slots.SelectMany(day => day).Append(_default).Select(slot => slot.Mood).OfType<string>().Distinct();

    /// <summary>What the schedule asks for at an instant.</summary>
    public ScheduleState At(Instant instant)
    {
        ScheduleSlot? slot = SlotAt(instant);
        ScheduleSlot asked = slot?.Mood is null ? _default : slot;
        return new ScheduleState(asked.Mood, asked.Level, CapAt(instant), IsDefault: slot?.Mood is null);
    }

    /// <summary>The first later instant at which mood or level differ, as heard; null if none ever does.</summary>
    public Instant? Next(Instant instant)
    {
        ScheduleState now = At(instant);
        foreach (Instant edge in EdgesAfter(instant))
        {
            if (!At(edge).SoundsLike(now)) return edge;
        }

        return null;
    }

    /// <summary>When the next slot begins, whether or not it changes anything; null if none ever does.</summary>
    public Instant? NextSlot(Instant instant)
    {
        LocalDate first = FirstDayToSearch(instant);
        for (int day = 0; day <= HorizonDays; day++)
        {
            LocalDate date = first.PlusDays(day);
            foreach (ScheduleSlot slot in SlotsOn(date))
            {
                Instant at = InstantOf(date, slot);
                if (at > instant) return at;
            }
        }

        return _end > instant && _end != Instant.MaxValue ? _end : null;
    }

    /// <summary>Every later instant at which anything may change, in order, as far as the plan has to be followed until it repeats.</summary>
    public IReadOnlyCollection<Instant> EdgesAfter(Instant instant)
    {
        var edges = new SortedSet<Instant> { _start, _end };
        AddEdges(edges, FirstDayToSearch(instant));
        // Caps do not wait for the effective period.
        AddEdges(edges, instant.InZone(Zone).Date.PlusDays(-2));
        edges.RemoveWhere(edge => edge <= instant || edge == Instant.MaxValue);
        return edges;
    }

    private void AddEdges(SortedSet<Instant> edges, LocalDate first)
    {
        for (int day = 0; day <= HorizonDays; day++)
        {
            LocalDate date = first.PlusDays(day);
            foreach (ScheduleSlot slot in SlotsOn(date)) edges.Add(InstantOf(date, slot));
            foreach (QuietWindow window in _quiet)
            {
                if (!window.Days.Contains(date.DayOfWeek)) continue;
                edges.Add(window.StartOn(date, Zone));
                edges.Add(window.EndOn(date, Zone));
            }
        }
    }

    private ScheduleSlot? SlotAt(Instant instant)
    {
        if (instant < _start || instant >= _end) return null;
        LocalDate tomorrow = instant.InZone(Zone).Date.PlusDays(1);
        for (int back = 0; back <= CarryDays + 1; back++)
        {
            LocalDate date = tomorrow.PlusDays(-back);
            ScheduleSlot[] slots = SlotsOn(date);
            for (int i = slots.Length - 1; i >= 0; i--)
            {
                if (InstantOf(date, slots[i]) <= instant) return slots[i];
            }
        }

        return null;
    }

    private int? CapAt(Instant instant)
    {
        LocalDate tomorrow = instant.InZone(Zone).Date.PlusDays(1);
        int? cap = null;
        for (int back = 0; back <= 3; back++) // a window is at most a day long; one more for a skipped day
        {
            LocalDate date = tomorrow.PlusDays(-back);
            foreach (QuietWindow window in _quiet)
            {
                if (window.Days.Contains(date.DayOfWeek) && instant >= window.StartOn(date, Zone) && instant < window.EndOn(date, Zone))
                    cap = Math.Min(cap ?? 100, window.MaxLevel);
            }
        }

        return cap;
    }

    private LocalDate FirstDayToSearch(Instant instant)
    {
        LocalDate yesterday = instant.InZone(Zone).Date.PlusDays(-1);
        return yesterday < _from ? _from : yesterday;
    }

    private ScheduleSlot[] SlotsOn(LocalDate date) => date < _from || date > _to ? [] : _slots[(int)date.DayOfWeek - 1];

    private Instant InstantOf(LocalDate date, ScheduleSlot slot) => LocalTimeRules.ToInstant(date + slot.At, Zone);
}
