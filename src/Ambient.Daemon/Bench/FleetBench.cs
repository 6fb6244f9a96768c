using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Ambient.Daemon.Cli;
using Ambient.Daemon.Demo;
using Ambient.Daemon.Mqtt;
using Ambient.Daemon.Room;

namespace Ambient.Daemon.Bench;

/// <summary>A building of simulated zones on one mosquitto: a schedule for a group, an evacuation, and ordinary life.</summary>
internal static class FleetBench
{
    private const string Schedule = """
        { "id": "campus-2026", "tz": "Europe/Berlin", "default": { "mood": "off" }, "location": { "lat": 52.52, "lon": 13.405 },
          "weekly": { "daily": [ { "at": "00:00", "mood": "calm", "level": 41 } ],
                      "mon-fri": [ { "at": "07:30", "mood": "focus", "level": 41 }, { "at": "12:00", "mood": "calm", "level": 41 }, { "at": "sunset-00:30", "mood": "focus", "level": 41 }, { "at": "23:00", "mood": "calm", "level": 41 } ] },
          "exceptions": [ { "calendar": "holidays", "priority": 3, "slots": [ { "at": "00:00", "mood": "calm", "level": 41 } ] } ] }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Builds the fleet, commands it, lets it live.</summary>
    /// <param name="zones">How many.</param>
    /// <param name="life">How long they live, to measure the broker.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="CliException">The broker ended, or zones did not answer.</exception>
    public static async Task<FleetCost> RunAsync(int zones, TimeSpan life, CancellationToken cancellation)
    {
        await using PrivateBroker broker = await PrivateBroker.StartAsync();
        IReadOnlyDictionary<string, int> ownLevels = Installation.LoadMoods(null).Moods.ToDictionary(mood => mood.Name, mood => (int)Math.Round(mood.OwnLevel));
        long start = Stopwatch.GetTimestamp();
        var fleet = new SimulatedZone[zones];
        try
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, zones), new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellation },
                async (number, _) => fleet[number] = await SimulatedZone.StartAsync(broker.Port, number, ownLevels));
            double connectSeconds = Seconds(start);
            return await MeasureAsync(broker, fleet, connectSeconds, life, cancellation);
        }
        finally
        {
            foreach (SimulatedZone? zone in fleet)
            {
                if (zone is not null) await zone.DisposeAsync();
            }
        }
    }

    private static async Task<FleetCost> MeasureAsync(PrivateBroker broker, SimulatedZone[] fleet, double connectSeconds, TimeSpan life, CancellationToken cancellation)
    {
        var acknowledged = new Roll("schedule/result", payload => payload.GetProperty("ok").GetBoolean());
        var applied = new Roll("effective", payload => payload.GetProperty("source").GetString() == "schedule" && payload.GetProperty("level").GetInt32() == 41);
        var evacuated = new Roll("effective", payload => payload.GetProperty("priority").GetInt32() == 1);
        Roll[] rolls = [acknowledged, applied, evacuated];
        await using BrokerClient supervisor = await BrokerClient.ConnectAsync(broker.Port, "supervisor", message =>
        {
            foreach (Roll roll in rolls) roll.Note(message);
        });
        await supervisor.SubscribeAsync(["ambient/+/schedule/result", "ambient/+/effective"]);

        TimeSpan brokerBefore = broker.ProcessorTime;
        (long inBefore, long outBefore) = Traffic(fleet, supervisor);
        acknowledged.Begin();
        applied.Begin();
        supervisor.Publish($"ambient/{SimulatedZone.Site}/schedule/set", Encoding.UTF8.GetBytes(Schedule), retain: true);
        await WaitAsync(fleet.Length, cancellation, acknowledged, applied);
        (long inAfter, long outAfter) = Traffic(fleet, supervisor);
        double scheduleBrokerSeconds = (broker.ProcessorTime - brokerBefore).TotalSeconds;

        evacuated.Begin();
        supervisor.Publish($"ambient/{SimulatedZone.Site}/override/set", """{"value":{"mood":"off"},"priority":1,"by":"fire panel"}"""u8, retain: false);
        await WaitAsync(fleet.Length, cancellation, evacuated);
        supervisor.Publish($"ambient/{SimulatedZone.Site}/override/clear", """{"priority":1}"""u8, retain: false);

        (double perSecond, double brokerPercent, double ownPercent) = await LiveAsync(broker, fleet, life, cancellation);
        return new FleetCost(
            fleet.Length, Math.Round(connectSeconds, 2), acknowledged.Count, acknowledged.Refused, acknowledged.LastSeconds, acknowledged.Percentile(0.5), applied.LastSeconds, evacuated.LastSeconds,
            inAfter - inBefore, outAfter - outBefore, Math.Round(scheduleBrokerSeconds, 2), Math.Round(perSecond), Math.Round(brokerPercent, 1), Math.Round(ownPercent, 1), broker.RssMb);
    }

    // One dashboard reads along with everything, as Home Assistant does; its messages are those that the broker has to send on.
    private static async Task<(double PerSecond, double BrokerPercent, double OwnPercent)> LiveAsync(PrivateBroker broker, SimulatedZone[] fleet, TimeSpan life, CancellationToken cancellation)
    {
        await using BrokerClient dashboard = await BrokerClient.ConnectAsync(broker.Port, "dashboard", _ => { });
        await dashboard.SubscribeAsync(["ambient/#"]);
        await Task.Delay(1_000, cancellation); // what was retained comes first
        using Process self = Process.GetCurrentProcess();
        (long before, TimeSpan brokerBefore, TimeSpan ownBefore, long start) = (dashboard.ReceivedCount, broker.ProcessorTime, self.TotalProcessorTime, Stopwatch.GetTimestamp());
        const int Slices = 20;
        for (int slice = 0; Stopwatch.GetElapsedTime(start) is var elapsed && elapsed < life; slice++)
        {
            DateTimeOffset now = TimeProvider.System.GetUtcNow();
            for (int zone = slice % Slices; zone < fleet.Length; zone += Slices) fleet[zone].Live(slice / Slices, now);
            TimeSpan ahead = TimeSpan.FromSeconds((slice + 1.0) / Slices) - Stopwatch.GetElapsedTime(start);
            if (ahead > TimeSpan.Zero) await Task.Delay(ahead, cancellation);
        }

        TimeSpan took = Stopwatch.GetElapsedTime(start);
        self.Refresh();
        return ((dashboard.ReceivedCount - before) / took.TotalSeconds, 100 * (broker.ProcessorTime - brokerBefore) / took, 100 * (self.TotalProcessorTime - ownBefore) / took);
    }

    private static async Task WaitAsync(int zones, CancellationToken cancellation, params Roll[] rolls)
    {
        long start = Stopwatch.GetTimestamp();
        while (rolls.Any(roll => roll.Count < zones))
        {
            if (Stopwatch.GetElapsedTime(start) > Patience)
                throw new CliException(ExitCodes.Failed, $"after {Patience.TotalSeconds} s {string.Join(", ", rolls.Select(roll => $"{roll.Count} zones said {roll.Name}"))}, of {zones}");
            await Task.Delay(10, cancellation);
        }
    }

    private static (long In, long Out) Traffic(SimulatedZone[] fleet, BrokerClient supervisor) =>
        (fleet.Sum(zone => zone.SentCount) + supervisor.SentCount, fleet.Sum(zone => zone.ReceivedCount) + supervisor.ReceivedCount);

    private static double Seconds(long since) => Stopwatch.GetElapsedTime(since).TotalSeconds;

    // Which zones have answered, and when.
    private sealed class Roll(string name, Func<JsonElement, bool> isIt)
    {
        private readonly ConcurrentDictionary<string, double> _seconds = new();
        private long _start;

        public string Name => name;

        public int Count => _seconds.Count;

        public int Refused { get; private set; }

        public double LastSeconds => Math.Round(_seconds.Values.Max(), 2);

        public void Begin() => Volatile.Write(ref _start, Stopwatch.GetTimestamp());

        public void Note(MqttMessage message)
        {
            if (Volatile.Read(ref _start) == 0 || !message.Topic.EndsWith($"/{name}", StringComparison.Ordinal)) return;
            if (isIt(JsonDocument.Parse(message.Payload).RootElement)) _seconds.TryAdd(message.Topic.Split('/')[1], Seconds(_start));
            else if (name == "schedule/result") Refused++;
        }

        public double Percentile(double share) => Math.Round(_seconds.Values.Order().ElementAt((int)(share * (_seconds.Count - 1))), 2);
    }
}

/// <summary>What <c>bench fleet --json</c> prints.</summary>
/// <param name="Zones">How many, each with a connection of its own.</param>
/// <param name="ConnectSeconds">Until all were connected and subscribed.</param>
/// <param name="Acknowledged">Zones whose <c>schedule/result</c> said ok.</param>
/// <param name="Refused">Zones whose answer did not.</param>
/// <param name="AcknowledgedSeconds">From publishing the group's schedule to the last zone's answer.</param>
/// <param name="AcknowledgedSecondsP50">To half of them.</param>
/// <param name="AppliedSeconds">To the last zone whose <c>effective</c> follows the schedule.</param>
/// <param name="EvacuatedSeconds">From a priority 1 override for the group to the last zone that obeyed.</param>
/// <param name="ScheduleMessagesIn">Messages to the broker for the schedule.</param>
/// <param name="ScheduleMessagesOut">Messages from the broker for it.</param>
/// <param name="ScheduleBrokerSeconds">The broker's processor time for it.</param>
/// <param name="LifeMessagesPerSecond">Messages a second of all zones playing, to one reader of everything.</param>
/// <param name="LifeBrokerCpuPercent">The broker's processor time meanwhile, percent of one core.</param>
/// <param name="LifeZonesCpuPercent">That of all zones together.</param>
/// <param name="BrokerRssMb">The broker's resident memory, MB of 10^6 bytes.</param>
internal sealed record FleetCost(
    int Zones, double ConnectSeconds, int Acknowledged, int Refused, double AcknowledgedSeconds, double AcknowledgedSecondsP50, double AppliedSeconds, double EvacuatedSeconds, long ScheduleMessagesIn, long ScheduleMessagesOut,
    double ScheduleBrokerSeconds, double LifeMessagesPerSecond, double LifeBrokerCpuPercent, double LifeZonesCpuPercent, double BrokerRssMb);
