using Ambient.Daemon.Configuration;
using Ambient.Daemon.Control;
using Ambient.Daemon.Mqtt;
using Ambient.Daemon.Room;
using Ambient.Sensors;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ambient.Daemon.Bench;

/// <summary>A zone of a fleet: the daemon's own control plane, scheduler, topics and payloads, with a connection of its own; no music, no sensors, no disk.</summary>
internal sealed class SimulatedZone : IAsyncDisposable
{
    private readonly BrokerClient _client;
    private readonly MqttTopics _topics;
    private readonly ControlPlane _control;
    private readonly StatePublisher _publisher;
    private readonly int _number;

    private SimulatedZone(int number, BrokerClient client, MqttTopics topics, ControlPlane control, StatePublisher publisher) =>
        (_number, _client, _topics, _control, _publisher) = (number, client, topics, control, publisher);

    /// <summary>Messages published so far.</summary>
    public long SentCount => _client.SentCount;

    /// <summary>Messages that came in so far.</summary>
    public long ReceivedCount => _client.ReceivedCount;

    /// <summary>Name of the site group.</summary>
    public const string Site = "campus";

    /// <summary>Name of zone number n.</summary>
    public static string NameOf(int number) => $"room-{number:0000}";

    /// <summary>Connects, listens to its commands, says that it is there.</summary>
    /// <param name="port">Of the broker on loopback.</param>
    /// <param name="number">0 and up; twenty make a floor.</param>
    /// <param name="ownLevels">Moods.</param>
    public static async Task<SimulatedZone> StartAsync(int port, int number, IReadOnlyDictionary<string, int> ownLevels)
    {
        TimeProvider clock = TimeProvider.System;
        var zone = new ZoneConfig { Id = NameOf(number), Groups = [$"floor-{number / 20}", Site], TimeZone = "Europe/Berlin" };
        var topics = new MqttTopics("ambient", zone.Id, zone.Groups);
        var control = new ControlPlane(zone, ownLevels, null);
        MqttCommands? commands = null;
        BrokerClient client = await BrokerClient.ConnectAsync(port, $"ambient-{zone.Id}", message => commands?.TryHandle(message));
        var publisher = new StatePublisher(topics, client, () => control.Effective(clock.GetUtcNow()));
        commands = new MqttCommands(topics, control, clock, NullLogger<MqttCommands>.Instance, null, new MqttPlans(topics, control, clock, client));
        control.Changed += publisher.PublishEffective;
        await client.SubscribeAsync([.. topics.CommandFilters, topics.CalendarFilter]);
        client.Publish(topics.State("availability"), "online"u8, retain: true);
        publisher.PublishEffective();
        return new SimulatedZone(number, client, topics, control, publisher);
    }

    /// <summary>Says what a playing room says at a second of its life; a score every fourth, diagnostics every thirtieth.</summary>
    public void Live(int second, DateTimeOffset now)
    {
        int age = second + _number; // no two zones in step
        _publisher.Publish(new RoomSnapshot
        {
            Time = now,
            Zone = _topics.Zone,
            Effective = _control.Effective(now),
            Context = new ContextVector { Time = now, Occupancy = 0.9, IsOccupied = true, Density = age % 97 / 97.0, Activity = 0.2, NoiseDba = 40 + age % 13, Noise = 0.4, IlluminanceLux = 300 + age % 50, Light = 0.76, Confidence = 0.9 },
            Why = new WhyReport("Calmer, because few people are here and it is getting dark.", [new WhyFactor("density", age / 60 % 9 / 9.0, -0.31), new WhyFactor("light", 0.76, 0.22)]),
            Score = new ScoreReport { Bar = age / 4, TempoBpm = 58.5, Key = "D dorian", Chord = "Gm9", Layers = ["pad", "bell", "drone"], OnsetsPerMinute = 11 },
            Diag = new DiagReport { Frames = 48_000L * age, QueueMs = 2_500, CpuPercent = 3.4, RssMb = 120, ModelUsP99 = 140, ModelNoteShare = 0.997, UptimeS = age, Output = "alsa:default" },
        });
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _client.DisposeAsync();
}
