using Ambient.Daemon.Control;
using Ambient.Daemon.Room;
using Ambient.Sensors;

namespace Ambient.Daemon.Tests;

/// <summary>Ordinary things for tests that are about something else.</summary>
internal static class Some
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.FromHours(1));

    public static readonly Dictionary<string, int> Moods = new() { ["calm"] = 54, ["focus"] = 50, ["bright"] = 60 };

    public static RoomSnapshot Room(DateTimeOffset time) => new()
    {
        Time = time,
        Zone = "lobby",
        Effective = new EffectiveState("calm", 40, 8, "front desk", time.AddHours(2), new NextChange(time.AddHours(2), "bright"), "schedule"),
        Mood = "calm",
        Context = new ContextVector { Time = time, Occupancy = 0.93, IsOccupied = true, Density = 0.4, Activity = 0.2, NoiseDba = 46.1, Noise = 0.4, IlluminanceLux = 312, Light = 0.76, Confidence = 0.9 },
        Why = new WhyReport("Calmer, because few people are here and it is getting dark.", [new WhyFactor("density", 0.4, -0.31), new WhyFactor("light", 0.76, 0.22), new WhyFactor("noise", 0.4, 0.12)]),
        Score = new ScoreReport { Bar = 57, TempoBpm = 58.5, Key = "D dorian", Chord = "Gm9", Layers = ["pad", "bell", "drone"] },
        Diag = new DiagReport { Xruns = 0, Frames = 48_000 * 600L, QueueMs = 2_100, CpuPercent = 3.4, RssMb = 88, ModelUsP99 = 140, ModelNoteShare = 0.997, UptimeS = 7_260, Output = "alsa:default" },
    };

    /// <summary>What zone lobby publishes to a topic.</summary>
    public static string Published(string topic)
    {
        var sent = new Mqtt.Sent();
        new StatePublisher(new Daemon.Mqtt.MqttTopics("ambient", "lobby", []), sent).Publish(Room(Noon));
        return sent.Messages.Last(message => message.Topic == topic).Payload;
    }
}
