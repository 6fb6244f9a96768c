using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>The condition of a JSONPath filter.</summary>
internal abstract record JsonPathCondition
{
    /// <summary>Whether it holds for a node.</summary>
    /// <param name="node"><c>@</c>.</param>
    /// <param name="root"><c>$</c>.</param>
    public abstract bool Holds(JsonElement node, JsonElement root);

    /// <summary><c>&amp;&amp;</c>.</summary>
    internal sealed record All(IReadOnlyList<JsonPathCondition> Parts) : JsonPathCondition
    {
        /// <inheritdoc/>
        public override bool Holds(JsonElement node, JsonElement root) => Parts.All(part => part.Holds(node, root));
    }

    /// <summary><c>||</c>.</summary>
    internal sealed record Any(IReadOnlyList<JsonPathCondition> Parts) : JsonPathCondition
    {
        /// <inheritdoc/>
        public override bool Holds(JsonElement node, JsonElement root) => Parts.Any(part => part.Holds(node, root));
    }

    /// <summary><c>!</c>.</summary>
    internal sealed record Not(JsonPathCondition Part) : JsonPathCondition
    {
        /// <inheritdoc/>
        public override bool Holds(JsonElement node, JsonElement root) => !Part.Holds(node, root);
    }

    /// <summary>There is such a value: <c>@.a</c>.</summary>
    internal sealed record Exists(Operand Query) : JsonPathCondition
    {
        /// <inheritdoc/>
        public override bool Holds(JsonElement node, JsonElement root) => Query.Count(node, root) > 0;
    }

    /// <summary>Two values compare: <c>@.n == 'temp'</c>.</summary>
    internal sealed record Compares(Operand Left, string Operator, Operand Right) : JsonPathCondition
    {
        /// <inheritdoc/>
        public override bool Holds(JsonElement node, JsonElement root)
        {
            Scalar left = Left.Value(node, root), right = Right.Value(node, root);
            return Operator switch
            {
                "==" => left == right,
                "!=" => left != right,
                "<" => left.IsBelow(right),
                ">" => right.IsBelow(left),
                "<=" => left == right || left.IsBelow(right),
                _ => left == right || right.IsBelow(left),
            };
        }
    }

    /// <summary>One side of a comparison.</summary>
    /// <param name="Literal">A value that stands there, unless there is a path.</param>
    /// <param name="Path">A path.</param>
    /// <param name="FromRoot">Whether it starts with <c>$</c> rather than <c>@</c>.</param>
    internal sealed record Operand(Scalar Literal, JsonPath? Path = null, bool FromRoot = false)
    {
        /// <summary>How many values a path has.</summary>
        public int Count(JsonElement node, JsonElement root) => Path!.Find(FromRoot ? root : node, root, out _);

        /// <summary>The value; nothing where there is none, or no telling which.</summary>
        public Scalar Value(JsonElement node, JsonElement root) =>
            Path is null ? Literal : Path.Find(FromRoot ? root : node, root, out JsonElement value) == 1 ? Scalar.Of(value) : default;
    }

    /// <summary>A value to compare; the default is nothing.</summary>
    internal readonly record struct Scalar(JsonValueKind Kind, double Number = 0, string Text = "")
    {
        /// <summary>Takes it from a document; objects and arrays are equal where they are written the same.</summary>
        public static Scalar Of(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Number => new(JsonValueKind.Number, value.GetDouble()),
            JsonValueKind.String => new(JsonValueKind.String, 0, value.GetString()!),
            JsonValueKind.Object or JsonValueKind.Array => new(value.ValueKind, 0, value.GetRawText()),
            _ => new(value.ValueKind),
        };

        /// <summary>Numbers and strings have an order, each among themselves.</summary>
        public bool IsBelow(Scalar other) =>
            Kind == other.Kind && (Kind == JsonValueKind.Number ? Number < other.Number : Kind == JsonValueKind.String && string.CompareOrdinal(Text, other.Text) < 0);
    }
}
