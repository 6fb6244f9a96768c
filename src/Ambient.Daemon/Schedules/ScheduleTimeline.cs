using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>Walks a schedule forward, edge by edge.</summary>
internal static class ScheduleTimeline
{
    // Weekly plans, yearly rules and 29 February (1896 to 1904 is the longest wait, as from 2096) repeat within this many years.
    private const int HorizonDays = 12 * 366;

    private const int DaysAtOnce = 7;

    /// <summary>Every later edge in order, as far as a plan has to be followed until it repeats.</summary>
    internal static IEnumerable<ScheduleEdge> After(Schedule schedule, Instant instant)
    {
        (Instant begin, Instant end) = schedule.Period;
        // Before the period only quiet hours can change anything, and they repeat every week.
        Instant from = instant < begin && !schedule.HasQuietHours ? begin - Duration.Epsilon : instant;
        Instant horizon = Instant.Max(from, begin == Instant.MinValue ? from : begin) + Duration.FromDays(HorizonDays);
        ScheduleSlot? slot = schedule.SlotAt(from);
        var edges = new List<Edge>();
        while (from < horizon)
        {
            Instant to = from + Duration.FromDays(DaysAtOnce);
            Collect(schedule, from, to, edges);
            for (int i = 0; i < edges.Count;)
            {
                Instant at = edges[i].At;
                bool isSlot = false;
                for (; i < edges.Count && edges[i].At == at; i++)
                {
                    if (edges[i].Slot is not { } begun) continue;
                    slot = begun;
                    isSlot = true;
                }

                if (at == begin && !isSlot) slot = null;
                if (at == end) (slot, isSlot) = (null, true);
                yield return new ScheduleEdge(at, schedule.StateOf(slot, at), isSlot);
            }

            from = to;
        }
    }

    // Edges with from < at <= to. A late sunset or a night's quiet hours can begin or end days after their own.
    private static void Collect(Schedule schedule, Instant from, Instant to, List<Edge> edges)
    {
        edges.Clear();
        (Instant begin, Instant end) = schedule.Period;
        void Add(Instant at, LocalDate date, int order, ScheduleSlot? slot)
        {
            if (at > from && at <= to) edges.Add(new Edge(at, date, order, slot));
        }

        LocalDate last = schedule.DateAt(to).PlusDays(Schedule.OverhangDays);
        for (LocalDate date = schedule.DateAt(from).PlusDays(-Schedule.OverhangDays); date <= last; date = date.PlusDays(1))
        {
            DayPlan day = schedule.DayOf(date);
            for (int i = 0; i < day.Slots.Length; i++)
            {
                if (day.Slots[i].At >= begin && day.Slots[i].At < end) Add(day.Slots[i].At, date, i, day.Slots[i].Slot);
            }

            foreach (DayPlan.QuietSpan span in day.Quiet)
            {
                Add(span.From, date, -1, null);
                Add(span.To, date, -1, null);
            }
        }

        Add(begin, LocalDate.MinIsoValue, -1, null);
        Add(end, LocalDate.MinIsoValue, -1, null);
        edges.Sort();
    }

    private readonly record struct Edge(Instant At, LocalDate Date, int Order, ScheduleSlot? Slot) : IComparable<Edge>
    {
        public int CompareTo(Edge other)
        {
            int order = At.CompareTo(other.At);
            if (order == 0) order = Date.CompareTo(other.Date);
            return order == 0 ? Order.CompareTo(other.Order) : order;
        }
    }
}
