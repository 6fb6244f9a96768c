using System.Globalization;
using System.Text;
using System.Text.Json;
using Scalar = Ambient.Sensors.Payloads.JsonPathCondition.Scalar;

namespace Ambient.Sensors.Payloads;

/// <summary>Reads a JSONPath from left to right; every part is null where it makes no sense.</summary>
internal sealed class JsonPathParser(string text)
{
    private static readonly string[] Operators = ["==", "!=", "<=", ">=", "<", ">"];

    private int _at;
    private int _depth;

    /// <summary>The whole text.</summary>
    public JsonPath? Parse()
    {
        List<JsonPath.Segment> segments = [];
        bool isRooted = Take("$");
        if (!isRooted && _at < text.Length && text[_at] is not ('.' or '['))
        {
            if (Name(isInFilter: false) is not { } first) return null;
            segments.Add(new(false, [first]));
        }

        return Segments(segments, isInFilter: false) && _at == text.Length ? new JsonPath(segments) : null;
    }

    private bool Segments(List<JsonPath.Segment> segments, bool isInFilter)
    {
        while (_at < text.Length && text[_at] is '.' or '[')
        {
            bool descends = Take(".."), isName = !descends && Take(".");
            IReadOnlyList<JsonPath.Selector>? selectors = !isName && Take("[") ? Bracket() : Name(isInFilter) is { } name ? [name] : null;
            if (selectors is null) return false;
            segments.Add(new(descends, selectors));
        }

        return true;
    }

    /// <summary>What stands behind a dot: anything up to the next step, in a filter a word.</summary>
    private JsonPath.Selector? Name(bool isInFilter)
    {
        int start = _at;
        while (_at < text.Length && (isInFilter ? char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '-' or ':' or '*' : text[_at] is not ('.' or '['))) _at++;
        string name = text[start.._at];
        return name.Length == 0 || name.EndsWith("()", StringComparison.Ordinal) ? null : name == "*" ? new JsonPath.WildcardSelector() : new JsonPath.NameSelector(name);
    }

    private List<JsonPath.Selector>? Bracket()
    {
        List<JsonPath.Selector> selectors = [];
        do
        {
            SkipSpace();
            if (Selector() is not { } selector) return null;
            selectors.Add(selector);
            SkipSpace();
        }
        while (Take(","));
        return Take("]") ? selectors : null;
    }

    private JsonPath.Selector? Selector()
    {
        if (_at == text.Length) return null;
        if (text[_at] is '\'' or '"') return Quoted() is { } name ? new JsonPath.NameSelector(name) : null;
        if (Take("*")) return new JsonPath.WildcardSelector();
        if (Take("?")) return Either() is { } condition ? new JsonPath.FilterSelector(condition) : null;
        int start = _at;
        while (_at < text.Length && text[_at] is not (',' or ']')) _at++;
        string[] parts = text[start.._at].Split(':', StringSplitOptions.TrimEntries);
        var numbers = new int?[3];
        for (int i = 0; i < parts.Length; i++)
        {
            if (i > 2) return null;
            if (parts[i].Length == 0 && parts.Length > 1) continue;
            if (!int.TryParse(parts[i], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number)) return null;
            numbers[i] = number;
        }

        return parts.Length == 1 ? new JsonPath.IndexSelector(numbers[0]!.Value) : new JsonPath.SliceSelector(numbers[0], numbers[1], numbers[2] ?? 1);
    }

    private JsonPathCondition? Either() => Joined("||", Both) is { } parts ? parts.Count == 1 ? parts[0] : new JsonPathCondition.Any(parts) : null;

    private JsonPathCondition? Both() => Joined("&&", Single) is { } parts ? parts.Count == 1 ? parts[0] : new JsonPathCondition.All(parts) : null;

    private List<JsonPathCondition>? Joined(string sign, Func<JsonPathCondition?> part)
    {
        List<JsonPathCondition> parts = [];
        do
        {
            SkipSpace();
            if (part() is not { } condition) return null;
            parts.Add(condition);
            SkipSpace();
        }
        while (Take(sign));
        return parts;
    }

    private JsonPathCondition? Single()
    {
        // Nobody writes more brackets than that, and a stack has an end.
        if (++_depth > 64) return null;
        JsonPathCondition? condition;
        if (Take("!"))
        {
            SkipSpace();
            condition = Single() is { } part ? new JsonPathCondition.Not(part) : null;
        }
        else if (Take("("))
        {
            condition = Either();
            SkipSpace();
            if (!Take(")")) condition = null;
        }
        else
        {
            condition = Comparison();
        }

        _depth--;
        return condition;
    }

    private JsonPathCondition? Comparison()
    {
        if (Side() is not { } left) return null;
        SkipSpace();
        if (Array.Find(Operators, Take) is not { } sign) return left.Path is null ? null : new JsonPathCondition.Exists(left);
        SkipSpace();
        // Of several values nobody could say which one is compared.
        return Side() is { } right && left.Path is not { IsSingular: false } && right.Path is not { IsSingular: false } ? new JsonPathCondition.Compares(left, sign, right) : null;
    }

    private JsonPathCondition.Operand? Side()
    {
        if (_at == text.Length) return null;
        if (text[_at] is '@' or '$')
        {
            bool isRoot = text[_at++] == '$';
            List<JsonPath.Segment> segments = [];
            return Segments(segments, isInFilter: true) ? new(default, new JsonPath(segments), isRoot) : null;
        }

        if (text[_at] is '\'' or '"') return Quoted() is { } words ? new(new Scalar(JsonValueKind.String, 0, words)) : null;
        int start = _at;
        while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] is '-' or '+' or '.')) _at++;
        string word = text[start.._at];
        return word switch
        {
            "true" => new(new Scalar(JsonValueKind.True)),
            "false" => new(new Scalar(JsonValueKind.False)),
            "null" => new(new Scalar(JsonValueKind.Null)),
            _ => MessageBodyValues.TryNumber(word, out double number) ? new(new Scalar(JsonValueKind.Number, number)) : null,
        };
    }

    private string? Quoted()
    {
        char quote = text[_at++];
        var words = new StringBuilder();
        while (_at < text.Length)
        {
            char c = text[_at++];
            if (c == quote) return words.ToString();
            if (c == '\\')
            {
                if (_at == text.Length) return null;
                c = text[_at++];
                if (c == 'u')
                {
                    if (_at + 4 > text.Length || !ushort.TryParse(text.AsSpan(_at, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code)) return null;
                    _at += 4;
                    c = (char)code;
                }
                else
                {
                    int index = "bfnrt".IndexOf(c, StringComparison.Ordinal);
                    if (index >= 0) c = "\b\f\n\r\t"[index];
                    else if (c is not ('\'' or '"' or '\\' or '/')) return null;
                }
            }

            words.Append(c);
        }

        return null;
    }

    private bool Take(string sign)
    {
        if (string.CompareOrdinal(text, _at, sign, 0, sign.Length) != 0) return false;
        _at += sign.Length;
        return true;
    }

    private void SkipSpace()
    {
        while (_at < text.Length && text[_at] is ' ' or '\t' or '\r' or '\n') _at++;
    }
}
