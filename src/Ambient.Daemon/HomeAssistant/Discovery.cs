using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.HomeAssistant;

/// <summary>Introduces the zone to Home Assistant: at the start, after every reconnect, and whenever Home Assistant says that it was born.</summary>
/// <remarks>A renamed zone takes its old introduction back, so that no dead device stays behind: the last id is kept in the state folder.</remarks>
internal sealed class Discovery
{
    private readonly IMessageSink _sink;
    private readonly string _birthTopic;
    private readonly string _topic;
    private readonly byte[] _payload;

    /// <param name="prefix">Home Assistant's discovery prefix: <c>homeassistant</c>.</param>
    /// <param name="zone">The zone's id.</param>
    /// <param name="payload">See <see cref="DiscoveryPayload"/>.</param>
    /// <param name="sink">Where messages go.</param>
    public Discovery(string prefix, string zone, byte[] payload, IMessageSink sink)
    {
        _sink = sink;
        _birthTopic = $"{prefix}/status";
        _topic = TopicOf(prefix, zone);
        _payload = payload;
    }

    /// <summary>Home Assistant was born and has been told who we are: what is not retained has to be said again.</summary>
    public event Action? Born;

    /// <summary>What to subscribe to.</summary>
    public string Filter => _birthTopic;

    /// <summary>Introduces the zone, and takes back what it was called before.</summary>
    /// <param name="prefix">As at construction.</param>
    /// <param name="stateDirectory">Holds the last id; made when it is missing. A folder that can't be written costs only the taking back.</param>
    public void Announce(string prefix, string stateDirectory)
    {
        string file = Path.Combine(stateDirectory, "home-assistant-topic");
        try
        {
            string? before = File.Exists(file) ? File.ReadAllText(file).Trim() : null;
            if (before is { Length: > 0 } && before != _topic && before.StartsWith($"{prefix}/device/", StringComparison.Ordinal)) _sink.Publish(before, [], retain: true);
            Directory.CreateDirectory(stateDirectory);
            File.WriteAllText(file, _topic);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            // The state folder's own check says so; here only an old name stays behind.
        }

        _sink.Publish(_topic, _payload, retain: true);
    }

    /// <summary>Takes a message if it is Home Assistant's birth or death.</summary>
    public bool TryHandle(MqttMessage message)
    {
        if (message.Topic != _birthTopic) return false;
        // Retained or not: a birth is a birth, and introducing oneself twice does no harm.
        if (!message.Payload.Span.SequenceEqual("online"u8)) return true;
        _sink.Publish(_topic, _payload, retain: true);
        Born?.Invoke();
        return true;
    }

    private static string TopicOf(string prefix, string zone) => $"{prefix}/device/{DiscoveryPayload.IdOf(zone)}/config";
}
