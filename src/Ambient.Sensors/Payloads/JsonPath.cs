using System.Globalization;
using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>The part of JSONPath (RFC 9535) that names one value: <c>$.a.b[0]</c>, <c>$['a b']</c>; the <c>$.</c> may be left out.</summary>
internal static class JsonPath
{
    /// <summary>Splits a path into names (strings) and indices (ints); the empty path and <c>$</c> are the whole document.</summary>
    /// <returns>Null where it makes no sense.</returns>
    public static IReadOnlyList<object>? Parse(string path)
    {
        var steps = new List<object>();
        int at = path.StartsWith('$') ? 1 : 0;
        while (at < path.Length)
        {
            if (path[at] == '[')
            {
                int end = path.IndexOf(']', at);
                if (end < 0) return null;
                string inside = path[(at + 1)..end].Trim();
                if (inside.Length >= 2 && inside[0] is '\'' or '"' && inside[^1] == inside[0]) steps.Add(inside[1..^1]);
                else if (int.TryParse(inside, NumberStyles.None, CultureInfo.InvariantCulture, out int index)) steps.Add(index);
                else return null;
                at = end + 1;
            }
            else
            {
                if (path[at] == '.') at++;
                else if (at > 0) return null;
                int end = path.AsSpan(at).IndexOfAny('.', '[');
                end = end < 0 ? path.Length : at + end;
                if (end == at) return null;
                steps.Add(path[at..end]);
                at = end;
            }
        }

        return steps;
    }

    /// <summary>Walks the path.</summary>
    /// <returns>False where the document has no such value.</returns>
    public static bool TryFind(JsonElement root, IReadOnlyList<object> steps, out JsonElement found)
    {
        found = root;
        foreach (object step in steps)
        {
            if (step is string name)
            {
                if (found.ValueKind != JsonValueKind.Object || !found.TryGetProperty(name, out found)) return false;
            }
            else
            {
                int index = (int)step;
                if (found.ValueKind != JsonValueKind.Array || index >= found.GetArrayLength()) return false;
                found = found[index];
            }
        }

        return true;
    }

    /// <summary>Whether a name on the way stands there twice with two values: RFC 8259 leaves open which counts.</summary>
    public static bool IsAmbiguous(JsonElement root, IReadOnlyList<object> steps)
    {
        JsonElement at = root;
        for (int i = 0; i < steps.Count; i++)
        {
            if (steps[i] is string name && at.ValueKind == JsonValueKind.Object)
            {
                string? first = null;
                foreach (JsonProperty member in at.EnumerateObject())
                {
                    if (!member.NameEquals(name)) continue;
                    if (first is not null && first != member.Value.GetRawText()) return true;
                    first = member.Value.GetRawText();
                }
            }

            if (!TryFind(at, [steps[i]], out at)) return false;
        }

        return false;
    }
}
