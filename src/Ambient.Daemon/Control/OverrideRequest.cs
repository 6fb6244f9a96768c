using System.Text.Json;
using NodaTime.Text;

namespace Ambient.Daemon.Control;

/// <summary>The payload of <c>override/set</c> and <c>override/clear</c>, understood.</summary>
internal sealed record OverrideRequest
{
    private const string PriorityAllowed = "1 (life safety) .. 14; 15 is the schedule";
    private const int LongestBy = 64;
    private const int LongestDays = 365;

    internal int Priority { get; private set; } = Priorities.Operator;

    /// <summary>Null when the request does not name a mood, or releases it.</summary>
    internal string? Mood { get; private set; }

    internal int? Level { get; private set; }

    /// <summary><c>"mood": null</c> without a level: release mood and level.</summary>
    internal bool Releases { get; private set; }

    /// <summary>Null holds until released.</summary>
    internal TimeSpan? TimeToLive { get; private set; }

    internal string? By { get; private set; }

    /// <summary>Reads a payload; what it does not understand is a problem, never a guess.</summary>
    /// <returns>The request, or null and one line that says key, value and what is allowed.</returns>
    internal static OverrideRequest? Parse(string payload, bool needsValue, out string problem)
    {
        problem = "";
        var request = new OverrideRequest();
        bool hasValue = false;
        try
        {
            using JsonDocument document = JsonDocument.Parse(payload);
            if (document.RootElement.ValueKind != JsonValueKind.Object) problem = $"{Shown(payload)} is no JSON object";
            else
            {
                foreach (JsonProperty member in document.RootElement.EnumerateObject())
                {
                    hasValue |= member.Name == "value";
                    problem = request.Take(member, needsValue);
                    if (problem.Length > 0) break;
                }
            }
        }
        catch (Exception notJson) when (notJson is JsonException or InvalidOperationException) // the latter: a lone surrogate in a text
        {
            problem = $"{Shown(payload)} is not JSON";
        }

        if (problem.Length == 0 && needsValue && !hasValue) problem = "value is missing";
        if (problem.Length > 0)
        {
            string example = needsValue ? """{"value":{"mood":"focus","level":40},"priority":8,"ttl":"PT2H","by":"front desk"}""" : """{"priority":8}""";
            problem += $"; allowed is e.g. {example}";
            return null;
        }

        return request;
    }

    private string Take(JsonProperty member, bool needsValue)
    {
        JsonElement value = member.Value;
        switch (member.Name)
        {
            case "priority":
                if (value.ValueKind != JsonValueKind.Number || !value.TryGetInt32(out int priority) || priority is < Priorities.LifeSafety or > Priorities.LowestOverride)
                    return $"priority is {Shown(value.GetRawText())}, not {PriorityAllowed}";
                Priority = priority;
                return "";
            case "by":
                if (value.ValueKind != JsonValueKind.String || value.GetString() is not { Length: > 0 and <= LongestBy } by || by.Any(char.IsControl))
                    return $"by is {Shown(value.GetRawText())}, not a text of 1..{LongestBy} characters";
                By = by;
                return "";
            case "ttl" when needsValue:
                TimeToLive = DurationOf(value);
                return value.ValueKind == JsonValueKind.Null || TimeToLive is not null ? "" : $"ttl is {Shown(value.GetRawText())}, not an ISO 8601 duration such as PT2H, nor seconds, up to {LongestDays} days";
            case "value" when needsValue:
                return TakeValue(value);
            default:
                return $"'{Shown(member.Name)}' is unknown";
        }
    }

    private string TakeValue(JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object || !value.EnumerateObject().Any()) return $"value is {Shown(value.GetRawText())}, not an object with mood, level or both";
        foreach (JsonProperty member in value.EnumerateObject())
        {
            switch (member.Name)
            {
                case "mood" when member.Value.ValueKind == JsonValueKind.Null:
                    Releases = true;
                    break;
                case "level" when member.Value.ValueKind == JsonValueKind.Null:
                    break;
                case "mood" when member.Value.ValueKind == JsonValueKind.String:
                    Mood = member.Value.GetString();
                    break;
                case "level" when member.Value.ValueKind == JsonValueKind.Number && member.Value.TryGetInt32(out int level) && level is >= 0 and <= 100:
                    Level = level;
                    break;
                default:
                    return $"value.{Shown(member.Name)} is {Shown(member.Value.GetRawText())}, where mood takes a name or null and level 0..100 or null";
            }
        }

        // As in an overrides file: a null beside the other one only says that nothing is asked for here.
        if (Level is not null) Releases = false;
        return Mood is null && Level is null && !Releases ? $"value is {Shown(value.GetRawText())}, which asks for nothing" : "";
    }

    /// <summary>A time to live: an ISO 8601 duration or seconds, up to a year; null for anything else.</summary>
    internal static TimeSpan? DurationOf(JsonElement value)
    {
        double seconds = double.NaN;
        if (value.ValueKind == JsonValueKind.Number) seconds = value.GetDouble();
        else if (value.ValueKind == JsonValueKind.String) seconds = SecondsOf(value.GetString()!);
        return seconds is > 0 and <= LongestDays * 86_400.0 ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static double SecondsOf(string iso8601)
    {
        try
        {
            // Years and months are no duration: how long they last depends on when they start.
            return PeriodPattern.Roundtrip.Parse(iso8601) is { Success: true, Value: { Years: 0, Months: 0 } period } ? period.ToDuration().TotalSeconds : double.NaN;
        }
        catch (OverflowException) // P99999999999D; the caller refuses whatever is no number
        {
            return double.NaN;
        }
    }

    private static string Shown(string text) => ShownText.Of(text);
}
