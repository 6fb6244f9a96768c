using System.Text;
using System.Threading.Channels;
using Ambient.Bindings.Mosquitto;

namespace Ambient.Daemon.Tests.Mqtt;

/// <summary>Another client at the broker: sees everything, sends anything.</summary>
internal sealed class Listener : IMosquittoEvents, IDisposable
{
    private readonly Channel<(string Topic, string Payload, bool IsRetained)> _messages = Channel.CreateUnbounded<(string, string, bool)>();
    private readonly TaskCompletionSource _connected = new();
    private readonly MosquittoClient _client;
    private readonly Task _loop;
    private volatile bool _isStopping;

    public Listener(int port)
    {
        _client = new MosquittoClient($"listener-{Guid.NewGuid():N}", cleanStart: true, receiveMaximum: 100, this);
        Assert.Equal(MosquittoClient.Success, _client.Connect("127.0.0.1", port, 60, 0));
        _loop = Task.Factory.StartNew(Loop, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public static async Task<Listener> ConnectAsync(int port)
    {
        var listener = new Listener(port);
        await listener._connected.Task.WaitAsync(Within.Deadline);
        listener._client.Subscribe("#", 1);
        return listener;
    }

    public void Publish(string topic, string payload, bool retain = false) =>
        Assert.Equal(MosquittoClient.Success, _client.Publish(topic, Encoding.UTF8.GetBytes(payload), 1, retain));

    /// <summary>The next message, whatever it is.</summary>
    public ValueTask<(string Topic, string Payload, bool IsRetained)> NextAsync(CancellationToken cancellation) => _messages.Reader.ReadAsync(cancellation);

    /// <summary>The next message with this topic and payload; others are passed over.</summary>
    public async Task<bool> SeesAsync(string topic, string payload)
    {
        using var deadline = new CancellationTokenSource(Within.Deadline);
        while (true)
        {
            (string Topic, string Payload, bool) message = await _messages.Reader.ReadAsync(deadline.Token);
            if (message.Topic == topic && message.Payload == payload) return true;
        }
    }

    public void OnConnect(int reason, bool isResumed)
    {
        if (reason == 0) _connected.TrySetResult();
    }

    public void OnDisconnect(int reason)
    {
    }

    public void OnError(string text)
    {
    }

    public void OnMessage(MosquittoMessage message) =>
        _messages.Writer.TryWrite((Encoding.UTF8.GetString(message.TopicUtf8), Encoding.UTF8.GetString(message.Payload), message.IsRetained));

    public void Dispose()
    {
        _isStopping = true;
        _client.Disconnect();
        _loop.Wait(Within.Deadline);
        _client.Dispose();
    }

    private void Loop()
    {
        while (!_isStopping && _client.Loop(100) == MosquittoClient.Success) { }
    }
}
