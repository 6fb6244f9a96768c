using System.Globalization;
using System.Text.Json;
using Ambient.Daemon.Cli;

namespace Ambient.Daemon.Room;

/// <summary>One line of a scenario: a message as if it came from the broker, or context set by hand.</summary>
/// <param name="At">From the start.</param>
/// <param name="Topic">Topic; null for context.</param>
/// <param name="Payload">Payload of the topic.</param>
/// <param name="Set">Features by their names in the <c>context</c> topic; null lets one go again.</param>
internal sealed record ScenarioLine(TimeSpan At, string? Topic, string Payload, IReadOnlyDictionary<string, double?> Set);

/// <summary>Reads scenarios: JSON lines <c>{"at":"00:05:00","topic":"…","payload":"…"}</c> and <c>{"at":…,"set":{"occupancy":0.8}}</c>.</summary>
internal static class ScenarioFile
{
    private static readonly Dictionary<string, double?> Nothing = [];

    /// <summary>All lines in the order of their times.</summary>
    /// <exception cref="CliException">The file can't be read, or a line is wrong; names the line.</exception>
    public static IReadOnlyList<ScenarioLine> Read(FileInfo file)
    {
        try
        {
            var lines = new List<ScenarioLine>();
            int number = 0;
            foreach (string text in File.ReadLines(file.FullName))
            {
                number++;
                if (!string.IsNullOrWhiteSpace(text)) lines.Add(Line(text, $"{file}:{number}"));
            }

            return [.. lines.OrderBy(line => line.At)]; // stable: equal times stay in their order
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.NoInput, $"Can't read scenario '{file}': {problem.Message}");
        }
    }

    private static ScenarioLine Line(string text, string where)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(text);
            JsonElement root = json.RootElement;
            if (root.ValueKind != JsonValueKind.Object) throw Wrong(where, "must be a JSON object");
            TimeSpan at = At(root, where);
            if (root.TryGetProperty("set", out JsonElement set)) return new(at, null, "", Features(set, where));
            if (!root.TryGetProperty("topic", out JsonElement topic) || topic.ValueKind != JsonValueKind.String) throw Wrong(where, "needs \"topic\" or \"set\"");
            string payload = root.TryGetProperty("payload", out JsonElement given) ? given.ValueKind == JsonValueKind.String ? given.GetString()! : given.GetRawText() : "";
            return new(at, topic.GetString()!, payload, Nothing);
        }
        catch (JsonException problem)
        {
            throw Wrong(where, $"is no JSON: {problem.Message}");
        }
    }

    private static TimeSpan At(JsonElement root, string where)
    {
        if (!root.TryGetProperty("at", out JsonElement at)) throw Wrong(where, "needs \"at\"");
        if (at.ValueKind == JsonValueKind.Number && at.TryGetDouble(out double seconds) && seconds is >= 0 and < 1e9) return TimeSpan.FromSeconds(seconds);
        if (at.ValueKind == JsonValueKind.String && TimeSpan.TryParse(at.GetString(), CultureInfo.InvariantCulture, out TimeSpan time) && time >= TimeSpan.Zero) return time;
        throw Wrong(where, $"at is {at.GetRawText()}; allowed: hours:minutes:seconds from the start, or seconds");
    }

    private static Dictionary<string, double?> Features(JsonElement set, string where)
    {
        if (set.ValueKind != JsonValueKind.Object) throw Wrong(where, "set must be a JSON object");
        var features = new Dictionary<string, double?>();
        foreach (JsonProperty feature in set.EnumerateObject())
        {
            if (!HandSetContext.Names.Contains(feature.Name)) throw Wrong(where, $"set.{feature.Name} is no feature; allowed: {string.Join(", ", HandSetContext.Names)}");
            features[feature.Name] = feature.Value.ValueKind switch
            {
                JsonValueKind.Number => feature.Value.GetDouble(),
                JsonValueKind.True => 1,
                JsonValueKind.False => 0,
                JsonValueKind.Null => null,
                _ => throw Wrong(where, $"set.{feature.Name} is {feature.Value.GetRawText()}; allowed: a number, or null to let it go"),
            };
        }

        return features;
    }

    private static CliException Wrong(string where, string problem) => new(ExitCodes.NoInput, $"{where}: {problem}");
}
