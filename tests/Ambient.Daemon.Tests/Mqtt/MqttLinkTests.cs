using System.Text;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Control;
using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.Tests.Mqtt;

public sealed class MqttLinkTests : IAsyncLifetime, IDisposable
{
    private readonly Broker _broker = new();
    private readonly CollectedLog<MqttLink> _log = new();
    private readonly MqttTopics _topics = new("ambient", "lobby", ["floor-2"]);
    private readonly MqttLink _link;

    public MqttLinkTests() =>
        _link = new MqttLink(new MqttConfig { Host = "127.0.0.1", Port = _broker.Port }, _topics, TimeProvider.System, _log);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _link.DisposeAsync();

    public void Dispose() => _broker.Dispose();

    [Fact]
    public async Task Availability_is_online_while_the_daemon_is_and_offline_when_it_says_goodbye()
    {
        await _broker.StartAsync();
        using Listener listener = await Listener.ConnectAsync(_broker.Port);
        _link.Start();
        Assert.True(await listener.SeesAsync("ambient/lobby/availability", "online"));
        await _link.DisposeAsync();
        Assert.True(await listener.SeesAsync("ambient/lobby/availability", "offline"));
    }

    [Fact]
    public async Task A_daemon_that_vanishes_without_a_word_is_reported_offline_by_the_broker()
    {
        await _broker.StartAsync();
        using Listener listener = await Listener.ConnectAsync(_broker.Port);
        using var relay = new Relay(_broker.Port);
        await using var link = new MqttLink(new MqttConfig { Host = "127.0.0.1", Port = relay.Port }, _topics, TimeProvider.System, _log);
        link.Start();
        Assert.True(await listener.SeesAsync("ambient/lobby/availability", "online"));
        relay.Cut();
        Assert.True(await listener.SeesAsync("ambient/lobby/availability", "offline"));
    }

    [Fact]
    public async Task Without_a_broker_at_the_start_nobody_waits_and_state_arrives_once_there_is_one()
    {
        _link.Start();
        Assert.Contains("not reached", await _log.NextAsync());
        _link.Publish(_topics.State("mood"), "calm"u8, retain: true);
        _link.Publish(_topics.State("mood"), "focus"u8, retain: true);
        await _broker.StartAsync();
        Assert.Contains("connected", await _log.NextAsync());
        using Listener listener = await Listener.ConnectAsync(_broker.Port);
        Assert.True(await listener.SeesAsync("ambient/lobby/mood", "focus"));
    }

    [Fact]
    public async Task A_broker_killed_and_started_again_gets_all_state_again_and_brings_commands_again()
    {
        await _broker.StartAsync();
        _link.Start();
        Assert.Contains("connected", await _log.NextAsync());
        _link.Publish(_topics.State("mood"), "calm"u8, retain: true);

        _broker.Kill();
        Assert.Contains("lost", await _log.NextAsync());
        _link.Publish(_topics.State("level"), "40"u8, retain: true); // while there is nobody to tell
        await _broker.StartAsync();
        Assert.Contains("connected", await _log.NextAsync());

        using Listener listener = await Listener.ConnectAsync(_broker.Port);
        Assert.True(await listener.SeesAsync("ambient/lobby/mood", "calm"));
        Assert.True(await listener.SeesAsync("ambient/lobby/level", "40"));
        Assert.True(await listener.SeesAsync("ambient/lobby/availability", "online"));
        listener.Publish("ambient/lobby/mood/set", "focus");
        MqttMessage message = await NextMessageAsync();
        Assert.Equal(("ambient/lobby/mood/set", "focus", false), (message.Topic, Encoding.UTF8.GetString(message.Payload.Span), message.IsRetained));
        Assert.False(_log.TryNext(out string? extra), extra); // one line per change of state, no more
    }

    [Theory]
    [InlineData("ambient/lobby/mood/set")]
    [InlineData("ambient/floor-2/level/set")]
    [InlineData("ambient/all/power/set")]
    public async Task Commands_come_for_the_zone_its_groups_and_all(string topic)
    {
        await ConnectAsync();
        using Listener listener = await Listener.ConnectAsync(_broker.Port);
        listener.Publish("ambient/elsewhere/mood/set", "focus");
        listener.Publish(topic, "x");
        Assert.Equal(topic, (await NextMessageAsync()).Topic);
    }

