namespace Ambient.Sensors.Payloads;

/// <summary>Every ecosystem whose messages are understood. A new one is a file in this folder and a line here.</summary>
public static class PayloadCatalog
{
    private static readonly Dictionary<string, (string[] Topics, Func<SourceConfig, IPayloadDecoder> Create)> Ecosystems = new(StringComparer.Ordinal)
    {
        ["chirpstack"] = (ChirpStack.Topics, _ => new ChirpStack()),
        ["esphome"] = (Esphome.Topics, _ => new Esphome("esphome")),
        ["everything-presence-one"] = (Esphome.Topics, _ => new Esphome("everything-presence-one")),
        ["generic"] = ([], source => new Generic(source.Mapping)),
        ["ha-statestream"] = (HomeAssistantStatestream.Topics, _ => new HomeAssistantStatestream()),
        ["homie"] = (Homie.Topics, _ => new Homie()),
        ["ruuvi-gateway"] = (RuuviGateway.Topics, _ => new RuuviGateway()),
        ["shelly-gen1"] = (ShellyGen1.Topics, _ => new ShellyGen1()),
        ["shelly-gen2"] = (ShellyGen2.Topics, _ => new ShellyGen2()),
        ["sparkplug-b"] = (SparkplugB.Topics, _ => new SparkplugB()),
        ["tasmota"] = (Tasmota.Topics, _ => new Tasmota()),
        ["theengs"] = (Theengs.Topics, _ => new Theengs()),
        ["ttn"] = (Ttn.Topics, _ => new Ttn()),
        ["zigbee2mqtt"] = (Zigbee2Mqtt.Topics, source => new Zigbee2Mqtt(source.Topic.Length > 0 ? source.Topic : Zigbee2Mqtt.Topics[0])),
    };

    /// <summary>What <see cref="SourceConfig.Ecosystem"/> may be, for messages.</summary>
    public static string Names { get; } = string.Join(", ", Ecosystems.Keys.Order(StringComparer.Ordinal));

    /// <summary>Whether there is such an ecosystem.</summary>
    public static bool Knows(string ecosystem) => Ecosystems.ContainsKey(ecosystem);

    /// <summary>Makes a decoder.</summary>
    /// <exception cref="ArgumentException">No such ecosystem, or its mapping makes no sense.</exception>
    public static IPayloadDecoder Create(SourceConfig source) => Ecosystems.TryGetValue(source.Ecosystem, out var known)
        ? known.Create(source)
        : throw new ArgumentException($"No ecosystem is called '{source.Ecosystem}'. There are: {Names}.", nameof(source));

    /// <summary>The topic filters whose messages the decoder of <paramref name="source"/> wants.</summary>
    public static IReadOnlyList<string> TopicsOf(SourceConfig source)
    {
        if (source.Topic.Length > 0) return source.Ecosystem == "zigbee2mqtt" ? Zigbee2Mqtt.TopicsOf(source.Topic) : [source.Topic];
        string[] usual = Ecosystems[source.Ecosystem].Topics;
        return usual.Length > 0 ? usual : [.. source.Mapping.Select(entry => entry.Topic).Distinct()];
    }
}
