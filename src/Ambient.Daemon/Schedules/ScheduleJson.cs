using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ambient.Daemon.Schedules;

/// <summary>JSON of <see cref="ScheduleReports"/>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(ScheduleReports.Validity))]
[JsonSerializable(typeof(ScheduleReports.Answer))]
[JsonSerializable(typeof(ScheduleReports.ChangeList))]
internal sealed partial class ScheduleJson : JsonSerializerContext
{
    /// <summary>For a terminal, where "+01:00" should not read "\u002B01:00". Nothing of this goes into a web page.</summary>
    internal static ScheduleJson Readable { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}
