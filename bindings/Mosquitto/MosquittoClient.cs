using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ambient.Bindings.Mosquitto;

/// <summary>One MQTT 5 client of libmosquitto. Decides nothing: no threads, no reconnecting, no logging.</summary>
/// <remarks>
/// One thread calls <see cref="Connect"/> and <see cref="Loop"/> and receives the callbacks;
/// <see cref="Publish"/>, <see cref="Subscribe"/> and <see cref="Disconnect"/> may come from any thread and never block.
/// Source: mosquitto.h 2.0.
/// </remarks>
public sealed unsafe class MosquittoClient : IDisposable
{
    /// <summary>MOSQ_ERR_SUCCESS.</summary>
    public const int Success = 0;

    private const int OptionProtocolVersion = 1;
    private const int OptionReceiveMaximum = 4;
    private const int OptionTcpNoDelay = 11;
    private const int ProtocolVersion5 = 5;
    private const int PropertySessionExpiryInterval = 17;
    private const int LogLevelError = 8; // MOSQ_LOG_ERR
    private const int ErrorErrno = 14; // MOSQ_ERR_ERRNO: the text stands in errno

    private readonly MosquittoHandle _client;
    private GCHandle _self; // what the C callbacks find us by

    /// <summary>Makes a client; nothing is sent yet.</summary>
    /// <param name="clientId">Unique at the broker.</param>
    /// <param name="cleanStart">False: the broker keeps subscriptions and QoS 1 messages while we are away.</param>
    /// <param name="receiveMaximum">QoS 1 messages in flight towards us, 1..65535.</param>
    /// <param name="events">Receives the callbacks.</param>
    public MosquittoClient(string clientId, bool cleanStart, int receiveMaximum, IMosquittoEvents events)
    {
        _self = GCHandle.Alloc(events);
        _client = new MosquittoHandle(NativeMethods.Create(clientId, cleanStart, GCHandle.ToIntPtr(_self)));
        if (_client.IsInvalid) throw new MosquittoException("mosquitto_new", Marshal.GetLastPInvokeError());
        ThrowIfError(NativeMethods.IntOption(_client, OptionProtocolVersion, ProtocolVersion5), "mosquitto_int_option(PROTOCOL_VERSION)");
        ThrowIfError(NativeMethods.IntOption(_client, OptionReceiveMaximum, receiveMaximum), "mosquitto_int_option(RECEIVE_MAXIMUM)");
        ThrowIfError(NativeMethods.IntOption(_client, OptionTcpNoDelay, 1), "mosquitto_int_option(TCP_NODELAY)");
        // With this, publishing from another thread wakes Loop through a socket pair instead of writing to the network itself.
        ThrowIfError(NativeMethods.ThreadedSet(_client, true), "mosquitto_threaded_set");
        NativeMethods.OnConnectSet(_client, &OnConnect);
        NativeMethods.OnDisconnectSet(_client, &OnDisconnect);
        NativeMethods.OnLogSet(_client, &OnLog);
        NativeMethods.OnMessageSet(_client, &OnMessage);
    }

