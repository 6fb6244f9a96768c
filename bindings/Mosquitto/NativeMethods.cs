using System.Runtime.InteropServices;

namespace Ambient.Bindings.Mosquitto;

/// <summary>mosquitto.h of libmosquitto 2.0 (same soname in Debian 12 and 13), as far as we call it.</summary>
internal static unsafe partial class NativeMethods
{
    private const string Library = "libmosquitto.so.1";

    // The library's start-up is once per process; whoever calls anything below comes through here first.
    static NativeMethods() => _ = lib_init();

    [LibraryImport(Library, EntryPoint = "mosquitto_lib_init")]
    private static partial int lib_init();

    [LibraryImport(Library, EntryPoint = "mosquitto_new", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint Create(string id, [MarshalAs(UnmanagedType.U1)] bool cleanSession, nint userData);

    [LibraryImport(Library, EntryPoint = "mosquitto_destroy")]
    internal static partial void Destroy(nint client);

    [LibraryImport(Library, EntryPoint = "mosquitto_int_option")]
    internal static partial int IntOption(MosquittoHandle client, int option, int value);

    [LibraryImport(Library, EntryPoint = "mosquitto_threaded_set")]
    internal static partial int ThreadedSet(MosquittoHandle client, [MarshalAs(UnmanagedType.U1)] bool threaded);

    [LibraryImport(Library, EntryPoint = "mosquitto_will_set_v5", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int WillSet(MosquittoHandle client, string topic, int length, byte* payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_username_pw_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int CredentialsSet(MosquittoHandle client, string username, string? password);

    [LibraryImport(Library, EntryPoint = "mosquitto_tls_set", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int TlsSet(MosquittoHandle client, string? caFile, string? caPath, string? certificateFile, string? keyFile, nint passwordCallback);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect_bind_v5", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    internal static partial int Connect(MosquittoHandle client, string host, int port, int keepAliveSeconds, string? bindAddress, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_disconnect")]
    internal static partial int Disconnect(MosquittoHandle client);

    [LibraryImport(Library, EntryPoint = "mosquitto_loop", SetLastError = true)]
    internal static partial int Loop(MosquittoHandle client, int timeoutMs, int maxPackets);

    [LibraryImport(Library, EntryPoint = "mosquitto_publish_v5", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Publish(MosquittoHandle client, int* messageId, string topic, int length, byte* payload, int qos, [MarshalAs(UnmanagedType.U1)] bool retain, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_subscribe_v5", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int Subscribe(MosquittoHandle client, int* messageId, string filter, int qos, int options, nint properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_add_int32")]
    internal static partial int PropertyAddInt32(nint* properties, int identifier, uint value);

    [LibraryImport(Library, EntryPoint = "mosquitto_property_free_all")]
    internal static partial void PropertyFreeAll(nint* properties);

    [LibraryImport(Library, EntryPoint = "mosquitto_connect_v5_callback_set")]
    internal static partial void OnConnectSet(MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, int, int, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_disconnect_v5_callback_set")]
    internal static partial void OnDisconnectSet(MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, int, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_log_callback_set")]
    internal static partial void OnLogSet(MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, int, nint, void> callback);

    [LibraryImport(Library, EntryPoint = "mosquitto_message_v5_callback_set")]
    internal static partial void OnMessageSet(MosquittoHandle client, delegate* unmanaged[Cdecl]<nint, nint, NativeMessage*, nint, void> callback);

    // Both return pointers to text that the library owns and never frees.
    [LibraryImport(Library, EntryPoint = "mosquitto_strerror")]
    internal static partial nint ErrorText(int code);

    [LibraryImport(Library, EntryPoint = "mosquitto_reason_string")]
    internal static partial nint ReasonText(int reason);

    /// <summary><c>struct mosquitto_message</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal readonly struct NativeMessage
    {
        internal readonly int MessageId;
        internal readonly byte* Topic;
        internal readonly void* Payload;
        internal readonly int PayloadLength;
        internal readonly int Qos;
        internal readonly byte IsRetained;
    }
}
