using System.Diagnostics;
using System.Text.Json;
using Ambient.Daemon.Cli;

namespace Ambient.Daemon.Bench;

/// <summary>Floods a playing daemon with sensor messages, orders and garbage, and asks its own counters whether the music noticed.</summary>
internal static class FloodBench
{
    private const int DeviceBufferMs = 170; // 8 x 1024 frames: a block that is later than this would be a gap
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(10);

    /// <summary>Starts, warms up, floods, asks.</summary>
    /// <param name="rate">Messages a second.</param>
    /// <param name="duration">Of the flood.</param>
    /// <param name="isQuiet">The daemon's log is kept to itself.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CliException">The daemon or the broker ended.</exception>
    public static async Task<FloodCost> RunAsync(int rate, TimeSpan duration, bool isQuiet, CancellationToken cancellation)
    {
        await using BenchDaemon daemon = await BenchDaemon.StartAsync("calm", cancellation, isQuiet);
        var diags = new List<JsonElement>();
        var last = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        bool isOver = false;
        int finals = 0;
        await using BrokerClient watch = await BrokerClient.ConnectAsync(daemon.Broker.Port, "watch", message =>
        {
            lock (diags) diags.Add(JsonDocument.Parse(message.Payload).RootElement);
            // The second report after the end has seen the whole flood.
            if (Volatile.Read(ref isOver) && ++finals == 1) last.TrySetResult();
        });
        await watch.SubscribeAsync([$"ambient/{BenchDaemon.Zone}/diag"]);
        await using BrokerClient flood = await BrokerClient.ConnectAsync(daemon.Broker.Port, "flood", _ => { });
        while (Count(diags) == 0) await Task.Delay(100, cancellation);
        await Task.Delay(WarmUp, cancellation);

        double rssBefore = daemon.RssMb;
        double rssMost = rssBefore;
        (TimeSpan cpuBefore, TimeSpan brokerBefore, long start) = (daemon.ProcessorTime, daemon.Broker.ProcessorTime, Stopwatch.GetTimestamp());
        long sent = 0;
        while (Stopwatch.GetElapsedTime(start) is var elapsed && elapsed < duration)
        {
            for (long due = (long)(elapsed.TotalSeconds * rate); sent < due; sent++) Send(flood, sent);
            rssMost = Math.Max(rssMost, daemon.RssMb);
            await Task.Delay(Beat, cancellation);
        }

        TimeSpan took = Stopwatch.GetElapsedTime(start);
        (TimeSpan cpu, TimeSpan broker) = (daemon.ProcessorTime - cpuBefore, daemon.Broker.ProcessorTime - brokerBefore);
        Volatile.Write(ref isOver, true);
        await last.Task.WaitAsync(TimeSpan.FromSeconds(60), cancellation);

        (JsonElement first, JsonElement final) = (diags[0], diags[^1]);
        double late = diags.Skip(1).Max(diag => diag.GetProperty("late_ms").GetDouble());
        double uptime = final.GetProperty("uptime_s").GetDouble() - first.GetProperty("uptime_s").GetDouble();
        double played = (final.GetProperty("frames").GetInt64() - first.GetProperty("frames").GetInt64()) / 48_000.0;
        return new FloodCost(
            Math.Round(sent / took.TotalSeconds), Math.Round(took.TotalSeconds, 1), final.GetProperty("mqtt_received").GetInt64(), final.GetProperty("mqtt_dropped").GetInt64(),
            Math.Round(100 * cpu / took, 1), Math.Round(100 * broker / took, 1), rssBefore, rssMost, late, late > DeviceBufferMs, Math.Round(played - uptime, 2),
            final.GetProperty("late_events").GetInt64() - first.GetProperty("late_events").GetInt64(), final.GetProperty("xruns").GetInt64());
    }

    private static int Count(List<JsonElement> diags)
    {
        lock (diags) return diags.Count;
    }

    // Of twenty: twelve sensor messages of sixteen devices, six orders, one order that makes no sense, one message that nobody understands.
    private static void Send(BrokerClient sender, long number)
    {
        (string topic, string payload) = (number % 20) switch
        {
            < 12 => ($"zigbee2mqtt/flood-{number / 20 % 16}", $$"""{"occupancy":{{(number % 3 == 0 ? "true" : "false")}},"illuminance":{{number % 1_000}},"temperature":21.5}"""),
            < 15 => ($"ambient/{BenchDaemon.Zone}/level/set", $"{60 + number % 30}"),
            15 => ($"ambient/{BenchDaemon.Zone}/mood/set", "calm"),
            16 => ($"ambient/{BenchDaemon.Zone}/override/set", """{"value":{"level":70},"priority":9,"ttl":5,"by":"flood"}"""),
            17 => ("ambient/all/schedule/set", """{"id":"flood","tz":"UTC","weekly":{"daily":[{"at":"00:00","mood":"calm"}]}}"""),
            18 => ($"ambient/{BenchDaemon.Zone}/override/set", """{"value":{"mood":"disco"}}"""),
            _ => ("zigbee2mqtt/broken", "{{{{"),
        };
        sender.Publish(topic, System.Text.Encoding.UTF8.GetBytes(payload), retain: false);
    }
}

/// <summary>What <c>bench flood --json</c> prints.</summary>
/// <param name="SentPerSecond">Messages a second that were sent.</param>
/// <param name="Seconds">For how long.</param>
/// <param name="Received">Messages that the daemon got; the broker drops what a client does not read in time.</param>
/// <param name="Dropped">Messages that the daemon threw away, mostly for a newer one of the same topic.</param>
/// <param name="CpuPercent">The whole daemon's processor time, percent of one core.</param>
/// <param name="BrokerCpuPercent">The broker's.</param>
/// <param name="RssMbBefore">Resident memory before, MB of 10^6 bytes.</param>
/// <param name="RssMbMost">The most during the flood.</param>
/// <param name="LateMs">Longest that a block of sound came after its time.</param>
/// <param name="HasGap">Whether that is more than a sound card's buffer.</param>
/// <param name="PlayedAheadS">Seconds played less seconds passed between the first and the last report: near 0.</param>
/// <param name="LateEvents">Score events that came after their frame.</param>
/// <param name="Xruns">Times the output ran dry.</param>
internal sealed record FloodCost(
    double SentPerSecond, double Seconds, long Received, long Dropped, double CpuPercent, double BrokerCpuPercent, double RssMbBefore, double RssMbMost, double LateMs, bool HasGap, double PlayedAheadS, long LateEvents, long Xruns);
