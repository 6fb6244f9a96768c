using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>Any messages, by a mapping that the owner wrote.</summary>
internal sealed class Generic : IPayloadDecoder
{
    private static readonly string[] Yes = ["true", "1", "on", "yes"];
    private static readonly string[] No = ["false", "0", "off", "no"];
    private static readonly string[] Online = [.. Yes, "online"];
    private static readonly string[] Offline = [.. No, "offline"];
    private static readonly string[] OpenWords = ["open"];
    private static readonly string[] ClosedWords = ["closed"];

    private readonly List<Entry> _entries = [];

    /// <summary>Takes a mapping.</summary>
    /// <exception cref="ArgumentException">It makes no sense; <see cref="GenericMapping.Problems"/> says why.</exception>
    public Generic(IReadOnlyList<GenericMapping> mapping)
    {
        foreach (GenericMapping entry in mapping)
        {
            string problems = string.Join("; ", entry.Problems());
            if (problems.Length > 0) throw new ArgumentException($"mapping: {problems}.", nameof(mapping));
            _ = Quantities.TryParse(entry.Quantity, out Quantity quantity);
            _entries.Add(new(entry, quantity, JsonPath.Parse(entry.Path)!, JsonPath.Parse(entry.Timestamp)!));
        }
    }

    /// <inheritdoc/>
    public string Ecosystem => "generic";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        if (message.Payload.IsEmpty) return; // a retained message that was taken away
        string topic = message.Topic;
        var matching = _entries.FindAll(entry => TopicFilter.Matches(entry.Mapping.Topic, topic) && !IsRequest(entry.Mapping.Topic, topic));
        var body = new MessageBody(message, readings, problems);
        if (matching.Exists(entry => entry.Path.IsWhole) && body.TryGetText(out string text))
            foreach (Entry entry in matching)
                if (entry.Path.IsWhole) Read(body, topic, entry.Mapping, entry.Quantity, Unquoted(text));

        if (matching.TrueForAll(entry => entry.Path.IsWhole)) return;
        body.ReadJson(json =>
        {
            foreach (Entry entry in matching)
                if (!entry.Path.IsWhole) ReadAt(body, topic, entry, json);
        });
    }

    /// <summary>What others ask of a device, or say about it: caught by a wildcard, never by a mapping that names it.</summary>
    private static bool IsRequest(string filter, string topic)
    {
        int slash = topic.LastIndexOf('/');
        return slash >= 0 && topic[(slash + 1)..] is "set" or "get" or "command" or "cmd" or "config" && !filter.EndsWith(topic[slash..], StringComparison.Ordinal);
    }

    private static void ReadAt(MessageBody body, string topic, Entry entry, JsonElement json)
    {
        (GenericMapping mapping, Quantity quantity, JsonPath path, JsonPath timestamp) = entry;
        int count = path.Find(json, json, out JsonElement value);
        // A message without the value is another message on the same topic, not a fault.
        if (count == 0 || (count == 1 && value.ValueKind == JsonValueKind.Null) || IsStale(body, mapping, timestamp, json)) return;
        if (count > 1)
            body.Problem($"{mapping.Path} has several values; one would be right");
        else if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
            body.Problem($"{mapping.Path} is {MessageBody.Shorten(value.GetRawText())}; one value would be right");
        else
            Read(body, topic, mapping, quantity, value.ToString());
    }

    private static bool IsStale(MessageBody body, GenericMapping mapping, JsonPath timestamp, JsonElement json)
    {
        if (timestamp.IsWhole) return false;
        if (timestamp.Find(json, json, out JsonElement time) == 1 && Payloads.Timestamp.TryRead(time, out DateTimeOffset measured)) return body.IsStale(measured, mapping.Timestamp);
        body.Problem($"{mapping.Timestamp} is no time; ISO 8601 with an offset, or seconds or milliseconds since 1970 would be right");
        return true;
    }

    private static void Read(MessageBody body, string sensor, GenericMapping mapping, Quantity quantity, string value)
    {
        if (Quantities.IsBinary(quantity))
        {
            ReadYesOrNo(body, sensor, mapping, quantity, value);
            return;
        }

        string name = mapping.Path.Length > 0 ? mapping.Path : "payload";
        string text = value.Trim();
        bool isMixed = mapping.DecimalComma && text.Contains('.', StringComparison.Ordinal);
        if (isMixed || !MessageBodyValues.TryNumber(mapping.DecimalComma ? text.Replace(',', '.') : text, out double number))
        {
            body.Problem($"{name} is {MessageBody.Shorten(value)}; a number with a decimal {(mapping.DecimalComma ? "comma" : "point")} would be right");
            return;
        }

        _ = UnitConversion.TryConvert(quantity, number * mapping.Scale + mapping.Offset, mapping.Unit, out double converted);
        if (converted < mapping.Min || converted > mapping.Max)
            body.Problem(FormattableString.Invariant($"{Quantities.NameOf(quantity)} is {converted}; the mapping allows {mapping.Min} to {mapping.Max}"));
        else
            body.Add(sensor, quantity, converted);
    }

    private static void ReadYesOrNo(MessageBody body, string sensor, GenericMapping mapping, Quantity quantity, string value)
    {
        bool isContact = quantity == Quantity.Contact;
        // What "true" means for a contact differs between makers: only words that say it are believed by default.
        bool isLastWill = quantity == Quantity.Available;
        IReadOnlyList<string> yes = isContact ? Chosen(mapping.Open, mapping.True, OpenWords) : Chosen(mapping.True, [], isLastWill ? Online : Yes);
        IReadOnlyList<string> no = isContact ? Chosen(mapping.Closed, mapping.False, ClosedWords) : Chosen(mapping.False, [], isLastWill ? Offline : No);
        if (Means(yes, value)) body.Add(sensor, quantity, 1);
        else if (Means(no, value)) body.Add(sensor, quantity, 0);
        else if (mapping.True.Count + mapping.False.Count == 0 && !isContact && !isLastWill && MessageBodyValues.YesOrNo(quantity, value) is { } isYes) body.Add(sensor, quantity, isYes ? 1 : 0);
        else body.Problem($"{Quantities.NameOf(quantity)} is {MessageBody.Shorten(value)}; one of {string.Join(", ", yes.Concat(no))} would be right");
    }

    /// <summary>As written, in any letter case; numbers by value, so that 1.0 is the 1 of the mapping.</summary>
    private static bool Means(IReadOnlyList<string> meanings, string value) =>
        meanings.Contains(value.Trim(), StringComparer.OrdinalIgnoreCase)
        || (MessageBodyValues.TryNumber(value.Trim(), out double number) && meanings.Any(meaning => MessageBodyValues.TryNumber(meaning, out double known) && known == number));

    private static IReadOnlyList<string> Chosen(IReadOnlyList<string> first, IReadOnlyList<string> second, IReadOnlyList<string> otherwise) =>
        first.Count > 0 ? first : second.Count > 0 ? second : otherwise;

    /// <summary>A whole payload may be a JSON string: <c>"ON"</c>.</summary>
    private static string Unquoted(string text) => text.Length >= 2 && text[0] == '"' && text[^1] == '"' ? text[1..^1] : text;

    private sealed record Entry(GenericMapping Mapping, Quantity Quantity, JsonPath Path, JsonPath Timestamp);
}
