using System.Diagnostics;
using System.Text;
using System.Threading.Channels;
using Ambient.Bindings.Mosquitto;
using Ambient.Daemon.Configuration;

namespace Ambient.Daemon.Mqtt;

/// <summary>The line to the broker. It may be absent at the start or vanish at any time: nobody waits for it and nobody notices but the log.</summary>
/// <remarks>
/// One thread of its own connects, reads and writes, and reconnects for ever with a pause of 1 to 30 s. State topics are
/// remembered and published again after each connect, so that they go out at QoS 0: the library would re-send an
/// unacknowledged QoS 1 message after the reconnect, and an old state would overtake a new one.
/// Commands come at QoS 1 into a session that the broker keeps for an hour while we are away.
/// </remarks>
public sealed partial class MqttLink : IMessageSink, IMosquittoEvents, IAsyncDisposable
{
    /// <summary>Largest payload that is taken, bytes. A sensor's message has some hundred, a schedule some thousand.</summary>
    public const int LargestPayload = 256 * 1_024;

    private const int LoopMs = 1_000;
    private const int FarewellLoopMs = 50;
    private const int WaitingLoopMs = 20; // while messages wait for their topic's turn
    private const uint SessionExpirySeconds = 3_600;
    private const int ReceiveMaximum = 64; // QoS 1 messages under way to us: a broker's backlog must not flood the inbox
    private const int InboxCapacity = 1_024;
    private const int OrderCapacity = 256;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan FarewellTime = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan RepeatTime = TimeSpan.FromSeconds(30); // what was under way comes first, but maybe slowly
    private static readonly byte[] Online = "online"u8.ToArray();
    private static readonly byte[] Offline = "offline"u8.ToArray();

    private readonly MqttConfig _config;
    private readonly string _availabilityTopic;
    private readonly ILogger<MqttLink> _log;
    private readonly RateLimitedWarning _tooLarge;
    private readonly TwinWatch _twin;
    private readonly MosquittoClient _client;
    private readonly Channel<MqttMessage> _inbox;
    private readonly Channel<MqttMessage> _orders;
    private readonly InboundLimits _limits;
    private readonly ManualResetEventSlim _stopping = new();
    private readonly Thread _thread;

    private readonly Lock _lock = new(); // guards the three below
    private readonly Dictionary<string, byte[]> _lastValues = [];
    private readonly List<string> _filters = [];
    private bool _isConnected;

    private int? _connectReason; // mosquitto's answer, seen by our thread after its callback; all on our thread
    private int _disconnectReason;
    private string? _errorText;
    private long _resumedAt; // timestamp; 0 in a new session, to which nothing can come twice
    private bool _isReportedDown;
    private int? _reportedReason;
    private long _droppedCount;
    private long _replacedCount;
    private long _receivedCount;

    /// <summary>Prepares the line; <see cref="Start"/> opens it.</summary>
    /// <param name="config">Broker, credentials, encryption.</param>
    /// <param name="topics">Names; the zone's commands are subscribed to by themselves.</param>
    /// <param name="time">For the rate of warnings. Connecting follows the wall clock: a broker knows no virtual time.</param>
    /// <param name="log">One line per change of state.</param>
    /// <exception cref="IOException">The password file can't be read.</exception>
    public MqttLink(MqttConfig config, MqttTopics topics, TimeProvider time, ILogger<MqttLink> log)
    {
        _config = config;
        _log = log;
        _availabilityTopic = topics.State("availability");
        _twin = new TwinWatch(topics, time);
        _filters.AddRange(topics.CommandFilters);
        _filters.Add(_twin.Topic);
        _tooLarge = new RateLimitedWarning(time, log);
        _inbox = NewQueue(InboxCapacity);
        _orders = NewQueue(OrderCapacity);
        _limits = new InboundLimits(topics, time, new RateLimitedWarning(time, log), order => _orders.Writer.TryWrite(order), other => _inbox.Writer.TryWrite(other));
        ClientId = config.ClientId ?? $"ambient-{topics.Zone}";
        _client = new MosquittoClient(ClientId, cleanStart: false, ReceiveMaximum, this);
        _client.SetWill(_availabilityTopic, Offline, qos: 1, retain: true);
        if (config.Username is { } username)
            _client.SetCredentials(username, config.ResolvePasswordFile() is { } file ? File.ReadLines(file).FirstOrDefault() : null);
        if (config.Tls.CaFile is { } caFile) _client.SetTls(caFile, null, config.Tls.CertificateFile, config.Tls.KeyFile);
        _thread = new Thread(Run) { Name = "mqtt", IsBackground = true };
    }

