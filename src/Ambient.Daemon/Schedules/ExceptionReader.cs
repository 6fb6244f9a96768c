using System.Text.Json;
using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>Reads a schedule's exceptions.</summary>
/// <param name="json">Takes the problems.</param>
/// <param name="slots">Reads their slots.</param>
/// <param name="zone">Zone of the schedule's times.</param>
/// <param name="effectiveFrom">Where a recurrence rule without <c>dtstart</c> begins.</param>
internal sealed class ExceptionReader(CheckedJson json, SlotReader slots, DateTimeZone zone, LocalDate? effectiveFrom)
{
    private const string DaysAllowed = "one of calendar, date, from and to, month, week and dow, rrule";

    private static readonly LocalDate FirstStart = new(2000, 1, 1);

    private readonly DateRuleReader _days = new(json);

    /// <summary>The exceptions in the file's order.</summary>
    internal SpecialDays[] Read(JsonElement element) => [.. json.Items(element, "exceptions").Select(item => One(item.Value, item.Path)).OfType<SpecialDays>()];

    private SpecialDays? One(JsonElement element, string path)
    {
        Dictionary<string, JsonElement> members = json.Members(element, path, ["calendar", "date", "from", "to", "month", "week", "dow", "rrule", "dtstart", "priority", "slots"])
            .ToDictionary(member => member.Key, member => member.Value);
        if (element.ValueKind != JsonValueKind.Object) return null;
        string? calendar = members.TryGetValue("calendar", out JsonElement name) ? json.Text(name, $"{path}.calendar", "a calendar's name") : null;
        IDateRule? recurring = members.TryGetValue("rrule", out JsonElement rule) ? Recurring(rule, members, path) : null;
        if (!members.ContainsKey("rrule") && members.TryGetValue("dtstart", out JsonElement start)) json.Wrong(start, $"{path}.dtstart", "only beside rrule");
        IDateRule? dates = _days.Rule(members, path);
        bool hasDates = members.Keys.Any(key => key is "date" or "from" or "to" or "month" or "week" or "dow");
        int ways = (members.ContainsKey("calendar") ? 1 : 0) + (members.ContainsKey("rrule") ? 1 : 0) + (hasDates ? 1 : 0);
        if (ways != 1) json.Problems.Add($"{path} names its days in {(ways == 0 ? "no" : ways)} ways; allowed: {DaysAllowed}");

        int priority = members.TryGetValue("priority", out JsonElement number) ? json.Whole(number, $"{path}.priority", 1, SpecialDays.DefaultPriority) ?? 0 : SpecialDays.DefaultPriority;
        ScheduleSlot[] day = [];
        if (members.TryGetValue("slots", out JsonElement list)) day = slots.OneDay(list, $"{path}.slots");
        else json.Missing($"{path}.slots", "a list of slots such as [{\"at\": \"00:00\", \"mood\": \"off\"}]");
        IDateRule? days = calendar is null ? recurring ?? dates : CalendarDates.None;
        return days is null ? null : new SpecialDays(days, calendar, priority, day);
    }

    private RecurrenceRule? Recurring(JsonElement element, Dictionary<string, JsonElement> members, string path)
    {
        LocalDate start = effectiveFrom ?? FirstStart;
        if (members.TryGetValue("dtstart", out JsonElement given))
        {
            if (json.Date(given, $"{path}.dtstart") is not { } date) return null;
            start = date;
        }

        if (json.Text(element, $"{path}.rrule", RecurrenceRule.Allowed) is not { } text) return null;
        if (RecurrenceRule.TryParse(text, start, zone, out RecurrenceRule? rule, out string problem)) return rule;
        json.Problems.Add($"{path}.rrule: {problem}");
        return null;
    }
}
