using System.Text;
using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.Tests.Mqtt;

public sealed class TopicLimiterTests
{
    private readonly ManualTimeProvider _time = new(Some.Noon);
    private readonly List<string> _passed = [];
    private readonly TopicLimiter _limiter;

    public TopicLimiterTests() => _limiter = new TopicLimiter(_time, perSecond: 10, burst: 3, message => _passed.Add($"{message.Topic} {Encoding.UTF8.GetString(message.Payload.Span)}"));

    [Fact]
    public void A_burst_passes_at_once_and_of_a_flood_the_last_word_counts()
    {
        for (int i = 1; i <= 100; i++) Take("a", i);
        Assert.Equal(["a 1", "a 2", "a 3"], _passed);
        Assert.True(_limiter.IsWaiting);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        _limiter.Release();
        Assert.Equal("a 100", _passed[^1]);
        Assert.Equal((96, false), (_limiter.ReplacedCount, _limiter.IsWaiting));
    }

    [Fact]
    public void A_long_flood_passes_at_the_rate()
    {
        for (int i = 0; i < 10_000; i++)
        {
            Take("a", i);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        Assert.InRange(_passed.Count, 100, 104);
    }

    [Fact]
    public void Whoever_comes_after_one_that_waits_stays_behind_it()
    {
        for (int i = 1; i <= 5; i++) Take("set", i);
        Take("clear", 6);
        Assert.DoesNotContain("clear 6", _passed);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        _limiter.Release();
        Assert.Equal(["set 5", "clear 6"], _passed[^2..]);
    }

    [Fact]
    public void A_flood_on_one_topic_delays_others_and_loses_none_of_theirs()
    {
        for (int i = 0; i < 1_000; i++)
        {
            Take("flood", i);
            if (i % 200 == 0) Take("quiet", i);
            _time.Advance(TimeSpan.FromMilliseconds(1));
        }

        _time.Advance(TimeSpan.FromSeconds(1));
        _limiter.Release();
        Assert.Equal(["quiet 0", "quiet 200", "quiet 400", "quiet 600", "quiet 800"], _passed.Where(text => text.StartsWith("quiet", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_flood_of_topics_costs_bounded_memory_and_the_limit_holds_for_all_of_them_together()
    {
        for (int i = 0; i < 3 * TopicLimiter.MostSubjects; i++) Take($"t{i}", i);
        Assert.InRange(_passed.Count, TopicLimiter.MostSubjects, TopicLimiter.MostSubjects + 3);
        _time.Advance(TimeSpan.FromSeconds(10));
        Take("new", 1);
        Assert.Equal("new 1", _passed[^1]);
    }

    [Fact]
    public void A_flood_at_a_low_priority_does_not_take_the_place_of_life_safety()
    {
        var orders = new List<string>();
        var limits = new InboundLimits(
            new MqttTopics("ambient", "lobby", []), _time, new RateLimitedWarning(_time, new CollectedLog<MqttLink>()), order => orders.Add(Encoding.UTF8.GetString(order.Payload.Span)), _ => { });
        const string Topic = "ambient/lobby/override/set", Alarm = """{"value":{"mood":"off"},"priority":1}""";
        for (int i = 0; i < 200; i++)
        {
            limits.Take(Message(Topic, """{"value":{"mood":"calm"},"priority":8}"""));
            if (i == 100) limits.Take(Message(Topic, Alarm));
        }

        _time.Advance(TimeSpan.FromMilliseconds(100));
        limits.Release();
        Assert.Contains(Alarm, orders);
        Assert.InRange(orders.Count, InboundLimits.OrderBurst, InboundLimits.OrderBurst + 4);
    }

    private void Take(string topic, int number) => _limiter.Take(topic, Message(topic, $"{number}"));

    private static MqttMessage Message(string topic, string payload) => new(topic, Encoding.UTF8.GetBytes(payload), false);
}
