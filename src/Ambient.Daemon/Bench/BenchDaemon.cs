using System.Diagnostics;
using Ambient.Daemon.Cli;
using Ambient.Daemon.Demo;

namespace Ambient.Daemon.Bench;

/// <summary>The daemon as a process of its own, in real time with the paced null output and a broker of its own; measured from outside.</summary>
internal sealed class BenchDaemon : IAsyncDisposable
{
    /// <summary>The zone's id.</summary>
    public const string Zone = "bench";

    private readonly PrivateBroker _broker;
    private readonly Process _process;
    private readonly string _folder;

    private BenchDaemon(PrivateBroker broker, Process process, string folder) => (_broker, _process, _folder) = (broker, process, folder);

    /// <summary>The broker.</summary>
    public PrivateBroker Broker => _broker;

    /// <summary>Resident memory now, MB of 10^6 bytes.</summary>
    public double RssMb => Math.Round(Fresh().WorkingSet64 / 1e6, 1);

    /// <summary>Processor time so far.</summary>
    /// <exception cref="CliException">The daemon ended by itself.</exception>
    public TimeSpan ProcessorTime
    {
        get
        {
            Process process = Fresh();
            if (process.HasExited) throw new CliException(ExitCodes.Failed, $"the daemon ended with exit code {process.ExitCode}; its log stands above");
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Starts broker and daemon; neither is waited for.</summary>
    public static async Task<BenchDaemon> StartAsync(string mood, CancellationToken cancellation, bool isQuiet = false)
    {
        PrivateBroker broker = await PrivateBroker.StartAsync();
        string folder = Directory.CreateTempSubdirectory("ambient-bench-").FullName;
        string config = Path.Combine(folder, "bench.json");
        await File.WriteAllTextAsync(config, $$"""
            { "Zone": { "Id": "{{Zone}}", "DefaultMood": "{{mood}}", "Level": 80 }, "Audio": { "Output": "null" },
              "Mqtt": { "Host": "127.0.0.1", "Port": {{broker.Port}} }, "Web": { "Enabled": false }, "StateDirectory": "{{folder}}" }
            """, cancellation);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ambient.dll"), "run", "--config", config]) { RedirectStandardError = isQuiet };
        Process process = Process.Start(start)!;
        if (!isQuiet) return new BenchDaemon(broker, process, folder);
        process.ErrorDataReceived += (_, _) => { }; // read, so that the pipe never fills
        process.BeginErrorReadLine();
        return new BenchDaemon(broker, process, folder);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) _process.Kill();
        await _process.WaitForExitAsync(CancellationToken.None);
        _process.Dispose();
        await _broker.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private Process Fresh()
    {
        _process.Refresh();
        return _process;
    }
}
