using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Ambient.Daemon.Schedules;

/// <summary>Walks a schedule's JSON; notes a problem and goes on, so that all are found in one go.</summary>
internal sealed class ScheduleReader
{
    private const string ZoneAllowed = "an IANA time zone such as Europe/Berlin";
    private const string MoodAllowed = "a mood's name, or null to release to the default";

    // What the format knows and this version does not do yet. Ignoring one would play the wrong thing on some day.
    private static readonly string[] NotYet = ["exceptions", "location", "calendars"];

    internal List<string> Problems { get; } = [];

    /// <summary>The schedule; only good when <see cref="Problems"/> stays empty.</summary>
    internal WeeklySchedule Read(JsonElement root)
    {
        string id = "";
        DateTimeZone? zone = null;
        var defaults = new ScheduleSlot(LocalTime.Midnight, null, null);
        LocalDate? from = null, to = null;
        ScheduleSlot[][] slots = [[], [], [], [], [], [], []];
        QuietWindow[] quiet = [];

        foreach ((string key, JsonElement value) in Members(root, "", ["id", "tz", "default", "effective", "weekly", "quiet"]))
        {
            if (key == "id") id = Text(value, key, "text") ?? "";
            else if (key == "tz") zone = Zone(value, key);
            else if (key == "default") defaults = Default(value);
            else if (key == "effective") (from, to) = Effective(value);
            else if (key == "weekly") slots = Weekly(value);
            else if (key == "quiet") quiet = Quiet(value);
        }

        if (zone is null && !Has(root, "tz")) Problems.Add($"tz is missing; allowed: {ZoneAllowed}");
        return new WeeklySchedule(id, zone ?? DateTimeZone.Utc, defaults, from, to, slots, quiet);
    }

    private ScheduleSlot Default(JsonElement element)
    {
        string? mood = null;
        int? level = null;
        foreach ((string key, JsonElement value) in Members(element, "default", ["mood", "level"]))
        {
            if (key == "mood") mood = Text(value, "default.mood", "a mood's name");
            else level = Level(value, "default.level");
        }

        return new ScheduleSlot(LocalTime.Midnight, mood, level);
    }

    private (LocalDate? From, LocalDate? To) Effective(JsonElement element)
    {
        LocalDate? from = null, to = null;
        foreach ((string key, JsonElement value) in Members(element, "effective", ["from", "to"]))
        {
            LocalDate? date = Parsed(value, $"effective.{key}", LocalDatePattern.Iso, "a date such as 2026-01-01");
            if (key == "from") from = date;
            else to = date;
        }

        if (to < from) Problems.Add($"effective.to is {LocalDatePattern.Iso.Format(to.Value)}; allowed: {LocalDatePattern.Iso.Format(from.Value)} (effective.from) or later");
        return (from, to);
    }

    private ScheduleSlot[][] Weekly(JsonElement element)
    {
        var slots = Enumerable.Range(0, 7).Select(_ => new SortedList<LocalTime, ScheduleSlot>()).ToArray();
        foreach ((string name, JsonElement list) in Members(element, "weekly", null))
        {
            string path = $"weekly.{name}";
            if (!DaySet.TryParse(name, out DaySet days)) Problems.Add($"{path} is no day set; allowed: {DaySet.Allowed}");
            foreach ((ScheduleSlot slot, string at) in Items(list, path).Select(item => (Slot(item.Value, item.Path), item.Path)))
            {
                for (int day = 0; day < 7; day++)
                {
                    if (days.Contains((IsoDayOfWeek)(day + 1)) && !slots[day].TryAdd(slot.At, slot))
                        Problems.Add($"{at}.at is {slot.At:HH':'mm}, which {(IsoDayOfWeek)(day + 1)} has already; allowed: each time once a day");
                }
            }
        }

        return [.. slots.Select(day => day.Values.ToArray())];
    }

