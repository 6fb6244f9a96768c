using System.Text.Json;
using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>Reads which days are meant: a date, from one to another, a week-and-day pattern, a recurrence rule.</summary>
/// <param name="json">Takes the problems.</param>
internal sealed class DateRuleReader(CheckedJson json)
{
    private const string MonthAllowed = "1..12, 13 (odd months), 14 (even months) or \"*\"";
    private const string WeekAllowed = "1..5 (days 1-7, 8-14, 15-21, 22-28, 29-31), 6 or \"last\" (the last seven days), 7..9 (the seven before, and so on) or \"*\"";
    private const string DayAllowed = "\"*\", or " + DaySet.Allowed;
    private const int AnyMonth = 0b1_1111_1111_1110;
    private const int OddMonths = 0b0_1010_1010_1010;

    private static readonly string[] CalendarKeys = ["date", "from", "to", "month", "week", "dow"];

    /// <summary>A calendar's list of days.</summary>
    internal CalendarDates Calendar(JsonElement element, string path)
    {
        var rules = new List<IDateRule>();
        foreach ((JsonElement item, string at) in json.Items(element, path))
        {
            if (item.ValueKind != JsonValueKind.Object)
            {
                if (json.Date(item, at) is { } date) rules.Add(new DateRange(date, date));
                continue;
            }

            Dictionary<string, JsonElement> members = json.Members(item, at, CalendarKeys).ToDictionary(member => member.Key, member => member.Value);
            if (Rule(members, at) is { } rule) rules.Add(rule);
            else if (!members.Keys.Any(CalendarKeys.Contains)) json.Problems.Add($"{at} names no days; allowed: a date, or date, from and to, or month, week and dow");
        }

        return new CalendarDates(rules);
    }

    /// <summary>The rule that the members <c>date</c>, <c>from</c>, <c>to</c>, <c>month</c>, <c>week</c>, <c>dow</c> make; null where there is none, or a problem.</summary>
    internal IDateRule? Rule(IReadOnlyDictionary<string, JsonElement> members, string path)
    {
        bool isDate = members.ContainsKey("date");
        bool isRange = members.ContainsKey("from") || members.ContainsKey("to");
        bool isPattern = members.ContainsKey("month") || members.ContainsKey("week") || members.ContainsKey("dow");
        if ((isDate ? 1 : 0) + (isRange ? 1 : 0) + (isPattern ? 1 : 0) > 1)
            json.Problems.Add($"{path} names its days in several ways; allowed: one of date, from and to, month, week and dow");
        if (isDate) return json.Date(members["date"], $"{path}.date") is { } date ? new DateRange(date, date) : null;
        if (isRange) return Range(members, path);
        return isPattern ? Pattern(members, path) : null;
    }

    private DateRange? Range(IReadOnlyDictionary<string, JsonElement> members, string path)
    {
        LocalDate? from = null, to = null;
        foreach (string key in (string[])["from", "to"])
        {
            LocalDate? date = null;
            if (members.TryGetValue(key, out JsonElement value)) date = json.Date(value, $"{path}.{key}");
            else json.Missing($"{path}.{key}", "both from and to, two dates such as 2026-12-24");
            if (key == "from") from = date;
            else to = date;
        }

        if (from is not { } first || to is not { } last) return null;
        if (last >= first) return new DateRange(first, last);
        json.Wrong(members["to"], $"{path}.to", $"from ({members["from"]}) or later");
        return null;
    }

    private WeekAndDay? Pattern(IReadOnlyDictionary<string, JsonElement> members, string path)
    {
        int before = json.Problems.Count;
        int months = AnyMonth;
        int week = 0;
        DaySet days = DaySet.Daily;
        if (members.TryGetValue("month", out JsonElement month) && !IsAny(month) && json.Whole(month, $"{path}.month", 1, 14, MonthAllowed) is { } number)
            months = number == 13 ? OddMonths : number == 14 ? AnyMonth & ~OddMonths : 1 << number;
        if (members.TryGetValue("week", out JsonElement which) && !IsAny(which))
            week = which.ValueKind == JsonValueKind.String && which.GetString() == "last" ? WeekAndDay.LastWeek : json.Whole(which, $"{path}.week", 1, WeekAndDay.HighestWeek, WeekAllowed) ?? 0;
        if (members.TryGetValue("dow", out JsonElement dow) && !IsAny(dow) && json.Text(dow, $"{path}.dow", DayAllowed) is { } text && !DaySet.TryParse(text, out days))
            json.Wrong(dow, $"{path}.dow", DayAllowed);
        return json.Problems.Count == before ? new WeekAndDay(months, week, days) : null;
    }

    private static bool IsAny(JsonElement element) => element.ValueKind == JsonValueKind.String && element.GetString() == "*";
}
