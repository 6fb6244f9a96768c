using System.Runtime.InteropServices;
using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>JSONPath (RFC 9535) without its functions: <c>$.a.b[0]</c>, <c>$['a b']</c>, <c>$[-1]</c>, <c>$..lux</c>, <c>$[?@.n == 'temp'].v</c>; the <c>$.</c> may be left out.</summary>
/// <param name="Segments">The steps from the document down; none for the whole document.</param>
internal sealed record JsonPath(IReadOnlyList<JsonPath.Segment> Segments)
{
    /// <summary>No sensor's message has more: what would go on, <c>$..*..*</c> on a hostile document, counts as more values than one.</summary>
    private const int MostValues = 10_000;

    /// <summary>Whether it is the whole document.</summary>
    public bool IsWhole => Segments.Count == 0;

    /// <summary>Whether it can only ever name one value.</summary>
    public bool IsSingular => Segments.All(segment => !segment.Descends && segment.Selectors is [NameSelector or IndexSelector]);

    /// <summary>Reads a path.</summary>
    /// <returns>Null where it makes no sense.</returns>
    public static JsonPath? Parse(string path) => new JsonPathParser(path).Parse();

    /// <summary>Walks the path.</summary>
    /// <param name="node">Where it starts: <c>$</c>, or <c>@</c> in a filter.</param>
    /// <param name="root">The document.</param>
    /// <param name="value">The first value.</param>
    /// <returns>How many values there are: 0, 1 or more; a name that stands there twice with two values is two, since RFC 8259 leaves open which counts.</returns>
    public int Find(JsonElement node, JsonElement root, out JsonElement value)
    {
        List<JsonElement> found = [node];
        foreach (Segment segment in Segments)
        {
            List<JsonElement> next = [];
            foreach (JsonElement at in CollectionsMarshal.AsSpan(found))
            {
                segment.Select(at, root, next);
                if (next.Count > MostValues) break;
            }

            found = next;
        }

        value = found.Count > 0 ? found[0] : default;
        return found.Count;
    }

    /// <summary>A step of the path.</summary>
    /// <param name="Descends">Whether it looks at everything below as well: <c>..</c>.</param>
    /// <param name="Selectors">What it takes.</param>
    internal sealed record Segment(bool Descends, IReadOnlyList<Selector> Selectors)
    {
        /// <summary>Adds what it takes of a node.</summary>
        public void Select(JsonElement node, JsonElement root, List<JsonElement> found)
        {
            if (found.Count > MostValues) return;
            foreach (Selector selector in Selectors) selector.Select(node, root, found);
            if (!Descends) return;
            foreach (JsonElement child in Children(node)) Select(child, root, found);
        }
    }

    /// <summary>What a step takes of a node.</summary>
    internal abstract record Selector
    {
        /// <summary>Adds it.</summary>
        public abstract void Select(JsonElement node, JsonElement root, List<JsonElement> found);
    }

    /// <summary>A member: <c>.a</c>, <c>['a b']</c>.</summary>
    internal sealed record NameSelector(string Name) : Selector
    {
        /// <inheritdoc/>
        public override void Select(JsonElement node, JsonElement root, List<JsonElement> found)
        {
            if (node.ValueKind != JsonValueKind.Object) return;
            int first = found.Count;
            foreach (JsonProperty member in node.EnumerateObject())
            {
                if (!member.NameEquals(Name)) continue;
                if (found.Count == first || found[first].GetRawText() != member.Value.GetRawText()) found.Add(member.Value);
            }
        }
    }

    /// <summary>An element: <c>[0]</c>, or from the end, <c>[-1]</c>.</summary>
    internal sealed record IndexSelector(int Index) : Selector
    {
        /// <inheritdoc/>
        public override void Select(JsonElement node, JsonElement root, List<JsonElement> found)
        {
            if (node.ValueKind != JsonValueKind.Array) return;
            int length = node.GetArrayLength(), index = Index < 0 ? length + Index : Index;
            if (index >= 0 && index < length) found.Add(node[index]);
        }
    }

    /// <summary>Elements: <c>[1:3]</c>, <c>[::-1]</c>.</summary>
    internal sealed record SliceSelector(int? Start, int? End, int Step) : Selector
    {
        /// <inheritdoc/>
        public override void Select(JsonElement node, JsonElement root, List<JsonElement> found)
        {
            if (node.ValueKind != JsonValueKind.Array || Step == 0) return;
            long length = node.GetArrayLength();
            bool isForward = Step > 0;
            long low = isForward ? 0 : -1, high = isForward ? length : length - 1;
            long start = Start is { } s ? Math.Clamp(s < 0 ? length + s : s, low, high) : isForward ? low : high;
            long end = End is { } e ? Math.Clamp(e < 0 ? length + e : e, low, high) : isForward ? high : low;
            for (long i = start; isForward ? i < end : i > end; i += Step) found.Add(node[(int)i]);
        }
    }

    /// <summary>Everything directly below: <c>*</c>.</summary>
    internal sealed record WildcardSelector : Selector
    {
        /// <inheritdoc/>
        public override void Select(JsonElement node, JsonElement root, List<JsonElement> found) => found.AddRange(Children(node));
    }

    /// <summary>What is directly below and meets a condition: <c>?@.n == 'temp'</c>.</summary>
    internal sealed record FilterSelector(JsonPathCondition Condition) : Selector
    {
        /// <inheritdoc/>
        public override void Select(JsonElement node, JsonElement root, List<JsonElement> found) => found.AddRange(Children(node).Where(child => Condition.Holds(child, root)));
    }

    private static IEnumerable<JsonElement> Children(JsonElement node) => node.ValueKind switch
    {
        JsonValueKind.Object => node.EnumerateObject().Select(member => member.Value),
        JsonValueKind.Array => node.EnumerateArray(),
        _ => [],
    };
}
