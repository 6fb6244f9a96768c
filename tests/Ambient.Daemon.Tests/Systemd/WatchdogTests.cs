using System.Net.Sockets;
using System.Text;
using Ambient.Daemon.Systemd;

namespace Ambient.Daemon.Tests.Systemd;

public sealed class WatchdogTests : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ambient-notify-");
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
    private readonly ManualTimeProvider _time = new(Some.Noon);

    [Fact]
    public void The_watchdog_is_fed_only_while_frames_are_accepted()
    {
        string path = Path.Combine(_directory.FullName, "notify");
        _systemd.Bind(new UnixDomainSocketEndPoint(path));
        using var notifier = new SystemdNotifier(path);
        long frames = 0;
        using var watchdog = new Watchdog(notifier, () => frames, _time);

        _time.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(0, _systemd.Available);
        frames = 48_000;
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("WATCHDOG=1", Receive());
        _time.Advance(TimeSpan.FromSeconds(5)); // nothing was accepted since
        Assert.Equal(0, _systemd.Available);
    }

    [Fact]
    public void Readiness_status_and_stopping_reach_an_abstract_socket()
    {
        string name = $"ambient-test-{Guid.NewGuid():N}";
        _systemd.Bind(new UnixDomainSocketEndPoint("\0" + name));
        using var notifier = new SystemdNotifier("@" + name);
        notifier.Ready();
        notifier.Status("calm,\nlevel 40");
        notifier.Stopping();
        Assert.Equal(["READY=1", "STATUS=calm, level 40", "STOPPING=1"], [Receive(), Receive(), Receive()]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("/nowhere/at/all")]
    public void Without_systemd_nothing_happens_and_nothing_fails(string? path)
    {
        using var notifier = new SystemdNotifier(path);
        notifier.Ready();
        notifier.Watchdog();
    }

    public void Dispose()
    {
        _systemd.Dispose();
        _directory.Delete(recursive: true);
    }

    private string Receive()
    {
        var buffer = new byte[256];
        _systemd.ReceiveTimeout = (int)Within.Deadline.TotalMilliseconds;
        return Encoding.UTF8.GetString(buffer, 0, _systemd.Receive(buffer));
    }
}
