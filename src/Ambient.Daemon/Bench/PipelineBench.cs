using System.Diagnostics;
using System.Runtime.Intrinsics;
using Ambient.Daemon.Demo;

namespace Ambient.Daemon.Bench;

/// <summary>Runs the daemon as a process of its own, in real time, with a broker and the recorded office, and reads what the kernel charges it.</summary>
internal static class PipelineBench
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);

    /// <summary>Starts, warms up, measures, ends.</summary>
    /// <exception cref="Cli.CliException">The daemon ended by itself.</exception>
    public static async Task<PipelineCost> RunAsync(string mood, TimeSpan duration, CancellationToken cancellation)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        await using BenchDaemon daemon = await BenchDaemon.StartAsync(mood, cancellation);
        Task publishing = RecordedAfternoon.PlayAsync(daemon.Broker.Port, end.Token);
        try
        {
            await Task.Delay(WarmUp, cancellation);
            (TimeSpan cpuBefore, long start) = (daemon.ProcessorTime, Stopwatch.GetTimestamp());
            await Task.Delay(duration, cancellation);
            TimeSpan cpu = daemon.ProcessorTime - cpuBefore;
            TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
            return new PipelineCost(Math.Round(100 * cpu / elapsed, 2), daemon.RssMb, Math.Round(elapsed.TotalSeconds, 1), Vectors);
        }
        finally
        {
            await end.CancelAsync();
            await publishing;
        }
    }

    private static string Vectors => Vector256.IsHardwareAccelerated ? "256-bit vectors" : Vector128.IsHardwareAccelerated ? "128-bit vectors" : "no vectors";
}

/// <summary>What <c>bench pipeline --json</c> prints.</summary>
/// <param name="CpuPercent">Processor time, percent of one core.</param>
/// <param name="RssMb">Resident memory at the end, MB of 10^6 bytes.</param>
/// <param name="Seconds">Over how long.</param>
/// <param name="Vectors">Which vector width the process could use.</param>
internal sealed record PipelineCost(double CpuPercent, double RssMb, double Seconds, string Vectors);
