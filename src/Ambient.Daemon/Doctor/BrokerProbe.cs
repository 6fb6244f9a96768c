using Ambient.Bindings.Mosquitto;
using Ambient.Daemon.Configuration;

namespace Ambient.Daemon.Doctor;

/// <summary>One clean connection to the broker, without last will, session or any topic of ours: looking must not disturb a daemon that runs.</summary>
internal sealed class BrokerProbe : IMosquittoEvents, IDisposable
{
    private const int LoopMs = 100;
    private const int ReceiveMaximum = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly MqttConfig _config;
    private readonly Action<string, byte[], bool>? _received;
    private MosquittoClient? _client;
    private int? _reason;
    private string? _error;

    /// <param name="config">Which broker.</param>
    /// <param name="received">Receives topic, payload and whether it is a retained copy.</param>
    public BrokerProbe(MqttConfig config, Action<string, byte[], bool>? received = null) => (_config, _received) = (config, received);

    /// <summary>Connects; the finding says whether it worked.</summary>
    public Finding Connect()
    {
        string name = $"broker {_config.Host}:{_config.Port}";
        try
        {
            _client = new MosquittoClient($"ambient-doctor-{Environment.ProcessId}", cleanStart: true, ReceiveMaximum, this);
            if (_config.Username is { } username)
                _client.SetCredentials(username, _config.PasswordFile is { } file ? File.ReadLines(file).FirstOrDefault() : null);
            if (_config.Tls.CaFile is { } caFile) _client.SetTls(caFile, null, _config.Tls.CertificateFile, _config.Tls.KeyFile);
        }
        catch (Exception problem) when (problem is DllNotFoundException or MosquittoException or IOException or UnauthorizedAccessException)
        {
            return new Finding(name, false, problem.Message, problem is DllNotFoundException ? "see libmosquitto.so.1" : "check Mqtt.PasswordFile and Mqtt.Tls");
        }

        int code = _client.Connect(_config.Host, _config.Port, _config.KeepAliveSeconds, sessionExpirySeconds: 0);
        long start = TimeProvider.System.GetTimestamp();
        while (code == MosquittoClient.Success && _reason is null && TimeProvider.System.GetElapsedTime(start) < Patience) code = _client.Loop(LoopMs);
        return (_reason, code) switch
        {
            (0, _) => new Finding(name, true, "connected"),
            (int reason, _) => new Finding(name, false, $"turns us away: {MosquittoClient.TextOfReason(reason)}", "check Mqtt.Username and Mqtt.PasswordFile"),
            (null, MosquittoClient.Success) => new Finding(name, false, "takes the connection and says nothing", "is it a broker, and plain or TLS as Mqtt.Port wants it?"),
            _ => new Finding(name, false, _error ?? MosquittoClient.TextOf(code), "check Mqtt.Host and Mqtt.Port; a broker of your own: sudo apt install mosquitto; without any: \"Mqtt\": { \"Enabled\": false }"),
        };
    }

    /// <summary>Subscribes to <paramref name="filters"/> and listens.</summary>
    public void Listen(IEnumerable<string> filters, TimeSpan duration, CancellationToken cancellation)
    {
        foreach (string filter in filters) _client!.Subscribe(filter, qos: 0);
        long start = TimeProvider.System.GetTimestamp();
        while (!cancellation.IsCancellationRequested && TimeProvider.System.GetElapsedTime(start) < duration)
            if (_client!.Loop(LoopMs) != MosquittoClient.Success) return;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_reason == 0)
        {
            _ = _client!.Disconnect();
            _ = _client.Loop(LoopMs); // sends the farewell
        }

        _client?.Dispose();
    }

    void IMosquittoEvents.OnConnect(int reason, bool isResumed) => _reason = reason;

    void IMosquittoEvents.OnDisconnect(int reason)
    {
        // Loop's own code tells the end of the connection.
    }

    void IMosquittoEvents.OnError(string text) => _error = text;

    void IMosquittoEvents.OnMessage(scoped MosquittoMessage message) =>
        _received?.Invoke(System.Text.Encoding.UTF8.GetString(message.TopicUtf8), message.Payload.ToArray(), message.IsRetained);
}
