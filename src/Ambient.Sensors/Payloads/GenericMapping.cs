using System.Text.Json.Serialization;

namespace Ambient.Sensors.Payloads;

/// <summary>How to read one quantity out of messages that no decoder knows: an entry of <c>Mapping</c> in configuration and of <c>mapping</c> in <c>decode</c>.</summary>
public sealed record GenericMapping
{
    /// <summary>Filter with <c>+</c> and <c>#</c>; the sensor is named after the topic that matched.</summary>
    public string Topic { get; init; } = "";

    /// <summary>Where the one value stands: <c>$.a.b[0]</c>, <c>a.b</c>, <c>$[?@.n == 'temp'].v</c>; empty for the whole payload, which need not be JSON then.</summary>
    public string Path { get; init; } = "";

    /// <summary>One of <see cref="Quantities.KnownNames"/>.</summary>
    public string Quantity { get; init; } = "";

    /// <summary>Unit of the value after scale and offset; empty for the quantity's own.</summary>
    public string Unit { get; init; } = "";

    /// <summary>Factor on a number, before the offset.</summary>
    public double Scale { get; init; } = 1;

    /// <summary>Added to a number after the factor.</summary>
    public double Offset { get; init; }

    /// <summary>Numbers have a decimal comma: <c>21,5</c>. Then a point in one is a problem, since nobody knows whether it parts thousands.</summary>
    public bool DecimalComma { get; init; }

    /// <summary>Values that mean yes. Empty: true, 1, on, yes and what leaves no doubt (detected, occupied, present, active, triggered), in any letter case.</summary>
    [JsonConverter(typeof(ValueListConverter))]
    public IReadOnlyList<string> True { get; init; } = [];

    /// <summary>Values that mean no. Empty: false, 0, off, no and what leaves no doubt (clear, vacant, absent, inactive, idle), in any letter case.</summary>
    [JsonConverter(typeof(ValueListConverter))]
    public IReadOnlyList<string> False { get; init; } = [];

    /// <summary>For contacts, values that mean open. Empty: open.</summary>
    [JsonConverter(typeof(ValueListConverter))]
    public IReadOnlyList<string> Open { get; init; } = [];

    /// <summary>For contacts, values that mean closed. Empty: closed.</summary>
    [JsonConverter(typeof(ValueListConverter))]
    public IReadOnlyList<string> Closed { get; init; } = [];

    /// <summary>Smallest value that this sensor can report, in the quantity's own unit; null for the quantity's own limit.</summary>
    public double? Min { get; init; }

    /// <summary>Largest value that this sensor can report, in the quantity's own unit; null for the quantity's own limit.</summary>
    public double? Max { get; init; }

    /// <summary>Where the time of the measurement stands, as <see cref="Path"/>: ISO 8601 with an offset, or seconds or milliseconds since 1970. Older than 15 minutes is no fresh evidence. Empty: the message is as fresh as it arrives.</summary>
    public string Timestamp { get; init; } = "";

    /// <summary>What is wrong with it: key, value and what would be right; empty when it is good.</summary>
    public IEnumerable<string> Problems()
    {
        if (!TopicFilter.IsValid(Topic)) yield return $"Topic is '{Topic}'; a topic filter such as building/+/sound would be right";
        if (JsonPath.Parse(Path) is null) yield return $"Path is '{Path}'; a JSONPath such as $.a.b[0] would be right";
        if (JsonPath.Parse(Timestamp) is null) yield return $"Timestamp is '{Timestamp}'; a JSONPath such as $.time would be right";
        if (!Quantities.TryParse(Quantity, out Quantity quantity)) yield return $"Quantity is '{Quantity}'. There are: {Quantities.KnownNames}";
        else if (!UnitConversion.TryConvert(quantity, 0, Unit, out _)) yield return $"Unit is '{Unit}'. There are for {Quantity}: {UnitConversion.KnownUnits(quantity)}";
        if (!double.IsFinite(Scale) || Scale == 0) yield return $"Scale is {Scale}; a number other than 0 would be right";
        if (!double.IsFinite(Offset)) yield return $"Offset is {Offset}; a number would be right";
        if (Min > Max) yield return $"Min is {Min}; at most Max = {Max} would be right";
    }
}
