using System.Globalization;

namespace Ambient.Sensors.Payloads;

/// <summary>One metric of a Sparkplug B payload, as far as a sensor needs it.</summary>
internal sealed record SparkplugMetric
{
    private const int Int8 = 1, Int16 = 2, Int32 = 3, Int64 = 4;

    private byte[]? _template;

    public string? Name { get; private set; }

    public ulong? Alias { get; private set; }

    /// <summary>When it was measured, in milliseconds since 1970; 0 where it says none.</summary>
    public ulong Milliseconds { get; private set; }

    public uint DataType { get; private set; }

    public bool IsHistorical { get; private set; }

    public bool IsNull { get; private set; }

    public string? Unit { get; private set; }

    /// <summary>The value as text; null where there is none that a sensor could have.</summary>
    public string? Text { get; private set; }

    /// <summary>Property <c>Quality</c> as OPC has it: 192 good, 0 bad, 500 stale; null where it is not told.</summary>
    public ulong? Quality { get; private set; }

    /// <summary>Whether the value is a Boolean.</summary>
    public bool IsBoolean { get; private set; }

    private ulong WholeNumber { get; set; }

    private bool IsWhole { get; set; }

    /// <summary>The same with what only its birth told: data messages leave out the type, which decides the sign, and the unit.</summary>
    public SparkplugMetric BornAs(SparkplugMetric? birth) =>
        birth is null || DataType != 0 ? this with { Unit = Unit ?? birth?.Unit } : this with { Unit = Unit ?? birth.Unit, DataType = birth.DataType, Text = IsWhole ? Whole(WholeNumber, birth.DataType) : Text };

    /// <summary>Reads all metrics of a payload; null where the bytes are no payload.</summary>
    /// <param name="payload">The bytes.</param>
    /// <param name="milliseconds">When the payload was made, which holds for metrics that tell no time of their own.</param>
    public static List<SparkplugMetric>? ReadAll(ReadOnlySpan<byte> payload, out ulong milliseconds)
    {
        const int PayloadTime = 1, Metrics = 2;
        milliseconds = 0;
        var metrics = new List<SparkplugMetric>();
        var reader = new ProtobufReader(payload);
        while (reader.TryNext())
        {
            if (reader.Field == PayloadTime) milliseconds = reader.Number;
            if (reader.Field != Metrics) continue;
            if (Read(reader.Content) is not { } metric) return null;
            metrics.Add(metric);
            if (!AddMembers(metrics, metric, depth: 0)) return null;
        }

        return reader.IsBroken ? null : metrics;
    }

    /// <summary>The members of a template's instance (Ignition's UDT) as metrics of their own, named <c>instance/member</c>; a definition has no values, and one whose instance goes by alias alone is left out.</summary>
    private static bool AddMembers(List<SparkplugMetric> metrics, SparkplugMetric instance, int depth)
    {
        const int Metrics = 2, IsDefinition = 5, Deepest = 4;
        if (instance._template is null || instance.IsNull || string.IsNullOrEmpty(instance.Name) || depth == Deepest) return true;
        int first = metrics.Count;
        var reader = new ProtobufReader(instance._template);
        while (reader.TryNext())
        {
            if (reader.Field == IsDefinition && reader.Number != 0)
            {
                metrics.RemoveRange(first, metrics.Count - first);
                return true;
            }

            if (reader.Field != Metrics) continue;
            if (Read(reader.Content) is not { } member) return false;
            if (string.IsNullOrEmpty(member.Name)) continue;
            member.Name = $"{instance.Name}/{member.Name}";
            member.Alias = null; // aliases are for the instance
            member.IsHistorical |= instance.IsHistorical;
            if (member.Milliseconds == 0) member.Milliseconds = instance.Milliseconds;
            metrics.Add(member);
            if (!AddMembers(metrics, member, depth + 1)) return false;
        }

        return !reader.IsBroken;
    }

    // Field numbers of sparkplug_b.proto, message Payload.Metric.
    private static SparkplugMetric? Read(ReadOnlySpan<byte> bytes)
    {
        var metric = new SparkplugMetric();
        var reader = new ProtobufReader(bytes);
        (int Field, ulong Number) value = default;
        while (reader.TryNext())
        {
            switch (reader.Field)
            {
                case 1: metric.Name = reader.Text; break;
                case 2: metric.Alias = reader.Number; break;
                case 3: metric.Milliseconds = reader.Number; break;
                case 4: metric.DataType = (uint)reader.Number; break;
                case 5: metric.IsHistorical = reader.Number != 0; break;
                case 7: metric.IsNull = reader.Number != 0; break;
                case 9: metric.SetProperties(reader.Content); break;
                case >= 10 and <= 14: value = (reader.Field, reader.Number); break;
                case 15: metric.Text = reader.Text; break;
                case 18: metric._template = reader.Content.ToArray(); break;
            }
        }

        metric.SetValue(value.Field, value.Number);
        return reader.IsBroken ? null : metric;
    }

    private void SetValue(int field, ulong number)
    {
        IsBoolean = field == 14;
        (IsWhole, WholeNumber) = (field is 10 or 11, number);
        Text = field switch
        {
            10 or 11 => Whole(number, DataType),
            12 => BitConverter.UInt32BitsToSingle((uint)number).ToString(CultureInfo.InvariantCulture),
            13 => BitConverter.UInt64BitsToDouble(number).ToString(CultureInfo.InvariantCulture),
            14 => number != 0 ? "true" : "false",
            _ => Text,
        };
    }

    /// <summary>Signed types travel as unsigned in two's complement.</summary>
    private static string Whole(ulong number, uint dataType) => dataType switch
    {
        Int8 => unchecked((sbyte)number).ToString(CultureInfo.InvariantCulture),
        Int16 => unchecked((short)number).ToString(CultureInfo.InvariantCulture),
        Int32 => unchecked((int)number).ToString(CultureInfo.InvariantCulture),
        Int64 => unchecked((long)number).ToString(CultureInfo.InvariantCulture),
        _ => number.ToString(CultureInfo.InvariantCulture),
    };

    /// <summary>Of a PropertySet: keys (1) and values (2) in parallel; a value's whole number is field 3 or 4, its string field 8.</summary>
    private void SetProperties(ReadOnlySpan<byte> properties)
    {
        int key = 0, unit = -1, quality = -1, value = 0;
        var keys = new ProtobufReader(properties);
        while (keys.TryNext())
        {
            if (keys.Field != 1) continue;
            if (keys.Text is "engUnit" or "Engineering Units" or "unit" or "units") unit = key;
            if (keys.Text is "Quality" or "quality") quality = key;
            key++;
        }

        var values = new ProtobufReader(properties);
        while (values.TryNext())
        {
            if (values.Field != 2) continue;
            var inside = new ProtobufReader(values.Content);
            while (inside.TryNext())
            {
                if (value == unit && inside.Field == 8) Unit = inside.Text;
                if (value == quality && inside.Field is 3 or 4) Quality = inside.Number;
            }

            value++;
        }
    }
}
