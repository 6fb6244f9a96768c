using System.Text;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Control;
using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.Tests.Mqtt;

public sealed class MqttPlansTests
{
    private readonly Sent _sent = new();
    private readonly ManualTimeProvider _time = new(Some.Noon);
    private readonly ControlPlane _control = new(new ZoneConfig { Id = "lobby", Groups = ["floor-2"] }, Some.Moods, null);
    private readonly MqttPlans _plans;

    public MqttPlansTests() => _plans = new MqttPlans(new MqttTopics("ambient", "lobby", ["floor-2"]), _control, _time, _sent);

    [Fact]
    public void A_groups_schedule_is_taken_retained_or_not_and_answered_by_the_zone()
    {
        Assert.True(Offer("ambient/floor-2/schedule/set", """{"id":"week","tz":"Europe/Berlin","weekly":{"daily":[{"at":"08:00","mood":"focus"}]},"exceptions":[{"calendar":"holidays","slots":[{"at":"00:00","mood":"off"}]}]}""", isRetained: true));
        Assert.Equal("""{"id":"week","ok":true,"errors":[],"warnings":["calendar 'holidays' is not known yet: its exceptions wait for calendars/holidays/set"],"active":"floor-2"}""", _sent.Last("schedule/result"));
        Assert.Equal("focus", _control.Effective(Some.Noon).Mood);
        Assert.True(Offer("ambient/calendars/holidays/set", """{"dates":["2026-03-02"]}""", isRetained: true));
        Assert.Equal("off", _control.Effective(Some.Noon).Mood);
        Assert.True(Offer("ambient/floor-2/schedule/set", "", isRetained: false));
        Assert.Equal("calm", _control.Effective(Some.Noon).Mood);
    }

    [Fact]
    public void What_is_wrong_is_answered_and_said_in_the_log()
    {
        Assert.True(_plans.TryHandle(Message("ambient/lobby/schedule/set", "{}", isRetained: false), out string? problem));
        Assert.Equal("tz is missing; allowed: an IANA time zone such as Europe/Berlin", problem);
        Assert.Contains("\"ok\":false", _sent.Last("schedule/result"));
    }

    [Theory]
    [InlineData("ambient/other/schedule/set")]
    [InlineData("ambient/lobby/mood/set")]
    [InlineData("ambient/calendars/holidays")]
    [InlineData("elsewhere/calendars/holidays/set")]
    public void Other_topics_are_somebody_elses(string topic) => Assert.False(Offer(topic, "{}", isRetained: false));

    private bool Offer(string topic, string payload, bool isRetained) => _plans.TryHandle(Message(topic, payload, isRetained), out _);

    private static MqttMessage Message(string topic, string payload, bool isRetained) => new(topic, Encoding.UTF8.GetBytes(payload), isRetained);
}
