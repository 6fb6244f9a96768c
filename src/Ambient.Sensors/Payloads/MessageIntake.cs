using System.Threading.Channels;

namespace Ambient.Sensors.Payloads;

/// <summary>Where messages from the broker become readings: routes each to the decoders whose topics match, and hands the readings over.</summary>
/// <remarks>
/// <see cref="Offer"/> may be called from any thread and never waits: the channel drops its oldest readings when nobody takes them.
/// Problems become at most one warning per topic and minute, and only when they begin or change; a topic that was good again warns anew.
/// </remarks>
public sealed class MessageIntake
{
    /// <summary>A few seconds of 500 sensors at 1 Hz.</summary>
    public const int ChannelCapacity = 2_048;

    /// <summary>Topics whose problems are remembered one by one; any others share one memory, so a flood of topics can't fill the memory.</summary>
    private const int MaximumTopics = 1_000;

    private const string OtherTopics = "(other topics)";

    private static readonly TimeSpan WarningInterval = TimeSpan.FromMinutes(1);

    private readonly List<(IReadOnlyList<string> Filters, IPayloadDecoder Decoder)> _routes = [];
    private readonly Action<PayloadWarning> _warn;
    private readonly Channel<Reading> _channel = Channel.CreateBounded<Reading>(
        new BoundedChannelOptions(ChannelCapacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });

    private readonly Lock _lock = new();
    private readonly Dictionary<string, TopicState> _troubled = new(StringComparer.Ordinal);

    /// <summary>Makes the decoders of the configured sources.</summary>
    /// <param name="sources">Which messages to understand.</param>
    /// <param name="warn">Receives warnings, on the thread of <see cref="Offer"/>; must not throw.</param>
    /// <exception cref="ArgumentException">A source makes no sense; the configuration's validation would have said so.</exception>
    public MessageIntake(IEnumerable<SourceConfig> sources, Action<PayloadWarning> warn)
    {
        _warn = warn;
        foreach (SourceConfig source in sources) _routes.Add((PayloadCatalog.TopicsOf(source), PayloadCatalog.Create(source)));
    }

    /// <summary>The readings, oldest first; for one reader.</summary>
    public ChannelReader<Reading> Readings => _channel.Reader;

    /// <summary>Takes a message, whatever it is.</summary>
    public void Offer(in SensorMessage message)
    {
        var readings = new List<Reading>();
        var problems = new List<string>();
        foreach (var (filters, decoder) in _routes)
            foreach (string filter in filters)
                if (TopicFilter.Matches(filter, message.Topic))
                {
                    decoder.Decode(message, readings, problems);
                    break;
                }

        foreach (Reading reading in readings) _channel.Writer.TryWrite(reading);
        if (Judge(message.Topic, message.Time, problems) is { } warning) _warn(warning);
    }

    private PayloadWarning? Judge(string topic, DateTimeOffset time, List<string> problems)
    {
        lock (_lock)
        {
            bool isKnown = _troubled.TryGetValue(topic, out TopicState? state);
            if (problems.Count == 0)
            {
                if (isKnown) state!.Problem = null;
                return null;
            }

            if (!isKnown)
            {
                if (_troubled.Count >= MaximumTopics) topic = OtherTopics;
                if (!_troubled.TryGetValue(topic, out state)) _troubled[topic] = state = new TopicState();
            }

            string problem = string.Join("; ", problems);
            bool isNews = problem != state!.Problem;
            if (!isNews || time - state.LastWarning < WarningInterval)
            {
                state.Suppressed++;
                return null;
            }

            var warning = new PayloadWarning(topic, problem, state.Suppressed);
            (state.Problem, state.LastWarning, state.Suppressed) = (problem, time, 0);
            return warning;
        }
    }

    private sealed class TopicState
    {
        /// <summary>What was last warned of; null when the topic has been good since.</summary>
        public string? Problem { get; set; }

        public DateTimeOffset LastWarning { get; set; } = DateTimeOffset.MinValue;

        public int Suppressed { get; set; }
    }
}
