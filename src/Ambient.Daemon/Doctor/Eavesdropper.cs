using Ambient.Daemon.Configuration;
using Ambient.Sensors;
using Ambient.Sensors.Payloads;

namespace Ambient.Daemon.Doctor;

/// <summary>What arrives on the broker, once a topic: what the configuration makes of it, or the line that would.</summary>
internal sealed class Eavesdropper
{
    private const int MostTopics = 2_000;

    private readonly string _own;
    private readonly List<(IReadOnlyList<string> Filters, IPayloadDecoder Decoder)> _routes;
    private readonly Dictionary<string, Heard> _heard = new(StringComparer.Ordinal);
    private readonly HashSet<string> _devices = new(StringComparer.Ordinal);

    /// <param name="config">The sources to understand messages with; our own topics are passed over.</param>
    public Eavesdropper(AmbientConfig config)
    {
        _own = config.Mqtt.Base + "/";
        _routes = [.. config.SensorSetup.Sources.Select(source => (PayloadCatalog.TopicsOf(source), PayloadCatalog.Create(source)))];
    }

    /// <summary>What was heard of a topic.</summary>
    /// <param name="Topic">Which.</param>
    /// <param name="Understood">Readings as text.</param>
    /// <param name="Problems">What could not be read.</param>
    /// <param name="Configure">Entry of Sensors:Sources that would map it; null where it is understood or says nothing about a room.</param>
    /// <param name="OnlyDevice">Entry that would take this device alone; once a device, and null where the configuration is as narrow already.</param>
    internal sealed record Heard(string Topic, IReadOnlyList<string> Understood, IReadOnlyList<string> Problems, string? Configure, string? OnlyDevice = null);

    /// <summary>How many devices are understood by sources that take in a whole house.</summary>
    public int WideDevices => _devices.Count;

    /// <summary>Takes a message; what is new about its topic, or null.</summary>
    public Heard? Take(string topic, byte[] payload, bool isRetained)
    {
        if (topic.StartsWith(_own, StringComparison.Ordinal) || topic.StartsWith('$')) return null;
        _heard.TryGetValue(topic, out Heard? before);
        if (before is null && _heard.Count >= MostTopics) return null;
        // Here a retained copy is as good as a fresh one: the question is whether it is understood.
        var message = new SensorMessage(topic, payload, IsRetained: false, TimeProvider.System.GetUtcNow());
        var readings = new List<Reading>();
        var problems = new List<string>();
        string? onlyDevice = null;
        foreach (var (filters, decoder) in _routes)
        {
            if (!filters.Any(filter => TopicFilter.Matches(filter, topic))) continue;
            int known = readings.Count;
            decoder.Decode(message, readings, problems);
            if (readings.Count > known && DeviceTopic.Of(decoder.Ecosystem, topic) is { } own && !filters.Contains(own) && _devices.Add(own)) onlyDevice = MappingSuggestion.OnlyDevice(decoder.Ecosystem, topic);
        }

        string[] understood = [.. readings.Select(reading => FormattableString.Invariant($"{Quantities.NameOf(reading.Quantity)} {reading.Value:0.###} {Quantities.UnitOf(reading.Quantity)}").TrimEnd() + (isRetained ? " (retained)" : ""))];
        var heard = new Heard(topic, understood, problems, understood.Length + problems.Count > 0 ? null : MappingSuggestion.For(message), onlyDevice);
        bool isNews = before is null || (before.Understood.Count == 0 && understood.Length > 0);
        if (isNews) _heard[topic] = heard;
        return isNews ? heard : null;
    }
}
