using System.Diagnostics;
using System.Runtime.Intrinsics;
using Ambient.Daemon.Cli;
using Ambient.Daemon.Demo;

namespace Ambient.Daemon.Bench;

/// <summary>Runs the daemon as a process of its own, in real time, with a broker and the recorded office, and reads what the kernel charges it.</summary>
internal static class PipelineBench
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    /// <summary>Starts, warms up, measures, ends.</summary>
    /// <exception cref="CliException">The daemon ended by itself.</exception>
    public static async Task<PipelineCost> RunAsync(string mood, TimeSpan duration, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using PrivateBroker broker = await PrivateBroker.StartAsync();
        string folder = Directory.CreateTempSubdirectory("ambient-bench-").FullName;
        string config = Path.Combine(folder, "bench.json");
        await File.WriteAllTextAsync(config, $$"""
            { "Zone": { "Id": "bench", "DefaultMood": "{{mood}}", "Level": 80 }, "Audio": { "Output": "null" },
              "Mqtt": { "Host": "127.0.0.1", "Port": {{broker.Port}} }, "Web": { "Enabled": false }, "StateDirectory": "{{folder}}" }
            """, cancellation);
        try
        {
            using Process daemon = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "ambient.dll"), "run", "--config", config]))!;
            Task publishing = RecordedAfternoon.PlayAsync(broker.Port, end.Token);
            try
            {
                await Task.Delay(WarmUp, cancellation);
                (TimeSpan cpuBefore, long start) = (Cpu(daemon), Stopwatch.GetTimestamp());
                await Task.Delay(duration, cancellation);
                TimeSpan cpu = Cpu(daemon) - cpuBefore;
                TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
                return new PipelineCost(Math.Round(100 * cpu / elapsed, 2), Math.Round(daemon.WorkingSet64 / 1e6, 1), Math.Round(elapsed.TotalSeconds, 1), Vectors);
            }
            finally
            {
                await end.CancelAsync();
                if (!daemon.HasExited) daemon.Kill();
                await daemon.WaitForExitAsync(CancellationToken.None);
                await publishing;
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Vectors => Vector256.IsHardwareAccelerated ? "256-bit vectors" : Vector128.IsHardwareAccelerated ? "128-bit vectors" : "no vectors";

    private static TimeSpan Cpu(Process process)
    {
        process.Refresh();
        if (process.HasExited) throw new CliException(ExitCodes.Failed, $"the daemon ended with exit code {process.ExitCode}; its log stands above");
        return process.TotalProcessorTime;
    }
}

/// <summary>What <c>bench pipeline --json</c> prints.</summary>
/// <param name="CpuPercent">Processor time, percent of one core.</param>
/// <param name="RssMb">Resident memory at the end, MB of 10^6 bytes.</param>
/// <param name="Seconds">Over how long.</param>
/// <param name="Vectors">Which vector width the process could use.</param>
internal sealed record PipelineCost(double CpuPercent, double RssMb, double Seconds, string Vectors);
