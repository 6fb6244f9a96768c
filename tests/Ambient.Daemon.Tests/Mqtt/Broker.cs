using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Ambient.Daemon.Tests.Mqtt;

/// <summary>A real mosquitto on a free loopback port, which can be killed and started again on the same port.</summary>
internal sealed class Broker : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("ambient-broker-");
    private readonly string _settings;
    private Process? _process;

    /// <param name="allowsAnonymous">Whether it asks for no password.</param>
    /// <remarks>As root it would become user mosquitto and could not read the certificates of a test.</remarks>
    /// <param name="settings">More lines of its configuration.</param>
    public Broker(bool allowsAnonymous = true, string settings = "")
    {
        _settings = $"allow_anonymous {(allowsAnonymous ? "true" : "false")}\npersistence false\nlog_dest stderr\nuser root\n{settings}\n";
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        Port = ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public int Port { get; }

    public async Task StartAsync()
    {
        string configuration = Path.Combine(_directory.FullName, "mosquitto.conf");
        await File.WriteAllTextAsync(configuration, $"listener {Port} 127.0.0.1\n{_settings}");
        string program = File.Exists("/usr/sbin/mosquitto") ? "/usr/sbin/mosquitto" : "mosquitto";
        var start = new ProcessStartInfo(program, ["-c", configuration]) { RedirectStandardError = true };
        var isRunning = new TaskCompletionSource();
        _process = new Process { StartInfo = start };
        _process.ErrorDataReceived += (_, line) =>
        {
            if (line.Data?.Contains(" running", StringComparison.Ordinal) == true) isRunning.TrySetResult();
        };
        _process.Start();
        _process.BeginErrorReadLine();
        await isRunning.Task.WaitAsync(Within.Deadline);
    }

    /// <summary>SIGKILL: no farewell to anybody, nothing written.</summary>
    public void Kill()
    {
        _process?.Kill();
        _process?.WaitForExit();
        _process?.Dispose();
        _process = null;
    }

    public void Dispose()
    {
        Kill();
        _directory.Delete(recursive: true);
    }
}
