using System.Text.Json;
using NodaTime;
using NodaTime.Text;

namespace Ambient.Daemon.Schedules;

/// <summary>Walks JSON that a person wrote; notes a problem with its path and goes on, so that all are found in one go.</summary>
internal sealed class CheckedJson
{
    private const int LongestShown = 60;

    /// <summary>One line each: path, value, what is allowed.</summary>
    internal List<string> Problems { get; } = [];

    /// <summary>Reads a text with <paramref name="read"/>; null on problems, which then stand in <see cref="Problems"/>.</summary>
    internal T? Read<T>(string json, Func<JsonElement, T> read) where T : class
    {
        T? result = null;
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            result = read(document.RootElement);
        }
        catch (JsonException problem)
        {
            Problems.Add($"line {problem.LineNumber + 1}: not JSON: {problem.Message.Split(" LineNumber:")[0]}");
        }
        catch (InvalidOperationException) // a lone surrogate in a text
        {
            Problems.Add("not JSON: a text has half a character; allowed: whole Unicode characters");
        }

        return Problems.Count == 0 ? result : null;
    }

    internal IEnumerable<(string Key, JsonElement Value)> Members(JsonElement element, string path, string[]? allowed)
    {
        if (element.ValueKind != JsonValueKind.Object)
        {
            Wrong(element, path.Length == 0 ? "The file" : path, "an object in braces");
            yield break;
        }

        var seen = new HashSet<string>();
        foreach (JsonProperty member in element.EnumerateObject())
        {
            string key = path.Length == 0 ? member.Name : $"{path}.{member.Name}";
            if (allowed?.Contains(member.Name) == false) Problems.Add($"{Short(key)} is unknown; allowed: {string.Join(", ", allowed)}");
            else if (!seen.Add(member.Name)) Problems.Add($"{Short(key)} stands twice; allowed: once");
            else yield return (member.Name, member.Value);
        }
    }

    internal IEnumerable<(JsonElement Value, string Path)> Items(JsonElement element, string path)
    {
        if (element.ValueKind == JsonValueKind.Array) return element.EnumerateArray().Select((item, index) => (item, $"{path}[{index}]"));
        Wrong(element, path, "a list in brackets");
        return [];
    }

    internal string? Text(JsonElement element, string path, string allowed)
    {
        if (element.ValueKind == JsonValueKind.String && element.GetString() is { Length: > 0 } text) return text;
        Wrong(element, path, allowed);
        return null;
    }

    internal int? Whole(JsonElement element, string path, int lowest, int highest, string? allowed = null)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetInt32(out int number) && number >= lowest && number <= highest) return number;
        Wrong(element, path, allowed ?? $"{lowest}..{highest}");
        return null;
    }

    internal double? Degrees(JsonElement element, string path, int limit)
    {
        if (element.ValueKind == JsonValueKind.Number && element.TryGetDouble(out double number) && Math.Abs(number) <= limit) return number;
        Wrong(element, path, $"-{limit}..{limit} degrees");
        return null;
    }

    internal LocalDate? Date(JsonElement element, string path)
    {
        const string Allowed = "a date such as 2026-12-24";
        if (Text(element, path, Allowed) is not { } text) return null;
        ParseResult<LocalDate> parsed = LocalDatePattern.Iso.Parse(text);
        if (parsed.Success && parsed.Value.Year is >= 1900 and <= 9000) return parsed.Value;
        Wrong(element, path, Allowed);
        return null;
    }

    internal void Missing(string path, string allowed) => Problems.Add($"{path} is missing; allowed: {allowed}");

    internal void Wrong(JsonElement element, string path, string allowed) => Problems.Add($"{Short(path)} is {Short(element.GetRawText())}; allowed: {allowed}");

    internal static bool Has(JsonElement element, string key) => element.ValueKind == JsonValueKind.Object && element.TryGetProperty(key, out _);

    // Foreign text in one line of a log.
    private static string Short(string text)
    {
        string line = string.Concat(text.ReplaceLineEndings(" ").Select(letter => char.IsControl(letter) ? '?' : letter));
        return line.Length <= LongestShown ? line : line[..LongestShown] + " …";
    }
}
