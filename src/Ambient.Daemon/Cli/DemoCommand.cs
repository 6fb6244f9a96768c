using System.CommandLine;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Demo;
using Ambient.Daemon.Room;
using Ambient.Sensors;
using Ambient.Sensors.Recordings;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Cli;

/// <summary><c>demo</c>: the whole system on this machine, with a recorded afternoon as the room.</summary>
internal static class DemoCommand
{
    private const int ConsolePort = 8_080;
    private const int Level = 92; // -30 LUFS or so: the amplifier here is nobody's calibrated one

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var seconds = new Option<int?>("--seconds") { Description = "end after so many seconds; default: until Ctrl-C" };
        var command = new Command("demo", "Play here and now: private broker, recorded office as the room, console in the browser.") { seconds };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetValue(seconds), cancellation));
        return command;
    }

    private static async Task<int> RunAsync(int? seconds, CancellationToken cancellation)
    {
        if (seconds is < 1) throw new CliException(ExitCodes.Usage, $"--seconds is {seconds}; allowed: 1 or more");
        Console.WriteLine("Ambient demo: a recorded office is the room, a private MQTT broker carries its sensors, the music is composed here and now.");
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        if (seconds is { } limit) end.CancelAfter(TimeSpan.FromSeconds(limit));

        await using PrivateBroker broker = await PrivateBroker.StartAsync();
        string state = Directory.CreateTempSubdirectory("ambient-demo-").FullName;
        string output = ChooseOutput();
        var config = new AmbientConfig
        {
            Zone = new ZoneConfig { Id = "demo", DefaultMood = "calm", Level = Level },
            Audio = new AudioConfig { Output = output },
            Mqtt = new MqttConfig { Host = "127.0.0.1", Port = broker.Port },
            Web = new WebConfig { Port = PrivateBroker.FreePort(ConsolePort) },
            SensorSetup = new SensorsConfig { RoomCapacity = 4, Sources = RoomMessages.Sources },
            BaseDirectory = state,
        };
        try
        {
            Task publishing = Task.CompletedTask;
            int code = await RunCommand.RunAsync(config, new RunOptions(), room =>
            {
                Console.WriteLine($"  console   {room.ConsoleAddress}   (mood, context, why, and a listen button)");
                Console.WriteLine($"  sound     {(output == "null" ? "no sound card here: use the listen button" : output)}");
                Console.WriteLine($"  broker    127.0.0.1:{broker.Port}   mosquitto_sub -p {broker.Port} -t 'ambient/#' -v");
                Console.WriteLine($"  room      {RecordedAfternoon.Description}");
                Console.WriteLine("Ctrl-C ends it.");
                publishing = RecordedAfternoon.PlayAsync(broker.Port, end.Token);
                return Task.CompletedTask;
            }, end.Token);
            await end.CancelAsync();
            await publishing;
            return code;
        }
        finally
        {
            Directory.Delete(state, recursive: true);
        }
    }

    private static string ChooseOutput()
    {
        const string Card = "alsa:default";
        bool hasCard = OutputCatalog.TryOpen(Card, new AlsaOptions(), out IAudioOutput? output, out _);
        output?.Dispose();
        return hasCard ? Card : "null";
    }
}