    /// <summary>The library's words for an error code, or the system's where it says "see errno".</summary>
    public static string TextOf(int code) => code == ErrorErrno
        ? Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())
        : Marshal.PtrToStringUTF8(NativeMethods.ErrorText(code)) ?? "unknown error";

    /// <summary>The library's words for an MQTT 5 reason code.</summary>
    public static string TextOfReason(int reason) => Marshal.PtrToStringUTF8(NativeMethods.ReasonText(reason)) ?? "unknown reason";

    /// <summary>What the broker publishes for us when we vanish. Before <see cref="Connect"/>.</summary>
    public void SetWill(string topic, ReadOnlySpan<byte> payload, int qos, bool retain)
    {
        fixed (byte* bytes = payload)
        {
            ThrowIfError(NativeMethods.WillSet(_client, topic, payload.Length, bytes, qos, retain, nint.Zero), "mosquitto_will_set_v5");
        }
    }

    /// <summary>User name and password. Before <see cref="Connect"/>.</summary>
    public void SetCredentials(string username, string? password) =>
        ThrowIfError(NativeMethods.CredentialsSet(_client, username, password), "mosquitto_username_pw_set");

    /// <summary>Encrypts the connection and checks the broker against a CA; certificate and key show who we are. Before <see cref="Connect"/>.</summary>
    public void SetTls(string? caFile, string? caPath, string? certificateFile, string? keyFile) =>
        ThrowIfError(NativeMethods.TlsSet(_client, caFile, caPath, certificateFile, keyFile, nint.Zero), "mosquitto_tls_set");

    /// <summary>Resolves, connects and sends CONNECT; blocks as long as the network does. Also for every later attempt.</summary>
    /// <param name="host">Name or address.</param>
    /// <param name="port">TCP port.</param>
    /// <param name="keepAliveSeconds">Silence after which the broker counts us dead, x 1.5; 5..65535.</param>
    /// <param name="sessionExpirySeconds">How long the broker keeps our session while we are away.</param>
    /// <returns><see cref="Success"/> or an error code for <see cref="TextOf"/>.</returns>
    public int Connect(string host, int port, int keepAliveSeconds, uint sessionExpirySeconds)
    {
        nint properties = nint.Zero;
        ThrowIfError(NativeMethods.PropertyAddInt32(&properties, PropertySessionExpiryInterval, sessionExpirySeconds), "mosquitto_property_add_int32");
        int code = NativeMethods.Connect(_client, host, port, keepAliveSeconds, null, properties);
        NativeMethods.PropertyFreeAll(&properties);
        return code;
    }

    /// <summary>Reads, writes and calls back; returns after <paramref name="timeoutMs"/> or one packet.</summary>
    /// <returns><see cref="Success"/>, or an error code once the connection is gone.</returns>
    public int Loop(int timeoutMs) => NativeMethods.Loop(_client, timeoutMs, 1);

    /// <summary>Queues a message for sending.</summary>
    /// <returns><see cref="Success"/> or an error code; without a connection a QoS 1 message is queued nonetheless.</returns>
    public int Publish(string topic, ReadOnlySpan<byte> payload, int qos, bool retain)
    {
        fixed (byte* bytes = payload)
        {
            return NativeMethods.Publish(_client, null, topic, payload.Length, bytes, qos, retain, nint.Zero);
        }
    }

    /// <summary>Queues a subscription; + and # are allowed.</summary>
    /// <returns><see cref="Success"/> or an error code.</returns>
    public int Subscribe(string filter, int qos) => NativeMethods.Subscribe(_client, null, filter, qos, 0, nint.Zero);

    /// <summary>Queues a farewell, which cancels the will.</summary>
    public int Disconnect() => NativeMethods.Disconnect(_client);

    /// <inheritdoc/>
    public void Dispose()
    {
        _client.Dispose();
        if (_self.IsAllocated) _self.Free();
    }

    private static void ThrowIfError(int code, string function)
    {
        if (code != Success) throw new MosquittoException(function, code);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnConnect(nint client, nint userData, int reason, int flags, nint properties) => EventsOf(userData).OnConnect(reason, (flags & 1) != 0);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDisconnect(nint client, nint userData, int reason, nint properties) => EventsOf(userData).OnDisconnect(reason);

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnLog(nint client, nint userData, int level, nint text)
    {
        if (level == LogLevelError) EventsOf(userData).OnError(Marshal.PtrToStringUTF8(text) ?? "");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnMessage(nint client, nint userData, NativeMethods.NativeMessage* message, nint properties) =>
        EventsOf(userData).OnMessage(new MosquittoMessage(
            MemoryMarshal.CreateReadOnlySpanFromNullTerminated(message->Topic),
            new ReadOnlySpan<byte>(message->Payload, message->PayloadLength),
            message->IsRetained != 0,
            message->Qos == 0 ? 0 : message->MessageId));

    private static IMosquittoEvents EventsOf(nint userData) => (IMosquittoEvents)GCHandle.FromIntPtr(userData).Target!;
}
