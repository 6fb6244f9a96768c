using System.Text.Json;
using Ambient.Daemon.Tests;
using Ambient.Daemon.Tests.Mqtt;

namespace Ambient.System.Tests;

/// <summary>Too much at once, and many at once. How fast is a matter of <c>bench flood</c> and <c>bench fleet</c>; here it is about what is true afterwards.</summary>
public sealed class FloodTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ambient-flood-");

    [Fact]
    public async Task A_flood_costs_no_frame_and_the_last_word_counts()
    {
        using var broker = new Broker(settings: "max_queued_messages 0"); // it must not drop anything by itself
        await broker.StartAsync();
        using Listener listener = await Listener.ConnectAsync(broker.Port);
        string config = Path.Combine(_folder.FullName, "ambient.json");
        await File.WriteAllTextAsync(config, $$"""
            { "Zone": { "Id": "flood", "TimeZone": "Etc/UTC" }, "Audio": { "Output": "null" }, "Web": { "Enabled": false }, "Mqtt": { "Host": "127.0.0.1", "Port": {{broker.Port}} }, "Composer": { "Seed": 1 } }
            """);
        using var daemon = new DaemonProcess("run", "--config", config, "--speed", "8");
        await ReadUntilAsync(listener, "effective", _ => true);

        for (int i = 0; i < 9_000; i++)
        {
            listener.Publish("ambient/flood/level/set", $"{i % 50}");
            listener.Publish("zigbee2mqtt/pir", $$"""{"occupancy":{{(i % 2 == 0 ? "true" : "false")}}}""");
            if (i % 3 == 0) listener.Publish("ambient/flood/override/set", "{{{");
        }

        listener.Publish("ambient/flood/level/set", "77");
        await ReadUntilAsync(listener, "effective", state => state.GetProperty("level").GetInt32() == 77);
        JsonElement diag = await ReadUntilAsync(listener, "diag", report => report.GetProperty("mqtt_received").GetInt64() >= 21_001);
        Assert.InRange(diag.GetProperty("mqtt_dropped").GetInt64(), 10_000, 21_000);
        Assert.Equal(0, diag.GetProperty("late_events").GetInt64());
        Assert.Equal(0, diag.GetProperty("xruns").GetInt64());
        Assert.InRange(diag.GetProperty("frames").GetInt64() / 48_000.0 - diag.GetProperty("uptime_s").GetDouble(), -1, 3);
        Assert.Equal(0, (await daemon.TerminateAsync()).ExitCode);
    }

    [Fact]
    public async Task Every_zone_of_a_fleet_takes_its_groups_schedule_and_answers()
    {
        (int exitCode, string output, string errors) = await DaemonProcess.RunAsync("bench", "fleet", "--zones", "60", "--seconds", "1", "--json");
        Assert.True(exitCode == 0, errors);
        JsonElement cost = JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement;
        Assert.Equal((60, 0), (cost.GetProperty("acknowledged").GetInt32(), cost.GetProperty("refused").GetInt32()));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static async Task<JsonElement> ReadUntilAsync(Listener listener, string name, Func<JsonElement, bool> isIt)
    {
        using var deadline = new CancellationTokenSource(3 * Within.Deadline);
        while (true)
        {
            (string topic, string payload, _) = await listener.NextAsync(deadline.Token);
            if (topic != $"ambient/flood/{name}") continue;
            JsonElement json = JsonDocument.Parse(payload).RootElement;
            if (isIt(json)) return json;
        }
    }
}
