using Ambient.Daemon.Configuration;
using Ambient.Daemon.Mqtt;
using Ambient.Sensors;
using Ambient.Sensors.Recordings;
using Microsoft.Extensions.Logging.Abstractions;

namespace Ambient.Daemon.Demo;

/// <summary>Plays a recorded office afternoon into a broker, as the messages its sensors would have sent.</summary>
internal static class RecordedAfternoon
{
    /// <summary>What it is, for people.</summary>
    public const string Description = "an office on 22 December 2017 from 15:20 on, ten times faster than it was; somebody comes in after half a minute (UCI 864, CC BY 4.0)";

    // A row every 30 s as recorded.
    private static readonly TimeSpan RowInterval = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan FirstRow = new(15, 20, 0);

    /// <summary>Publishes row after row, from the start again at the end, until cancelled.</summary>
    public static async Task PlayAsync(int port, CancellationToken cancellation)
    {
        string file = Path.Combine(AppContext.BaseDirectory, "demo", "office-day.csv");
        IReadOnlyList<Reading>[] rows = [.. Recording.Read(file, new Uci864()).Where(row => row[0].Time.TimeOfDay >= FirstRow)];
        // The sensors' side of the broker: a line like our own, under a name of its own.
        var config = new MqttConfig { Host = "127.0.0.1", Port = port, ClientId = "demo-sensors" };
        await using var link = new MqttLink(config, new MqttTopics("demo", "sensors", []), TimeProvider.System, NullLogger<MqttLink>.Instance);
        link.Start();
        using var pace = new PeriodicTimer(RowInterval);
        try
        {
            for (int row = 0; ; row = (row + 1) % rows.Length)
            {
                foreach ((string topic, byte[] payload) in RoomMessages.Of(rows[row])) link.Publish(topic, payload, retain: false);
                await pace.WaitForNextTickAsync(cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            // The demo ends.
        }
    }
}
