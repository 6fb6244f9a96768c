using System.Threading.Channels;
using Ambient.Composer;
using Ambient.Daemon.Audio;
using Ambient.Daemon.Control;
using Ambient.Daemon.HomeAssistant;
using Ambient.Daemon.Mqtt;
using Ambient.Sensors;
using Ambient.Sensors.Acoustics;
using Ambient.Sensors.Fusion;
using Ambient.Sensors.Payloads;
using Ambient.Synth;
using NodaTime;

namespace Ambient.Daemon.Room;

/// <summary>What a room is made of, for <see cref="RoomLoop"/>.</summary>
/// <param name="Zone">The zone's id.</param>
/// <param name="Clock">The room's clock: the system's, or a <see cref="FrameClock"/>.</param>
/// <param name="TimeZone">Where the room is: what time of day it is there.</param>
/// <param name="Control">Who wants what.</param>
/// <param name="Intake">Messages to readings.</param>
/// <param name="Devices">Readings of this machine's own devices.</param>
/// <param name="OwnSound">Takes what is played out of what microphones hear.</param>
/// <param name="PlayedDb">A-weighted level played since the last call, dB below a full-scale sine; null when nothing was.</param>
/// <param name="Fusion">Readings to context.</param>
/// <param name="Conductor">Context to score events.</param>
/// <param name="Music">Commands to the conductor.</param>
/// <param name="Queue">Score events to the audio thread.</param>
/// <param name="Engine">Score events to frames; only its counters are read here.</param>
/// <param name="Link">The broker, if there is one.</param>
/// <param name="Commands">Understands the broker's commands; goes with <paramref name="Link"/>.</param>
/// <param name="Discovery">Introduces the zone to Home Assistant, if it is wanted.</param>
/// <param name="Horizon">Where frames drive the clock.</param>
/// <param name="Recorder">Keeps readings and contexts, if that is wanted.</param>
/// <param name="Scores">Keeps what was played, if that is wanted.</param>
/// <param name="ModelFault">Why rules compose; null while the network does.</param>
internal sealed record RoomParts(
    string Zone,
    TimeProvider Clock,
    DateTimeZone TimeZone,
    ControlPlane Control,
    MessageIntake Intake,
    ChannelReader<Reading> Devices,
    OwnSoundRemoval OwnSound,
    Func<double?> PlayedDb,
    ContextFusion Fusion,
    Conductor Conductor,
    MusicCommands Music,
    ScoreQueue Queue,
    SynthEngine Engine,
    MqttLink? Link,
    MqttCommands? Commands,
    Discovery? Discovery,
    PlanHorizon? Horizon,
    RoomRecorder? Recorder,
    ScoreRecorder? Scores,
    Func<string?> ModelFault);
