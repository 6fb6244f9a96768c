using System.Diagnostics;
using System.Globalization;
using System.Text;
using Ambient.Daemon.Room;
using Ambient.Sensors;
using Ambient.Sensors.Acoustics;
using Ambient.Sensors.Fusion;
using Ambient.Sensors.Payloads;

namespace Ambient.Daemon.Bench;

/// <summary>What hundreds of sensors cost from their messages to the context: every decoder that there are most devices of, and fusion once a second, in simulated time as fast as it goes.</summary>
internal static class SensorBench
{
    private static readonly string[] Ecosystems = ["zigbee2mqtt", "esphome", "tasmota", "shelly-gen2", "homie"];
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero);

    /// <summary>Runs the simulation twice, the first time to warm up.</summary>
    /// <param name="sensors">How many, spread over the ecosystems.</param>
    /// <param name="seconds">Simulated seconds, one message a sensor and second.</param>
    public static SensorCost Run(int sensors, int seconds)
    {
        Simulate(sensors, Math.Min(seconds, 30));
        return Simulate(sensors, seconds);
    }

    /// <summary>The message of a sensor at a second: occupied half of the time, everything moving a little.</summary>
    public static (string Topic, string Payload) MessageOf(int sensor, int second)
    {
        var random = new Random(sensor * 7_919 + second);
        string seen = (second / 120 + sensor / 50) % 2 == 0 ? "true" : "false";
        string celsius = (20 + random.NextDouble()).ToString("0.00", CultureInfo.InvariantCulture);
        return (sensor % Ecosystems.Length) switch
        {
            0 => ($"zigbee2mqtt/room{sensor}", $$"""{"battery":100,"illuminance":{{random.Next(180, 220)}},"linkquality":{{random.Next(60, 140)}},"occupancy":{{seen}},"temperature":{{celsius}},"update":{"state":"idle"} }"""),
            1 => ($"node{sensor}/sensor/room_temperature/state", celsius),
            2 => ($"tele/room{sensor}/SENSOR", $$"""{"Time":"2026-03-02T10:00:00","BH1750":{"Illuminance":{{random.Next(180, 220)}} },"SCD40":{"CarbonDioxide":{{random.Next(600, 620)}},"Temperature":{{celsius}},"Humidity":45.1},"TempUnit":"C"}"""),
            3 => ($"shelly{sensor}/events/rpc", $$"""{"src":"shelly{{sensor}}","dst":"shelly{{sensor}}/events","method":"NotifyStatus","params":{"ts":1700000000.1,"temperature:0":{"id":0,"tC":{{celsius}},"tF":68.1} } }"""),
            _ => ($"homie/node{sensor}/pir/motion", seen),
        };
    }

    private static SensorCost Simulate(int sensors, int seconds)
    {
        var intake = new MessageIntake(Ecosystems.Select(name => new SourceConfig { Ecosystem = name }), _ => { });
        var (fusion, ownSound) = (new ContextFusion(), new OwnSoundRemoval());
        byte[][] payloads = new byte[sensors][];
        string[] topics = new string[sensors];
        long readings = 0;
        TimeSpan busy = TimeSpan.Zero;
        long allocated = 0;
        for (int second = 0; second < seconds; second++)
        {
            for (int i = 0; i < sensors; i++)
            {
                (topics[i], string payload) = MessageOf(i, second);
                payloads[i] = Encoding.UTF8.GetBytes(payload);
            }

            DateTimeOffset now = Start.AddSeconds(second);
            (TimeSpan before, long bytes) = (Process.GetCurrentProcess().TotalProcessorTime, GC.GetAllocatedBytesForCurrentThread());
            for (int i = 0; i < sensors; i++) intake.Offer(new SensorMessage(topics[i], payloads[i], false, now));
            while (intake.Readings.TryRead(out Reading reading))
            {
                fusion.Add(ownSound.Clean(reading));
                readings++;
            }

            fusion.Fuse(now);
            busy += Process.GetCurrentProcess().TotalProcessorTime - before;
            allocated += GC.GetAllocatedBytesForCurrentThread() - bytes;
        }

        double heapMb = Math.Round(GC.GetTotalMemory(forceFullCollection: true) / 1e6, 1);
        GC.KeepAlive((intake, fusion));
        return new SensorCost(sensors, seconds, Math.Round(100 * busy.TotalSeconds / seconds, 3), readings, allocated / ((long)seconds * sensors), heapMb, ResourceUse.RssMb);
    }
}

/// <summary>What <c>bench sensors --json</c> prints.</summary>
/// <param name="Sensors">How many sensors.</param>
/// <param name="Seconds">Simulated seconds.</param>
/// <param name="CpuPercent">Processor time from message to context, percent of one core at one message a sensor and second.</param>
/// <param name="Readings">Readings that came of the messages.</param>
/// <param name="BytesPerMessage">Allocated, bytes.</param>
/// <param name="HeapMb">Live managed memory at the end, MB of 10^6 bytes.</param>
/// <param name="RssMb">Resident memory at the end, MB of 10^6 bytes.</param>
internal sealed record SensorCost(int Sensors, int Seconds, double CpuPercent, long Readings, long BytesPerMessage, double HeapMb, double RssMb);
