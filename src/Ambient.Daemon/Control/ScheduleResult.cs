using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ambient.Daemon.Control;

/// <summary>What became of a schedule or calendar; published as <c>schedule/result</c>.</summary>
/// <param name="Id">The schedule's own id, or the calendar's name; null where it could not be read.</param>
/// <param name="Ok">Whether it was taken. If not, what ran before goes on running.</param>
/// <param name="Errors">One line each: JSON path, value, what is allowed.</param>
/// <param name="Warnings">What was taken and may not be meant: moods and calendars that do not exist.</param>
/// <param name="Active">Id of whose schedule rules the zone now: the zone, one of its groups, <c>all</c>, <c>file</c>; null without any.</param>
public sealed record ScheduleResult(string? Id, bool Ok, IReadOnlyList<string> Errors, IReadOnlyList<string> Warnings, string? Active)
{
    /// <summary>The payload.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ScheduleResultJson.Readable.ScheduleResult);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScheduleResult))]
internal sealed partial class ScheduleResultJson : JsonSerializerContext
{
    internal static ScheduleResultJson Readable { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
