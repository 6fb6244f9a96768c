using Ambient.Daemon.Configuration;
using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.Tests.Mqtt;

public sealed class RefusalTests
{
    [Fact]
    public async Task A_broker_that_wants_a_password_is_named_with_its_reason()
    {
        using var broker = new Broker(allowsAnonymous: false);
        await broker.StartAsync();
        var log = new CollectedLog<MqttLink>();
        await using var link = new MqttLink(new MqttConfig { Host = "127.0.0.1", Port = broker.Port }, new MqttTopics("ambient", "lobby", []), TimeProvider.System, log);
        link.Start();
        Assert.Contains($"127.0.0.1:{broker.Port} not reached (Not authorized)", await log.NextAsync());
        Assert.False(link.IsConnected);
    }

    [Theory]
    [InlineData(null)] // the same client id too: they throw each other out
    [InlineData("another")]
    public async Task Two_daemons_with_the_same_zone_are_noticed(string? clientId)
    {
        using var broker = new Broker();
        await broker.StartAsync();
        var config = new MqttConfig { Host = "127.0.0.1", Port = broker.Port };
        var topics = new MqttTopics("ambient", "lobby", []);
        var log = new CollectedLog<MqttLink>();
        using Listener listener = await Listener.ConnectAsync(broker.Port);
        await using var first = new MqttLink(config, topics, TimeProvider.System, log);
        first.Start();
        Assert.True(await listener.SeesAsync("ambient/lobby/availability", "online"));
        Assert.Null(first.Fault);
        await using var second = new MqttLink(config with { ClientId = clientId }, topics, TimeProvider.System, new CollectedLog<MqttLink>());
        second.Start();
        string line;
        do line = await log.NextAsync();
        while (!line.Contains("Another daemon plays as zone 'lobby'", StringComparison.Ordinal));
        Assert.Contains("'lobby'", first.Fault);
    }

    [Fact]
    public async Task A_daemon_that_is_started_again_is_no_second_one()
    {
        using var broker = new Broker();
        await broker.StartAsync();
        var config = new MqttConfig { Host = "127.0.0.1", Port = broker.Port };
        var topics = new MqttTopics("ambient", "lobby", []);
        using Listener listener = await Listener.ConnectAsync(broker.Port);
        for (int run = 0; run < 2; run++)
        {
            await using var link = new MqttLink(config, topics, TimeProvider.System, new CollectedLog<MqttLink>());
            link.Start();
            Assert.True(await listener.SeesAsync("ambient/lobby/availability", "online"));
            listener.Publish("ambient/lobby/mood/set", "calm");
            await link.Orders.ReadAsync().AsTask().WaitAsync(Within.Deadline); // behind the retained mark
            Assert.Null(link.Fault);
        }
    }
}