    /// <summary>Messages that came in since the start.</summary>
    public long ReceivedCount => Interlocked.Read(ref _receivedCount);

    /// <summary>Messages that were thrown away because they came faster than they were handled, were replaced by a newer one of their topic, or were too large.</summary>
    public long DroppedCount => Interlocked.Read(ref _droppedCount) + Interlocked.Read(ref _replacedCount);

    /// <summary>An attempt failed or a connection ended; on our thread, before the pause.</summary>
    internal event Action? AttemptEnded;

    /// <summary>Who we are to the broker.</summary>
    public string ClientId { get; }

    /// <summary>What is wrong for longer than a lost connection; null when nothing is. Any thread.</summary>
    public string? Fault => _twin.IsThere ? $"Another daemon plays as zone '{_twin.Zone}' on this broker: give one of them another Zone.Id" : null;

    /// <summary>Whether there is a broker at the other end now.</summary>
    public bool IsConnected
    {
        get
        {
            lock (_lock) return _isConnected;
        }
    }

    /// <summary>Incoming orders, see <see cref="MqttTopics.IsOrder"/>, in order; ends when the link is disposed. One reader.</summary>
    public ChannelReader<MqttMessage> Orders => _orders.Reader;

    /// <summary>All other incoming messages, in order; ends when the link is disposed. One reader.</summary>
    public ChannelReader<MqttMessage> Inbox => _inbox.Reader;

    /// <summary>Opens the line in the background.</summary>
    public void Start() => _thread.Start();

    /// <summary>Listens to more topics, now and after every reconnect. Any thread, before or after <see cref="Start"/>.</summary>
    /// <param name="filter">+ and # are allowed.</param>
    public void Subscribe(string filter)
    {
        lock (_lock)
        {
            if (_filters.Contains(filter)) return;
            _filters.Add(filter);
            if (_isConnected) _client.Subscribe(filter, qos: 1);
        }
    }

    /// <inheritdoc/>
    public void Publish(string topic, ReadOnlySpan<byte> payload, bool retain)
    {
        lock (_lock)
        {
            if (retain) _lastValues[topic] = payload.ToArray();
            // An error here is a connection about to be reported as lost by the loop, which then repeats all state.
            if (_isConnected) _client.Publish(topic, payload, qos: 0, retain);
        }
    }

    /// <summary>Says goodbye (<c>availability</c> offline) and closes; at most about half a second.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stopping.IsSet) return;
        _stopping.Set(); // first, so that the end of the connection is not taken for a loss
        lock (_lock)
        {
            if (_isConnected)
            {
                _client.Publish(_availabilityTopic, Offline, qos: 0, retain: true);
                _client.Disconnect();
            }
        }

