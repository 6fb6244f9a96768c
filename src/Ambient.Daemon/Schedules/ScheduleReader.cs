using System.Text.Json;
using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>Reads a schedule as INTERFACES and docs/scheduling.md describe it.</summary>
internal sealed class ScheduleReader(CheckedJson json)
{
    private const string ZoneAllowed = "an IANA time zone such as Europe/Berlin";

    private static readonly string[] Keys = ["id", "tz", "location", "default", "effective", "weekly", "exceptions", "quiet"];

    /// <summary>The schedule; only good when there are no problems.</summary>
    internal Schedule Read(JsonElement root)
    {
        Dictionary<string, JsonElement> members = json.Members(root, "", Keys).ToDictionary(member => member.Key, member => member.Value);
        DateTimeZone? zone = null;
        if (members.TryGetValue("tz", out JsonElement tz)) zone = Zone(tz);
        else if (root.ValueKind == JsonValueKind.Object) json.Missing("tz", ZoneAllowed);

        Location? location = members.TryGetValue("location", out JsonElement place) ? Place(place) : null;
        (LocalDate? from, LocalDate? to) = members.TryGetValue("effective", out JsonElement effective) ? Effective(effective) : (null, null);
        // A bad location is one problem, not one more at each slot.
        var slots = new SlotReader(json, members.ContainsKey("location"));
        return new Schedule(new ScheduleParts
        {
            Id = members.TryGetValue("id", out JsonElement id) ? json.Text(id, "id", "text") ?? "" : "",
            Zone = zone ?? DateTimeZone.Utc,
            Location = location,
            Default = members.TryGetValue("default", out JsonElement defaults) ? Default(defaults) : new ScheduleSlot(default, null, null),
            From = from,
            To = to,
            Weekly = members.TryGetValue("weekly", out JsonElement weekly) ? slots.Weekly(weekly) : [[], [], [], [], [], [], []],
            Exceptions = members.TryGetValue("exceptions", out JsonElement exceptions) ? new ExceptionReader(json, slots, zone ?? DateTimeZone.Utc, from).Read(exceptions) : [],
            Quiet = members.TryGetValue("quiet", out JsonElement quiet) ? Quiet(quiet) : [],
        });
    }

    private ScheduleSlot Default(JsonElement element)
    {
        string? mood = null;
        int? level = null;
        foreach ((string key, JsonElement value) in json.Members(element, "default", ["mood", "level"]))
        {
            if (key == "level") level = json.Whole(value, "default.level", 0, 100);
            else if (value.ValueKind != JsonValueKind.Null) mood = json.Text(value, "default.mood", "a mood's name, or null for the zone's own default");
        }

        return new ScheduleSlot(default, mood, level);
    }

    private (LocalDate? From, LocalDate? To) Effective(JsonElement element)
    {
        LocalDate? from = null, to = null;
        foreach ((string key, JsonElement value) in json.Members(element, "effective", ["from", "to"]))
        {
            LocalDate? date = value.ValueKind == JsonValueKind.Null ? null : json.Date(value, $"effective.{key}");
            if (key == "from") from = date;
            else to = date;
        }

        if (to < from)
        {
            json.Problems.Add($"effective.to is {to:uuuu-MM-dd}; allowed: {from:uuuu-MM-dd} (effective.from) or later");
            to = null;
        }

        return (from, to);
    }

    private Location? Place(JsonElement element)
    {
        double? latitude = null, longitude = null;
        foreach ((string key, JsonElement value) in json.Members(element, "location", ["lat", "lon"]))
        {
            if (key == "lat") latitude = json.Degrees(value, "location.lat", 90);
            else longitude = json.Degrees(value, "location.lon", 180);
        }

        if (element.ValueKind != JsonValueKind.Object) return null;
        if (!CheckedJson.Has(element, "lat")) json.Missing("location.lat", "-90..90 degrees, north positive");
        if (!CheckedJson.Has(element, "lon")) json.Missing("location.lon", "-180..180 degrees, east positive");
        return latitude is { } lat && longitude is { } lon ? new Location(lat, lon) : null;
    }

    private QuietWindow[] Quiet(JsonElement element)
    {
        var windows = new List<QuietWindow>();
        foreach ((JsonElement item, string path) in json.Items(element, "quiet"))
        {
            DaySet? days = null;
            LocalTime? from = null, to = null;
            int? maxLevel = null;
            foreach ((string key, JsonElement value) in json.Members(item, path, ["days", "from", "to", "maxLevel"]))
            {
                if (key == "from") from = Clock(value, $"{path}.from");
                else if (key == "to") to = Clock(value, $"{path}.to");
                else if (key == "maxLevel") maxLevel = json.Whole(value, $"{path}.maxLevel", 0, 100);
                else if (json.Text(value, $"{path}.days", DaySet.Allowed) is { } text)
                {
                    if (DaySet.TryParse(text, out DaySet parsed)) days = parsed;
                    else json.Wrong(value, $"{path}.days", DaySet.Allowed);
                }
            }

            if (item.ValueKind != JsonValueKind.Object) continue;
            foreach (string key in (string[])["days", "from", "to", "maxLevel"])
            {
                if (!CheckedJson.Has(item, key)) json.Missing($"{path}.{key}", "all of days, from, to, maxLevel");
            }

            if (days is { } on && from is { } start && to is { } end && maxLevel is { } cap) windows.Add(new QuietWindow(on, start, end, cap));
        }

        return [.. windows];
    }

    private LocalTime? Clock(JsonElement element, string path)
    {
        const string Allowed = "a time such as 07:30";
        if (json.Text(element, path, Allowed) is not { } text) return null;
        if (SlotTime.TryParseClock(text, out LocalTime time)) return time;
        json.Wrong(element, path, Allowed);
        return null;
    }

    private DateTimeZone? Zone(JsonElement element)
    {
        if (json.Text(element, "tz", ZoneAllowed) is not { } id) return null;
        DateTimeZone? zone = DateTimeZoneProviders.Tzdb.GetZoneOrNull(id);
        if (zone is null) json.Wrong(element, "tz", ZoneAllowed);
        return zone;
    }
}
