using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using NodaTime;
using NodaTime.Text;

namespace Ambient.Daemon.Schedules;

/// <summary>The parts of a recurrence rule as they were written.</summary>
internal sealed class RecurrenceText
{
    internal const string Allowed = "FREQ (DAILY, WEEKLY, MONTHLY, YEARLY), INTERVAL, BYDAY, BYMONTH, BYMONTHDAY, BYSETPOS, COUNT, UNTIL, WKST";

    private const int HighestInterval = 1_000;
    private const int HighestCount = 100_000;

    private static readonly string[] DayNames = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    private static readonly LocalDateTimePattern DateTimeText = LocalDateTimePattern.CreateWithInvariantCulture("uuuuMMdd'T'HHmmss");
    private static readonly LocalDatePattern DateText = LocalDatePattern.CreateWithInvariantCulture("uuuuMMdd");

    private LocalDateTime? _until;
    private bool _isUntilUtc;

    internal RecurrenceFrequency Frequency { get; private set; }

    internal int Interval { get; private set; } = 1;

    internal int? Count { get; private set; }

    /// <summary>Ordinal 0: every such day; 2 the second, -1 the last, within the month or year.</summary>
    internal (int Ordinal, IsoDayOfWeek Day)[] Days { get; private set; } = [];

    internal int[] Months { get; private set; } = [];

    /// <summary>Negative ones count from the end: -1 is the last day.</summary>
    internal int[] MonthDays { get; private set; } = [];

    internal int[] SetPositions { get; private set; } = [];

    /// <summary>Which day a week begins with: matters for WEEKLY rules with an INTERVAL or BYSETPOS.</summary>
    internal IsoDayOfWeek WeekStart { get; private set; } = IsoDayOfWeek.Monday;

    internal static bool TryParse(string text, [NotNullWhen(true)] out RecurrenceText? parsed, out string problem)
    {
        var rule = new RecurrenceText();
        var seen = new HashSet<string>();
        problem = "";
        parsed = null;
        foreach (string part in text.Split(';'))
        {
            string[] sides = part.Split('=');
            string name = sides[0].Trim().ToUpperInvariant();
            if (sides.Length != 2) problem = $"'{Shown(part)}' is no part; allowed: NAME=VALUE, with {Allowed}";
            else if (!seen.Add(name)) problem = $"{Shown(name)} stands twice; allowed: once";
            else if (rule.Take(name, sides[1].Trim().ToUpperInvariant()) is { } wrong) problem = wrong;
            if (problem.Length > 0) return false;
        }

        if (rule.Conflict(seen) is { } conflict)
        {
            problem = conflict;
            return false;
        }

        parsed = rule;
        return true;
    }

    /// <summary>The last day on which an occurrence may begin, at local midnight; null without UNTIL.</summary>
    internal LocalDate? LastDay(DateTimeZone zone) => _isUntilUtc ? _until?.InUtc().ToInstant().InZone(zone).Date : _until?.Date;

    // Null, or what is wrong.
    private string? Take(string name, string value)
    {
        switch (name)
        {
            case "FREQ":
                if (value is not ("DAILY" or "WEEKLY" or "MONTHLY" or "YEARLY")) return $"FREQ is {Shown(value)}; allowed: DAILY, WEEKLY, MONTHLY, YEARLY";
                Frequency = Enum.Parse<RecurrenceFrequency>(value, ignoreCase: true);
                return null;
            case "INTERVAL":
                if (!TryNumber(value, 1, HighestInterval, out int interval)) return $"INTERVAL is {Shown(value)}; allowed: 1..{HighestInterval}";
                Interval = interval;
                return null;
            case "COUNT":
                if (!TryNumber(value, 1, HighestCount, out int count)) return $"COUNT is {Shown(value)}; allowed: 1..{HighestCount}";
                Count = count;
                return null;
            case "UNTIL":
                return TakeUntil(value);
            case "WKST":
                int weekStart = Array.IndexOf(DayNames, value);
                if (weekStart < 0) return $"WKST is {Shown(value)}; allowed: MO TU WE TH FR SA SU";
                WeekStart = (IsoDayOfWeek)(weekStart + 1);
                return null;
            case "BYDAY":
                return TakeDays(value);
            case "BYMONTH":
                return TryNumbers(value, 1, 12, mayBeNegative: false, out int[] months) && (Months = months).Length > 0 ? null : $"BYMONTH is {Shown(value)}; allowed: numbers 1..12 with commas";
            case "BYMONTHDAY":
                return TryNumbers(value, 1, 31, mayBeNegative: true, out int[] days) && (MonthDays = days).Length > 0 ? null : $"BYMONTHDAY is {Shown(value)}; allowed: numbers 1..31 or -31..-1 with commas";
            case "BYSETPOS":
                return TryNumbers(value, 1, 366, mayBeNegative: true, out int[] positions) && (SetPositions = positions).Length > 0 ? null : $"BYSETPOS is {Shown(value)}; allowed: numbers 1..366 or -366..-1 with commas";
            default:
                return $"{Shown(name)} is not supported; allowed: {Allowed}";
        }
    }

