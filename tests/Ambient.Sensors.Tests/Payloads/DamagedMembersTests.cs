using System.Text;
using System.Text.Json.Nodes;
using Ambient.Sensors.Payloads;

namespace Ambient.Sensors.Tests.Payloads;

/// <summary>Every member of every JSON message of tests/data, damaged in turn.</summary>
public sealed class DamagedMembersTests
{
    private static readonly string[] Damage = ["null", "\"unavailable\"", "\"NaN\"", "\"1,5\"", "[]", "{}", "\"\"", "-1e300"];

    /// <summary>Is damaged already; becomes an ordinary message without the member that says what is wrong with it.</summary>
    private static readonly string[] Excused = ["no JSON", "zero while it warms up", "all ones on the bus", "by its maker's name", "nobody knows what it changes", "does not answer", "half a day before", "a member twice"];

    [Theory]
    [InlineData("messages.jsonl")]
    [InlineData("messages-public.jsonl")]
    [InlineData("messages-public-2.jsonl")]
    [InlineData("messages-public-3.jsonl")]
    public void A_damaged_member_takes_readings_away_and_never_adds_one(string file)
    {
        var wrong = new List<string>();
        int damaged = 0;
        foreach (string line in File.ReadLines(Path.Combine(AppContext.BaseDirectory, "data", file)))
        {
            JsonNode message = JsonNode.Parse(line)!;
            (string ecosystem, string topic) = (message["ecosystem"]!.GetValue<string>(), message["topic"]!.GetValue<string>());
            if (message["payload"]?.GetValue<string>() is not { } payload || !payload.StartsWith('{') || Excused.Any(reason => message["source"]?.GetValue<string>().Contains(reason, StringComparison.Ordinal) == true)) continue;
            HashSet<(Quantity, double)> whole = [.. Decode(ecosystem, topic, payload)];
            foreach (object[] path in Members(JsonNode.Parse(payload)!, []))
                foreach (string value in Damage)
                {
                    string text = With(JsonNode.Parse(payload)!, path, JsonNode.Parse(value));
                    damaged++;
                    foreach ((Quantity, double) reading in Decode(ecosystem, topic, text))
                        if (!whole.Contains(reading)) wrong.Add($"{ecosystem} {topic} {reading} from {text}");
                }
        }

        Assert.True(wrong.Count == 0, string.Join(Environment.NewLine, wrong));
        Assert.InRange(damaged, 1_000, 100_000);
    }

    private static IEnumerable<(Quantity, double)> Decode(string ecosystem, string topic, string payload)
    {
        var readings = new List<Reading>();
        PayloadCatalog.Create(new SourceConfig { Ecosystem = ecosystem }).Decode(new SensorMessage(topic, Encoding.UTF8.GetBytes(payload), false, Some.Noon), readings, new List<string>());
        return readings.Select(reading => (reading.Quantity, Math.Round(reading.Value, 6))); // tempf is tempc but for a rounding
    }

    /// <summary>Paths to every member, the ones that hold others included.</summary>
    private static IEnumerable<object[]> Members(JsonNode? node, object[] path)
    {
        if (path.Length > 0) yield return path;
        IEnumerable<(object Key, JsonNode? Value)> inside = node switch
        {
            JsonObject members => members.Select(member => ((object)member.Key, member.Value)),
            JsonArray items => items.Select((item, i) => ((object)i, item)),
            _ => [],
        };
        foreach (var (key, value) in inside)
            foreach (object[] member in Members(value, [.. path, key])) yield return member;
    }

    private static string With(JsonNode root, object[] path, JsonNode? value)
    {
        JsonNode at = root;
        foreach (object step in path[..^1]) at = step is string name ? at[name]! : at[(int)step]!;
        if (path[^1] is string last) at[last] = value;
        else at[(int)path[^1]] = value;
        return root.ToJsonString();
    }
}
