using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Ambient.Daemon.Cli;

namespace Ambient.Daemon.Demo;

/// <summary>A real mosquitto of our own on a free loopback port, gone when disposed of.</summary>
internal sealed class PrivateBroker : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/sbin/mosquitto", "/usr/local/sbin/mosquitto", "/usr/bin/mosquitto"];

    private readonly Process _process;
    private readonly string _folder;

    private PrivateBroker(Process process, string folder, int port) => (_process, _folder, Port) = (process, folder, port);

    /// <summary>Where it listens, on 127.0.0.1.</summary>
    public int Port { get; }

    /// <summary>Processor time it took so far.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Its resident memory now, MB of 10^6 bytes.</summary>
    public double RssMb
    {
        get
        {
            _process.Refresh();
            return Math.Round(_process.WorkingSet64 / 1e6, 1);
        }
    }

    /// <summary>Starts a broker and waits until it answers.</summary>
    /// <exception cref="CliException">There is no mosquitto, or it does not start.</exception>
    public static async Task<PrivateBroker> StartAsync()
    {
        string program = Places.FirstOrDefault(File.Exists) ?? throw new CliException(ExitCodes.Failed, "mosquitto is not installed: apt install mosquitto");
        string folder = Directory.CreateTempSubdirectory("ambient-broker-").FullName;
        int port = FreePort();
        string configuration = Path.Combine(folder, "mosquitto.conf");
        await File.WriteAllTextAsync(configuration, $"listener {port} 127.0.0.1\nallow_anonymous true\npersistence false\nlog_dest none\n");
        Process process = Process.Start(new ProcessStartInfo(program, ["-c", configuration]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var broker = new PrivateBroker(process, folder, port);
        if (await broker.AnswersAsync(TimeSpan.FromSeconds(5))) return broker;
        await broker.DisposeAsync();
        throw new CliException(ExitCodes.Failed, $"{program} did not start on 127.0.0.1:{port}");
    }

    /// <summary>A TCP port on loopback that nobody uses now.</summary>
    public static int FreePort(int preferred = 0)
    {
        try
        {
            using var probe = new TcpListener(IPAddress.Loopback, preferred);
            probe.Start();
            return ((IPEndPoint)probe.LocalEndpoint).Port;
        }
        catch (SocketException) when (preferred != 0)
        {
            return FreePort();
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> AnswersAsync(TimeSpan patience)
    {
        using var deadline = new CancellationTokenSource(patience);
        using var retry = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!_process.HasExited)
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(IPAddress.Loopback, Port, deadline.Token);
                return true;
            }
            catch (Exception problem) when (problem is SocketException or OperationCanceledException)
            {
                if (deadline.IsCancellationRequested) return false;
                await retry.WaitForNextTickAsync(CancellationToken.None);
            }
        }

        return false;
    }
}
