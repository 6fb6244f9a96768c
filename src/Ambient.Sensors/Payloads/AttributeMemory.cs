using System.Collections.Concurrent;

namespace Ambient.Sensors.Payloads;

/// <summary>What messages said about other messages (unit, class, format), by topic; bounded, so that a flood of topics can't fill the memory.</summary>
internal sealed class AttributeMemory
{
    private const int Most = 20_000;

    private readonly ConcurrentDictionary<string, string> _values = new(StringComparer.Ordinal);

    /// <summary>What is known, or null.</summary>
    public string? this[string topic] => _values.GetValueOrDefault(topic);

    /// <summary>Remembers; new topics beyond the bound are forgotten at once.</summary>
    public void Set(string topic, string value)
    {
        if (value.Length <= 256 && (_values.Count < Most || _values.ContainsKey(topic))) _values[topic] = value;
    }
}