        bool hasEnded = !_thread.IsAlive || await Task.Run(() => _thread.Join(FarewellTime * 2));
        _inbox.Writer.TryComplete();
        _orders.Writer.TryComplete();
        // A thread stuck in the network's own connect still uses the client; the process ends soon and takes both along.
        if (hasEnded) _client.Dispose();
    }

    void IMosquittoEvents.OnConnect(int reason, bool isResumed)
    {
        _connectReason = reason;
        _resumedAt = isResumed ? Stopwatch.GetTimestamp() : 0;
    }

    // The library calls once for the broker's farewell and once more for the line that it then finds closed.
    void IMosquittoEvents.OnDisconnect(int reason)
    {
        if (_disconnectReason == 0) _disconnectReason = reason;
    }

    void IMosquittoEvents.OnError(string text) => _errorText ??= text; // the first names the cause, what follows is its consequence

    void IMosquittoEvents.OnMessage(MosquittoMessage message)
    {
        string topic = Encoding.UTF8.GetString(message.TopicUtf8);
        Volatile.Write(ref _receivedCount, _receivedCount + 1);
        if (topic == _twin.Topic)
        {
            if (_twin.Sees(message.Payload, message.IsRetained)) LogTwin(_twin.Zone);
            return;
        }

        if (message.Payload.Length > LargestPayload)
        {
            Interlocked.Increment(ref _droppedCount);
            _tooLarge.Warn(topic, $"{topic}: {message.Payload.Length} bytes were ignored; allowed: at most {LargestPayload}");
            return;
        }

        _limits.Take(new MqttMessage(topic, message.Payload.ToArray(), message.IsRetained, message.Id, _resumedAt != 0 && Stopwatch.GetElapsedTime(_resumedAt) < RepeatTime));
    }

    private Channel<MqttMessage> NewQueue(int capacity) => Channel.CreateBounded<MqttMessage>(
        new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true, SingleWriter = true },
        _ => Interlocked.Increment(ref _droppedCount));

    private void Run()
    {
        TimeSpan pause = ShortestPause;
        while (!_stopping.IsSet)
        {
            bool wasConnected = RunConnection(out string reason);
            if (_stopping.IsSet) return;
            // Two that share a client id throw each other out; waiting long disturbs least.
            if (wasConnected) pause = Fault is null ? ShortestPause : LongestPause;
            // Once per loss; and again when a broker that was away comes back and turns us away.
            if (wasConnected || !_isReportedDown || _connectReason != _reportedReason)
                LogDown(_config.Host, _config.Port, wasConnected ? "lost" : "not reached", reason);
            (_isReportedDown, _reportedReason) = (true, wasConnected ? null : _connectReason);
            AttemptEnded?.Invoke();
            _stopping.Wait(pause);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    // One connection from CONNECT to its end; whether it ever stood, and why it ended.
    private bool RunConnection(out string reason)
    {
        _connectReason = null;
        _disconnectReason = 0;
        _errorText = null;
        bool isUp = false;
        int code = _client.Connect(_config.Host, _config.Port, _config.KeepAliveSeconds, SessionExpirySeconds);
        long? farewellStart = null;
        while (code == MosquittoClient.Success)
        {
            code = _client.Loop(farewellStart is not null ? FarewellLoopMs : _limits.IsWaiting ? WaitingLoopMs : LoopMs);
            _limits.Release();
            Volatile.Write(ref _replacedCount, _limits.ReplacedCount);
            if (!isUp && _connectReason == 0)
            {
                isUp = true;
                Announce();
            }

            if (!_stopping.IsSet) continue;
            farewellStart ??= Stopwatch.GetTimestamp();
            if (!isUp || Stopwatch.GetElapsedTime(farewellStart.Value) > FarewellTime) break;
        }

        // libmosquitto's text for ERRNO comes from errno, so it has to be asked at once.
        reason = (_connectReason, _disconnectReason) switch
        {
            ( > 0 and var refusal, _) => MosquittoClient.TextOfReason(refusal),
            (_, >= 128 and var farewell) => MosquittoClient.TextOfReason(farewell),
            _ => _errorText ?? MosquittoClient.TextOf(code),
        };
        lock (_lock) _isConnected = false;
        return isUp;
    }

    // Not in the callback: the library holds a lock there, and whoever publishes holds ours.
    private void Announce()
    {
        lock (_lock)
        {
            foreach (string filter in _filters) _client.Subscribe(filter, qos: 1);
            foreach ((string topic, byte[] payload) in _lastValues) _client.Publish(topic, payload, qos: 0, retain: true);
            _client.Publish(_availabilityTopic, Online, qos: 0, retain: true);
            _client.Publish(_twin.Topic, _twin.Mark, qos: 0, retain: true);
            _isConnected = true;
        }

        _isReportedDown = false;
        LogUp(_config.Host, _config.Port);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Another daemon plays as zone '{Zone}' on this broker; give one of them another Zone.Id")]
    private partial void LogTwin(string zone);

    [LoggerMessage(Level = LogLevel.Information, Message = "MQTT broker {Host}:{Port} connected")]
    private partial void LogUp(string host, int port);

    [LoggerMessage(Level = LogLevel.Warning, Message = "MQTT broker {Host}:{Port} {Loss} ({Reason}); the music goes on, trying again every 1 to 30 s")]
    private partial void LogDown(string host, int port, string loss, string reason);
}
