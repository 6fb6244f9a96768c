using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.Bench;

/// <summary>A test double of <see cref="MqttLink"/>: as much MQTT 5 as a measurement needs, a socket and no thread, so that one process can be a thousand of them.</summary>
/// <remarks>Source: OASIS MQTT 5.0, chapters 2 and 3. On loopback, without encryption; it does not reconnect.</remarks>
internal sealed class BrokerClient : IMessageSink, IAsyncDisposable
{
    private const byte ConnectPacket = 0x10, ConnackPacket = 0x20, PublishPacket = 0x30, PubackPacket = 0x40, SubscribePacket = 0x82, SubackPacket = 0x90, DisconnectPacket = 0xE0;
    private const byte Retain = 0x01, QosMask = 0x06;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Action<MqttMessage> _received;
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _subscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _sending = new();
    private Task _reading = Task.CompletedTask;
    private byte[] _buffer = new byte[4_096];
    private long _sentCount;
    private long _receivedCount;

    private BrokerClient(Action<MqttMessage> received) => _received = received;

    /// <summary>Messages published so far.</summary>
    public long SentCount => Interlocked.Read(ref _sentCount);

    /// <summary>Messages that came in so far.</summary>
    public long ReceivedCount => Interlocked.Read(ref _receivedCount);

    /// <summary>Connects to a broker on loopback.</summary>
    /// <param name="port">Where it listens.</param>
    /// <param name="clientId">Unique.</param>
    /// <param name="received">Called with each message, one at a time, on a thread of the pool.</param>
    public static async Task<BrokerClient> ConnectAsync(int port, string clientId, Action<MqttMessage> received)
    {
        var client = new BrokerClient(received);
        await client._socket.ConnectAsync(new IPEndPoint(IPAddress.Loopback, port));
        client._reading = client.ReadAsync();
        // Protocol name and version, clean start, keep-alive 0 (for ever), no properties.
        byte[] body = [0, 4, .. "MQTT"u8, 5, 0x02, 0, 0, 0, .. Text(clientId)];
        client.Send(ConnectPacket, body);
        await client._connected.Task.WaitAsync(TimeSpan.FromSeconds(20));
        return client;
    }

    /// <summary>Subscribes at QoS 1; completes with the broker's answer. Once.</summary>
    public async Task SubscribeAsync(IEnumerable<string> filters)
    {
        byte[] body = [0, 1, 0, .. filters.SelectMany(filter => (byte[])[.. Text(filter), 1])];
        Send(SubscribePacket, body);
        await _subscribed.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    /// <inheritdoc/>
    public void Publish(string topic, ReadOnlySpan<byte> payload, bool retain)
    {
        byte[] body = [.. Text(topic), 0, .. payload]; // QoS 0, no properties
        Interlocked.Increment(ref _sentCount);
        Send((byte)(PublishPacket | (retain ? Retain : 0)), body);
    }

    /// <summary>Says goodbye and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            Send(DisconnectPacket, []);
        }
        catch (SocketException)
        {
            // The broker went first.
        }

        _socket.Close();
        await _reading;
    }

    private static byte[] Text(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        return [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];
    }

    private void Send(byte kind, byte[] body)
    {
        Span<byte> length = stackalloc byte[4];
        int digits = 0, left = body.Length;
        do
        {
            length[digits++] = (byte)((left & 0x7F) | (left > 0x7F ? 0x80 : 0));
            left >>= 7;
        }
        while (left > 0);
        byte[] packet = [kind, .. length[..digits], .. body];
        lock (_sending)
        {
            for (int sent = 0; sent < packet.Length;) sent += _socket.Send(packet.AsSpan(sent));
        }
    }

    private async Task ReadAsync()
    {
        int filled = 0;
        try
        {
            while (true)
            {
                if (filled == _buffer.Length) Array.Resize(ref _buffer, 2 * _buffer.Length);
                int count = await _socket.ReceiveAsync(_buffer.AsMemory(filled));
                if (count == 0) return;
                filled += count;
                int used = 0;
                while (TryTake(_buffer.AsSpan(used, filled - used), out int packet)) used += packet;
                _buffer.AsSpan(used, filled - used).CopyTo(_buffer);
                filled -= used;
            }
        }
        catch (Exception closed) when (closed is SocketException or ObjectDisposedException)
        {
            // DisposeAsync, or the broker ended; whoever waits for an answer runs into its own deadline.
        }
    }

    private bool TryTake(ReadOnlySpan<byte> bytes, out int packet)
    {
        packet = 0;
        int length = 0, at = 1;
        for (int shift = 0; ; shift += 7, at++)
        {
            if (at >= bytes.Length) return false;
            length |= (bytes[at] & 0x7F) << shift;
            if (bytes[at] < 0x80) break;
        }

        packet = at + 1 + length;
        if (bytes.Length < packet) return false;
        Handle(bytes[0], bytes.Slice(at + 1, length));
        return true;
    }

    private void Handle(byte kind, ReadOnlySpan<byte> body)
    {
        switch (kind & 0xF0)
        {
            case ConnackPacket when body[1] == 0:
                _connected.TrySetResult();
                return;
            case SubackPacket:
                _subscribed.TrySetResult();
                return;
            case PublishPacket:
                int topicLength = BinaryPrimitives.ReadUInt16BigEndian(body);
                string topic = Encoding.UTF8.GetString(body.Slice(2, topicLength));
                ReadOnlySpan<byte> rest = body[(2 + topicLength)..];
                if ((kind & QosMask) != 0)
                {
                    Send(PubackPacket, rest[..2].ToArray());
                    rest = rest[2..];
                }

                Interlocked.Increment(ref _receivedCount);
                // Properties: their length fits one byte here, for the broker adds none of its own.
                _received(new MqttMessage(topic, rest[(1 + rest[0])..].ToArray(), (kind & Retain) != 0));
                return;
            default:
                return;
        }
    }
}