    private ScheduleSlot Slot(JsonElement element, string path)
    {
        LocalTime? at = null;
        string? mood = null;
        int? level = null;
        bool hasMood = false;
        foreach ((string key, JsonElement value) in Members(element, path, ["at", "mood", "level"]))
        {
            if (key == "at") at = Time(value, $"{path}.at");
            else if (key == "level") level = Level(value, $"{path}.level");
            else
            {
                hasMood = true;
                if (value.ValueKind != JsonValueKind.Null) mood = Text(value, $"{path}.mood", MoodAllowed);
            }
        }

        if (at is null && !Has(element, "at")) Problems.Add($"{path}.at is missing; allowed: a time such as 07:30");
        if (!hasMood) Problems.Add($"{path}.mood is missing; allowed: {MoodAllowed}");
        if (hasMood && mood is null && level is not null) Problems.Add($"{path}.level is {level} beside \"mood\": null, which releases the level too; allowed: no level");
        return new ScheduleSlot(at ?? LocalTime.Midnight, mood, level);
    }

    private QuietWindow[] Quiet(JsonElement element)
    {
        var windows = new List<QuietWindow>();
        foreach ((JsonElement item, string path) in Items(element, "quiet"))
        {
            DaySet? days = null;
            LocalTime? from = null, to = null;
            int? maxLevel = null;
            foreach ((string key, JsonElement value) in Members(item, path, ["days", "from", "to", "maxLevel"]))
            {
                if (key == "from") from = Time(value, $"{path}.from");
                else if (key == "to") to = Time(value, $"{path}.to");
                else if (key == "maxLevel") maxLevel = Level(value, $"{path}.maxLevel");
                else if (Text(value, $"{path}.days", DaySet.Allowed) is { } text)
                {
                    if (DaySet.TryParse(text, out DaySet parsed)) days = parsed;
                    else Wrong(value, $"{path}.days", DaySet.Allowed);
                }
            }

            foreach (string key in new[] { "days", "from", "to", "maxLevel" })
            {
                if (!Has(item, key)) Problems.Add($"{path}.{key} is missing; allowed: all of days, from, to, maxLevel");
            }

            if (days is { } on && from is { } start && to is { } end && maxLevel is { } cap) windows.Add(new QuietWindow(on, start, end, cap));
        }

        return [.. windows];
    }

    private DateTimeZone? Zone(JsonElement element, string path)
    {
        if (Text(element, path, ZoneAllowed) is not { } id) return null;
        DateTimeZone? zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
        if (zone is null) Wrong(element, path, ZoneAllowed);
        return zone;
    }

    private LocalTime? Time(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.String && element.GetString() is { } text && text.StartsWith("sun", StringComparison.Ordinal))
        {
            Problems.Add($"{path} is \"{text}\": times relative to the sun are not supported yet; allowed: a time such as 07:30");
            return null;
        }

        return Parsed(element, path, LocalTimePattern.CreateWithInvariantCulture("HH:mm"), "a time such as 07:30");
    }

    private T? Parsed<T>(JsonElement element, string path, IPattern<T> pattern, string allowed) where T : struct
    {
        if (Text(element, path, allowed) is not { } text) return null;
        ParseResult<T> parsed = pattern.Parse(text);
        if (parsed.Success) return parsed.Value;
        Wrong(element, path, allowed);
        return null;
    }

    private int? Level(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int level) && level is >= 0 and <= 100) return level;
        Wrong(element, path, "0..100");
        return null;
    }

    private string? Text(JsonElement element, string path, string allowed)
    {
        if (element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text) return text;
        Wrong(element, path, allowed);
        return null;
    }

    private IEnumerable<(JsonElement Value, string Path)> Items(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array) return element.EnumerateArray().Select((item, index) => (item, $"{path}[{index}]"));
        Wrong(element, path, "a list in brackets");
        return [];
    }

    private IEnumerable<(string Key, JsonElement Value)> Members(JsonElement element, string path, string[]? allowed)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Wrong(element, path.Length == 0 ? "The file" : path, "an object in braces");
            yield break;
        }

        foreach (JsonProperty member in element.EnumerateObject())
        {
            string key = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (path.Length == 0 && NotYet.Contains(member.Name))
                Problems.Add($"{key} is not supported yet; allowed: a schedule without it");
            else if (allowed?.Contains(member.Name) == false)
                Problems.Add($"{key} is unknown; allowed: {string.Join(", ", allowed)}");
            else
                yield return (member.Name, member.Value);
        }
    }

    private static bool Has(JsonElement element, string key) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out _);

    private void Wrong(JsonElement element, string path, string allowed)
    {
        string shown = element.GetRawText().ReplaceLineEndings(" ");
        Problems.Add($"{path} is {(shown.Length <= 60 ? shown : shown[..60] + " …")}; allowed: {allowed}");
    }
}
