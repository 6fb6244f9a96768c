using System.Text.Json;
using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>Reads slots: weekly ones by day set, and a list for one day.</summary>
/// <param name="json">Takes the problems.</param>
/// <param name="hasLocation">Whether slots may wait for the sun.</param>
internal sealed class SlotReader(CheckedJson json, bool hasLocation)
{
    private const string MoodAllowed = "a mood's name, or null to release to the default";

    /// <summary>Slots by day of week, each day in its order.</summary>
    internal ScheduleSlot[][] Weekly(JsonElement element)
    {
        var slots = Enumerable.Range(0, 7).Select(_ => new List<ScheduleSlot>()).ToArray();
        foreach ((string name, JsonElement list) in json.Members(element, "weekly", null))
        {
            string path = $"weekly.{name}";
            if (!DaySet.TryParse(name, out DaySet days)) json.Problems.Add($"{path} is no day set; allowed: {DaySet.Allowed}");
            foreach ((JsonElement item, string at) in json.Items(list, path))
            {
                if (Slot(item, at) is not { } slot) continue;
                for (int day = 0; day < 7; day++)
                {
                    if (days.Contains((IsoDayOfWeek)(day + 1))) Add(slots[day], slot, at, ((IsoDayOfWeek)(day + 1)).ToString());
                }
            }
        }

        return [.. slots.Select(InOrder)];
    }

    /// <summary>The slots of one day.</summary>
    internal ScheduleSlot[] OneDay(JsonElement element, string path)
    {
        var slots = new List<ScheduleSlot>();
        foreach ((JsonElement item, string at) in json.Items(element, path))
        {
            if (Slot(item, at) is { } slot) Add(slots, slot, at, "the day");
        }

        return InOrder(slots);
    }

    private void Add(List<ScheduleSlot> slots, ScheduleSlot slot, string path, string day)
    {
        if (slots.Any(other => other.At == slot.At)) json.Problems.Add($"{path}.at is {slot.At}, which {day} has already; allowed: each time once a day");
        else slots.Add(slot);
    }

    // Those that wait for the sun find their place on the day itself.
    private static ScheduleSlot[] InOrder(List<ScheduleSlot> slots) => [.. slots.OrderBy(slot => slot.At.Sun is not null).ThenBy(slot => slot.At.Clock)];

    private ScheduleSlot? Slot(JsonElement element, string path)
    {
        SlotTime? at = null;
        string? mood = null;
        int? level = null;
        foreach ((string key, JsonElement value) in json.Members(element, path, ["at", "mood", "level"]))
        {
            if (key == "at") at = Time(value, $"{path}.at");
            else if (key == "level") level = json.Whole(value, $"{path}.level", 0, 100);
            else if (value.ValueKind != JsonValueKind.Null) mood = json.Text(value, $"{path}.mood", MoodAllowed);
        }

        if (element.ValueKind != JsonValueKind.Object) return null;
        if (!CheckedJson.Has(element, "at")) json.Missing($"{path}.at", SlotTime.Allowed);
        if (!element.TryGetProperty("mood", out JsonElement named)) json.Missing($"{path}.mood", MoodAllowed);
        else if (named.ValueKind == JsonValueKind.Null && level is not null) json.Problems.Add($"{path}.level is {level} beside \"mood\": null, which releases the level too; allowed: no level");
        return at is { } time ? new ScheduleSlot(time, mood, level) : null;
    }

    private SlotTime? Time(JsonElement element, string path)
    {
        if (json.Text(element, path, SlotTime.Allowed) is not { } text) return null;
        if (!SlotTime.TryParse(text, out SlotTime time))
        {
            json.Wrong(element, path, SlotTime.Allowed);
            return null;
        }

        if (time.Sun is null || hasLocation) return time;
        json.Problems.Add($"{path} is \"{text}\" and the schedule has no location; allowed: with \"location\": {{\"lat\": 52.5, \"lon\": 13.4}} beside \"tz\"");
        return null;
    }
}
