using System.Net.Sockets;
using System.Text;

namespace Ambient.Daemon.Systemd;

/// <summary>Tells systemd how the service is: datagrams to <c>$NOTIFY_SOCKET</c>. Without systemd it does nothing.</summary>
/// <remarks>Source: sd_notify(3). Any thread. Never throws: a deaf supervisor is no reason to stop the music.</remarks>
public sealed class SystemdNotifier : IDisposable
{
    private readonly Socket? _socket;
    private readonly UnixDomainSocketEndPoint? _address;

    /// <summary>A notifier for a socket's path.</summary>
    /// <param name="socketPath">As in <c>$NOTIFY_SOCKET</c>: a path, or an abstract name after '@'; null or empty where nobody listens.</param>
    public SystemdNotifier(string? socketPath)
    {
        if (string.IsNullOrEmpty(socketPath)) return;
        _address = new UnixDomainSocketEndPoint(socketPath[0] == '@' ? "\0" + socketPath[1..] : socketPath);
        _socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { Blocking = false };
    }

    /// <summary>The notifier for the supervisor that started this process.</summary>
    public static SystemdNotifier FromEnvironment() => new(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"));

    /// <summary>There is sound: the unit counts as started.</summary>
    public void Ready() => Send("READY=1");

    /// <summary>We are fading out.</summary>
    public void Stopping() => Send("STOPPING=1");

    /// <summary>We are alive.</summary>
    public void Watchdog() => Send("WATCHDOG=1");

    /// <summary>One line for <c>systemctl status</c>.</summary>
    public void Status(string line) => Send($"STATUS={line.ReplaceLineEndings(" ")}");

    /// <inheritdoc/>
    public void Dispose() => _socket?.Dispose();

    private void Send(string message)
    {
        if (_socket is null) return;
        try
        {
            _socket.SendTo(Encoding.UTF8.GetBytes(message), _address!);
        }
        catch (SocketException)
        {
            // systemd is restarting or its queue is full; the next watchdog message comes in a second.
        }
    }
}
