using System.Text;
using Ambient.Daemon.Control;

namespace Ambient.Daemon.Mqtt;

/// <summary>What a flood may cost: sorts messages into orders and the rest, each topic at a bounded rate, so that no sender crowds out another.</summary>
/// <remarks>MQTT thread. Memory is bounded whatever comes.</remarks>
internal sealed class InboundLimits
{
    /// <summary>Orders a second and topic that are carried out; a person at a slider sends about ten.</summary>
    public const int OrdersPerSecond = 20;

    /// <summary>Orders that one topic may bring at once: a supervisor that sets all fourteen priorities, twice.</summary>
    public const int OrderBurst = 40;

    /// <summary>Other messages a second and topic; a chatty sensor sends ten.</summary>
    public const int OthersPerSecond = 50;

    /// <summary>Other messages that one topic may bring at once.</summary>
    public const int OtherBurst = 200;

    private readonly MqttTopics _topics;
    private readonly RateLimitedWarning _warning;
    private readonly TopicLimiter _orders;
    private readonly TopicLimiter _others;

    /// <param name="topics">Tells an order from the rest.</param>
    /// <param name="time">Measures rates.</param>
    /// <param name="warning">Says which topic is too fast.</param>
    /// <param name="order">Takes orders.</param>
    /// <param name="other">Takes everything else.</param>
    public InboundLimits(MqttTopics topics, TimeProvider time, RateLimitedWarning warning, Action<MqttMessage> order, Action<MqttMessage> other)
    {
        (_topics, _warning) = (topics, warning);
        _orders = new TopicLimiter(time, OrdersPerSecond, OrderBurst, order);
        _others = new TopicLimiter(time, OthersPerSecond, OtherBurst, other);
    }

    /// <summary>Messages that a newer one of their topic replaced.</summary>
    public long ReplacedCount => _orders.ReplacedCount + _others.ReplacedCount;

    /// <summary>Whether <see cref="Release"/> should be called soon.</summary>
    public bool IsWaiting => _orders.IsWaiting || _others.IsWaiting;

    /// <summary>Passes a message on, now or when its topic's turn comes.</summary>
    public void Take(MqttMessage message)
    {
        bool isOrder = _topics.IsOrder(message.Topic, out string command);
        string key = isOrder && command.StartsWith("override/", StringComparison.Ordinal) ? $"{message.Topic} {SubjectOf(message, command)}" : message.Topic;
        if ((isOrder ? _orders : _others).Take(key, message)) return;
        _warning.Warn(message.Topic, $"{message.Topic}: more than {(isOrder ? OrdersPerSecond : OthersPerSecond)} messages a second; only the newest of each moment counts");
    }

    /// <summary>Passes on what has waited long enough.</summary>
    public void Release()
    {
        _orders.Release();
        _others.Release();
    }

    // A flood at priority 8 must not take the place of life safety, nor a level that of a mood.
    private static string SubjectOf(MqttMessage message, string command)
    {
        string payload = Encoding.UTF8.GetString(message.Payload.Span[..Math.Min(message.Payload.Length, 1_024)]);
        return OverrideRequest.Parse(payload, needsValue: command == "override/set", out _) is { } request
            ? $"{request.Priority}{(request.Mood is null && !request.Releases ? "" : " mood")}{(request.Level is null ? "" : " level")}"
            : "unreadable";
    }
}
