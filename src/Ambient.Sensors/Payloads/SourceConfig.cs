namespace Ambient.Sensors.Payloads;

/// <summary>One kind of messages on the broker: an entry of <c>Sensors:Sources</c>.</summary>
public sealed record SourceConfig
{
    /// <summary>One of <see cref="PayloadCatalog.Names"/>.</summary>
    public string Ecosystem { get; init; } = "zigbee2mqtt";

    /// <summary>Topic filter of the ecosystem; empty for its usual one. <c>generic</c> takes its topics from the mapping.</summary>
    public string Topic { get; init; } = "";

    /// <summary>For <c>generic</c>: what to read from which messages.</summary>
    public IReadOnlyList<GenericMapping> Mapping { get; init; } = [];

    /// <summary>What is wrong with it: key, value and what would be right; empty when it is good.</summary>
    public IEnumerable<string> Problems()
    {
        if (!PayloadCatalog.Knows(Ecosystem)) yield return $"Ecosystem is '{Ecosystem}'. There are: {PayloadCatalog.Names}";
        if (Topic.Length > 0 && !TopicFilter.IsValid(Topic)) yield return $"Topic is '{Topic}'; a topic filter such as zigbee2mqtt/# would be right";
        if (Ecosystem == "generic" && Mapping.Count == 0) yield return "Mapping is empty; generic needs at least one entry";
        for (int i = 0; i < Mapping.Count; i++)
            foreach (string problem in Mapping[i].Problems())
                yield return $"Mapping[{i}].{problem}";
    }
}