    [Fact]
    public async Task A_retained_command_is_known_as_such_and_ignored()
    {
        await _broker.StartAsync();
        using (Listener listener = await Listener.ConnectAsync(_broker.Port))
        {
            listener.Publish("ambient/lobby/mood/set", "focus", retain: true);
            Assert.True(await listener.SeesAsync("ambient/lobby/mood/set", "focus"));
        }

        _link.Start();
        MqttMessage message = await NextMessageAsync();
        Assert.True(message.IsRetained);
        var log = new CollectedLog<MqttCommands>();
        var control = new ControlPlane(new ZoneConfig(), new Dictionary<string, int> { ["calm"] = 50, ["focus"] = 50 }, null);
        Assert.True(new MqttCommands(_topics, control, TimeProvider.System, log).TryHandle(message));
        Assert.Contains("ambient/lobby/mood/set: mood/set 'focus' is a retained copy and was ignored", await log.NextAsync());
        Assert.Equal("calm", control.Effective(TimeProvider.System.GetUtcNow()).Mood);
    }

    [Fact]
    public async Task A_payload_of_a_megabyte_is_counted_warned_about_and_passed_over()
    {
        await ConnectAsync();
        using Listener listener = await Listener.ConnectAsync(_broker.Port);
        listener.Publish("ambient/lobby/mood/set", new string('x', 1 << 20));
        listener.Publish("ambient/lobby/mood/set", new string('y', 1 << 20));
        listener.Publish("ambient/lobby/mood/set", "focus");
        Assert.Equal("focus", Encoding.UTF8.GetString((await NextMessageAsync()).Payload.Span));
        Assert.Equal(2, _link.DroppedCount);
        Assert.Equal("ambient/lobby/mood/set: 1048576 bytes were ignored; allowed: at most 262144", await _log.NextAsync());
        Assert.False(_log.TryNext(out string? second), second);
    }

    [Fact]
    public async Task Topics_subscribed_to_later_survive_a_reconnect()
    {
        await ConnectAsync();
        _link.Subscribe("zigbee2mqtt/#");
        _broker.Kill();
        Assert.Contains("lost", await _log.NextAsync());
        await _broker.StartAsync();
        Assert.Contains("connected", await _log.NextAsync());
        using Listener listener = await Listener.ConnectAsync(_broker.Port);
        Assert.True(await listener.SeesAsync("ambient/lobby/availability", "online")); // which the broker hears after the subscriptions
        listener.Publish("zigbee2mqtt/desk", """{"occupancy":true}""");
        Assert.Equal("zigbee2mqtt/desk", (await _link.Inbox.ReadAsync().AsTask().WaitAsync(Within.Deadline)).Topic);
    }

    [Fact]
    public async Task However_often_the_line_is_cut_state_and_commands_come_through_again()
    {
        await _broker.StartAsync();
        using Listener listener = await Listener.ConnectAsync(_broker.Port);
        using var relay = new Relay(_broker.Port);
        await using var link = new MqttLink(new MqttConfig { Host = "127.0.0.1", Port = relay.Port }, _topics, TimeProvider.System, _log);
        link.Start();
        for (int storm = 0; storm < 4; storm++)
        {
            Assert.True(await listener.SeesAsync("ambient/lobby/availability", "online"));
            string payload = $"{storm}";
            link.Publish(_topics.State("level"), Encoding.UTF8.GetBytes(payload), retain: true);
            Assert.True(await listener.SeesAsync("ambient/lobby/level", payload));
            relay.CutAndMend();
            // While the line is down: the broker keeps it for the session, and brings it once.
            listener.Publish("ambient/lobby/level/set", payload);
            MqttMessage message = await link.Orders.ReadAsync().AsTask().WaitAsync(Within.Deadline);
            Assert.Equal(payload, Encoding.UTF8.GetString(message.Payload.Span));
        }

        Assert.Null(link.Fault);
    }

    [Fact]
    public void A_command_topic_is_told_from_all_others()
    {
        Assert.True(_topics.TryParseCommand("ambient/floor-2/override/set", out string command));
        Assert.Equal("override/set", command);
        Assert.False(_topics.TryParseCommand("ambient/elsewhere/mood/set", out _));
        Assert.False(_topics.TryParseCommand("ambient/lobby/mood", out _));
        Assert.False(_topics.TryParseCommand("other/lobby/mood/set", out _));
    }

    private async Task ConnectAsync()
    {
        await _broker.StartAsync();
        _link.Start();
        Assert.Contains("connected", await _log.NextAsync());
    }

    private async Task<MqttMessage> NextMessageAsync() => await _link.Orders.ReadAsync().AsTask().WaitAsync(Within.Deadline);
}
