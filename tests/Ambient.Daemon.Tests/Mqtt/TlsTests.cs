using Ambient.Daemon.Cli;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.Tests.Mqtt;

public sealed class TlsTests : IDisposable
{
    private readonly TestCertificates _certificates = new();
    private readonly CollectedLog<MqttLink> _log = new();

    [Fact]
    public async Task With_the_right_authority_the_line_is_encrypted_and_up()
    {
        using Broker broker = await StartAsync(_certificates.Issue("broker"));
        await using MqttLink link = New(broker, new MqttTlsConfig { CaFile = _certificates.CaFile });
        link.Start();
        Assert.Contains("connected", await _log.NextAsync());
    }

    [Fact]
    public async Task A_broker_of_another_authority_is_refused_and_said_once()
    {
        using Broker broker = await StartAsync(_certificates.Issue("broker"));
        await RefusedAsync(broker, new MqttTlsConfig { CaFile = _certificates.StrangersCaFile }, "certificate verify failed");
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_and_said_once()
    {
        using Broker broker = await StartAsync(_certificates.Issue("broker", hasExpired: true));
        await RefusedAsync(broker, new MqttTlsConfig { CaFile = _certificates.CaFile }, "certificate verify failed");
    }

    [Fact]
    public async Task A_certificate_for_another_host_is_refused_and_said_once()
    {
        using Broker broker = await StartAsync(_certificates.Issue("broker", host: "elsewhere.example"));
        await RefusedAsync(broker, new MqttTlsConfig { CaFile = _certificates.CaFile }, "host name verification failed");
    }

    [Fact]
    public async Task Where_the_broker_wants_a_certificate_ours_opens_the_door_and_none_does_not()
    {
        using Broker broker = await StartAsync(_certificates.Issue("broker"), "require_certificate true");
        (string certificate, string key) = _certificates.Issue("lobby");
        await using (MqttLink link = New(broker, new MqttTlsConfig { CaFile = _certificates.CaFile, CertificateFile = certificate, KeyFile = key }))
        {
            link.Start();
            Assert.Contains("connected", await _log.NextAsync());
        }

        await RefusedAsync(broker, new MqttTlsConfig { CaFile = _certificates.CaFile }, "not reached");
    }

    [Theory]
    [InlineData("""{ "Mqtt": { "Host": "broker.lan" } }""", "Mqtt.Host is 'broker.lan' without Mqtt.Tls.CaFile")]
    [InlineData("""{ "Mqtt": { "Tls": { "CaFile": "ca.pem", "KeyFile": "a.key" } } }""", "go together")]
    public void What_would_be_unsafe_by_mistake_has_to_be_said_in_so_many_words(string json, string problem) =>
        Assert.Contains(problem, Assert.Throws<CliException>(() => AmbientConfig.Parse(json, "room.json")).Message);

    [Theory]
    [InlineData("""{ "Mqtt": { "Host": "broker.lan", "AllowPlain": true } }""")]
    [InlineData("""{ "Mqtt": { "Host": "broker.lan", "Tls": { "CaFile": "ca.pem" } } }""")]
    [InlineData("""{ "Mqtt": { "Host": "127.0.0.1" } }""")]
    [InlineData("""{ "Mqtt": { "Host": "broker.lan", "Enabled": false } }""")]
    public void What_is_safe_or_said_in_so_many_words_is_taken(string json) => Assert.NotNull(AmbientConfig.Parse(json, "room.json"));

    public void Dispose() => _certificates.Dispose();

    private static async Task<Broker> StartAsync((string Certificate, string Key) own, string more = "")
    {
        string folder = Path.GetDirectoryName(own.Certificate)!;
        var broker = new Broker(settings: $"cafile {folder}/ca.pem\ncertfile {own.Certificate}\nkeyfile {own.Key}\n{more}");
        await broker.StartAsync();
        return broker;
    }

    private MqttLink New(Broker broker, MqttTlsConfig tls) =>
        new(new MqttConfig { Host = "127.0.0.1", Port = broker.Port, Tls = tls }, new MqttTopics("ambient", "lobby", []), TimeProvider.System, _log);

    // Long enough for two attempts: the second, a second later, must not be said again.
    private async Task RefusedAsync(Broker broker, MqttTlsConfig tls, string reason)
    {
        var second = new TaskCompletionSource();
        int attempts = 0;
        await using MqttLink link = New(broker, tls);
        link.AttemptEnded += () =>
        {
            if (++attempts == 2) second.SetResult();
        };
        link.Start();
        Assert.Contains(reason, await _log.NextAsync(), StringComparison.OrdinalIgnoreCase);
        await second.Task.WaitAsync(Within.Deadline);
        Assert.False(link.IsConnected);
        Assert.False(_log.TryNext(out string? again), again);
    }
}
