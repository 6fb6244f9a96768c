using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ambient.Daemon.State;

/// <summary>Who changed what when, and what sounds since.</summary>
/// <param name="At">When, with the site's offset.</param>
/// <param name="By">Who, as far as the command said.</param>
/// <param name="Change">The command, such as <c>lobby/override/set</c>.</param>
/// <param name="Value">What was sent, at most <see cref="AuditTrail.LongestValue"/> characters of it.</param>
/// <param name="Result">What sounds from then on, in words.</param>
/// <param name="Skipped">Changes just before this one that came too fast to be written down.</param>
public sealed record AuditEntry(DateTimeOffset At, string By, string Change, string Value, string Result, int Skipped = 0);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditEntry))]
[JsonSerializable(typeof(AuditReport))]
internal sealed partial class AuditJson : JsonSerializerContext
{
    /// <summary>For a terminal, where "+01:00" should not read "\u002B01:00". Nothing of this goes into a web page.</summary>
    internal static AuditJson Readable { get; } = new(new JsonSerializerOptions { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
}

/// <summary>What <c>audit --json</c> prints.</summary>
internal sealed record AuditReport(string Folder, IReadOnlyList<AuditEntry> Entries, int Unreadable);