    private string? TakeUntil(string value)
    {
        _isUntilUtc = value.EndsWith('Z');
        if (DateText.Parse(value) is { Success: true } date) _until = date.Value.AtMidnight();
        else if (DateTimeText.Parse(value.TrimEnd('Z')) is { Success: true } time) _until = time.Value;
        else return $"UNTIL is {Shown(value)}; allowed: a date such as 20261224 or 20261224T000000Z";
        return null;
    }

    private string? TakeDays(string value)
    {
        var days = new List<(int, IsoDayOfWeek)>();
        foreach (string item in value.Split(','))
        {
            int day = item.Length < 2 ? -1 : Array.IndexOf(DayNames, item[^2..]);
            int ordinal = 0;
            if (day < 0 || (item.Length > 2 && (!TryNumbers(item[..^2], 1, 53, mayBeNegative: true, out int[] ordinals) || (ordinal = ordinals[0]) == 0)))
                return $"BYDAY is {Shown(value)}; allowed: MO TU WE TH FR SA SU with commas, in MONTHLY and YEARLY rules also with a number such as 2MO or -1FR";
            days.Add((ordinal, (IsoDayOfWeek)(day + 1)));
        }

        Days = [.. days];
        return null;
    }

    private string? Conflict(HashSet<string> parts)
    {
        if (!parts.Contains("FREQ")) return $"FREQ is missing; allowed: {Allowed}";
        if (parts.Contains("COUNT") && parts.Contains("UNTIL")) return "COUNT and UNTIL stand together; allowed: one of them";
        if (parts.Contains("BYMONTHDAY") && Frequency == RecurrenceFrequency.Weekly) return "BYMONTHDAY stands in a WEEKLY rule; allowed: in DAILY, MONTHLY, YEARLY";
        if (Frequency is RecurrenceFrequency.Daily or RecurrenceFrequency.Weekly && Days.Any(day => day.Ordinal != 0))
            return "BYDAY has a number in a DAILY or WEEKLY rule; allowed: numbers in MONTHLY and YEARLY rules";
        if (parts.Contains("BYSETPOS") && !parts.Overlaps(["BYDAY", "BYMONTH", "BYMONTHDAY"])) return "BYSETPOS stands alone; allowed: beside BYDAY, BYMONTH or BYMONTHDAY";
        return null;
    }

    private static bool TryNumber(string text, int lowest, int highest, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= lowest && number <= highest;

    private static bool TryNumbers(string text, int lowest, int highest, bool mayBeNegative, out int[] numbers)
    {
        var list = new List<int>();
        foreach (string item in text.Split(','))
        {
            if (!int.TryParse(item, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)) break;
            if (Math.Abs(number) < lowest || Math.Abs(number) > highest || (number < 0 && !mayBeNegative)) break;
            list.Add(number);
        }

        numbers = [.. list];
        return list.Count == text.Split(',').Length;
    }

    private static string Shown(string text) => text.Length <= 40 ? text : text[..40] + " …";
}
