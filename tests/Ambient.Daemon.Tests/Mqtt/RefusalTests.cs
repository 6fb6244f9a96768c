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
}
