using NodaTime;

namespace Ambient.Daemon.Tests.Schedules;

/// <summary>
/// The rules of the schedule done a second time, as simply as they can be: every slot of every day becomes a point in time, and the last
/// point passed holds. It asks the zone for nothing but the offset at a UTC minute, and uses nothing of the engine's code.
/// </summary>
internal sealed class MinuteWalk
{
    private readonly DateTimeZone _zone;
    private readonly List<(long Second, SimpleSlot Slot)> _points = [];
    private readonly List<(long From, long To, int Cap)> _caps = [];
    private readonly SimpleSlot _default;
    private readonly long _begin;
    private readonly long _end;

    public MinuteWalk(SimpleSchedule schedule, LocalDate first, LocalDate last)
    {
        _zone = DateTimeZoneProviders.Tzdb[schedule.Zone];
        _default = schedule.Default;
        _begin = schedule.From is { } from ? Happens(from, 0) : long.MinValue;
        _end = schedule.To is { } to ? Happens(to.PlusDays(1), 0) : long.MaxValue;
        for (LocalDate date = first; date <= last; date = date.PlusDays(1))
        {
            foreach ((IsoDayOfWeek[] days, int start, int stop, int cap) in schedule.Quiet)
            {
                if (days.Contains(date.DayOfWeek)) _caps.Add((Happens(date, start), Happens(stop <= start ? date.PlusDays(1) : date, stop), cap));
            }

            if (date < schedule.From || date > schedule.To) continue;
            SimpleSlot[] slots = schedule.Weekly.Where(entry => entry.Days.Contains(date.DayOfWeek)).SelectMany(entry => entry.Slots).ToArray();
            var special = schedule.Exceptions.Where(entry => entry.Dates.Contains(date)).ToList();
            if (special.Count > 0) slots = special.First(entry => entry.Priority == special.Min(other => other.Priority)).Slots;
            foreach (SimpleSlot slot in slots.OrderBy(slot => slot.Minute)) _points.Add((Happens(date, slot.Minute), slot));
        }
    }

    /// <summary>Mood and level, after quiet hours, at a second since 1970.</summary>
    public (string? Mood, int? Level, int? Cap) At(long second)
    {
        SimpleSlot? slot = null;
        if (second >= _begin && second < _end)
        {
            long best = long.MinValue;
            foreach ((long at, SimpleSlot begun) in _points) // in the order of their days: of two at one instant the later day's holds
            {
                if (at <= second && at >= best) (best, slot) = (at, begun);
            }
        }

        if (slot?.Mood is null) slot = _default;
        int? cap = _caps.Where(span => second >= span.From && second < span.To).Select(span => (int?)span.Cap).Min();
        return (slot.Mood, slot.Level is { } level && cap is { } most ? Math.Min(level, most) : slot.Level, cap);
    }

    /// <summary>Every second at which something may change, in order.</summary>
    public IEnumerable<long> Edges => _points.Select(point => point.Second).Concat(_caps.SelectMany(cap => new[] { cap.From, cap.To })).Append(_begin).Append(_end).Distinct().Order();

    // Looks at every UTC minute around the day: the first that shows this local minute or, where none does, the first that shows a later one.
    private long Happens(LocalDate date, int minute)
    {
        long wanted = Seconds(date) + minute * 60L;
        for (long second = wanted - 15 * 3_600; ; second += 60)
        {
            long local = second + _zone.GetUtcOffset(Instant.FromUnixTimeSeconds(second)).Seconds;
            if (local >= wanted) return second;
        }
    }

    private static long Seconds(LocalDate date) => Period.DaysBetween(new LocalDate(1970, 1, 1), date) * 86_400L;
}

/// <summary>A slot of <see cref="MinuteWalk"/>: minute of the day, mood, level.</summary>
internal sealed record SimpleSlot(int Minute, string? Mood, int? Level);

/// <summary>A schedule of <see cref="MinuteWalk"/>, which can also write itself as the product's JSON.</summary>
internal sealed record SimpleSchedule(string Zone, SimpleSlot Default)
{
    public LocalDate? From { get; init; }

    public LocalDate? To { get; init; }

    public List<(IsoDayOfWeek[] Days, SimpleSlot[] Slots)> Weekly { get; init; } = [];

    public List<(LocalDate[] Dates, string Json, int Priority, SimpleSlot[] Slots)> Exceptions { get; init; } = [];

    public List<(IsoDayOfWeek[] Days, int From, int To, int Cap)> Quiet { get; init; } = [];

    public string ToJson()
    {
        string effective = string.Join(",", new[] { From is { } from ? $"\"from\":\"{from:uuuu-MM-dd}\"" : "", To is { } to ? $"\"to\":\"{to:uuuu-MM-dd}\"" : "" }.Where(part => part.Length > 0));
        string weekly = string.Join(",", Weekly.Select(entry => $"\"{Names(entry.Days)}\":{Json(entry.Slots)}"));
        string exceptions = string.Join(",", Exceptions.Select(entry => $"{{{entry.Json},\"priority\":{entry.Priority},\"slots\":{Json(entry.Slots)}}}"));
        string quiet = string.Join(",", Quiet.Select(entry => $"{{\"days\":\"{Names(entry.Days)}\",\"from\":\"{Clock(entry.From)}\",\"to\":\"{Clock(entry.To)}\",\"maxLevel\":{entry.Cap}}}"));
        return $"{{\"tz\":\"{Zone}\",\"default\":{{\"mood\":\"{Default.Mood}\"{Level(Default)}}},\"effective\":{{{effective}}},\"weekly\":{{{weekly}}},\"exceptions\":[{exceptions}],\"quiet\":[{quiet}]}}";
    }

    private static string Json(SimpleSlot[] slots) =>
        $"[{string.Join(",", slots.Select(slot => $"{{\"at\":\"{Clock(slot.Minute)}\",\"mood\":{(slot.Mood is null ? "null" : $"\"{slot.Mood}\"")}{Level(slot)}}}"))}]";

    private static string Level(SimpleSlot slot) => slot.Level is { } level ? $",\"level\":{level}" : "";

    private static string Names(IsoDayOfWeek[] days) => string.Join(",", days.Select(day => day.ToString()[..3].ToLowerInvariant()));

    private static string Clock(int minute) => $"{minute / 60:00}:{minute % 60:00}";
}
