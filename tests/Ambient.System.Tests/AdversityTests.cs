using System.Globalization;
using System.Text.Json;
using Ambient.Daemon.Tests;
using Ambient.Daemon.Tests.Mqtt;

namespace Ambient.System.Tests;

/// <summary>What goes wrong in a building, done to the whole daemon: the music goes on, and it says what is the matter.</summary>
public sealed class AdversityTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ambient-adversity-");

    [Fact]
    public async Task A_broker_that_comes_late_and_dies_costs_no_frame()
    {
        using var broker = new Broker();
        using DaemonProcess daemon = Start(broker.Port, speed: 4);
        await SeesInLogAsync(daemon, "not reached");

        await broker.StartAsync();
        using (Listener listener = await Listener.ConnectAsync(broker.Port))
        {
            await ReadUntilAsync(listener, "effective", _ => true);
            listener.Publish("ambient/adversity/level/set", "41");
            await ReadUntilAsync(listener, "effective", state => state.GetProperty("level").GetInt32() == 41);
        }

        broker.Kill();
        await SeesInLogAsync(daemon, "lost");
        await broker.StartAsync();
        using (Listener listener = await Listener.ConnectAsync(broker.Port))
        {
            // The broker forgot everything; the daemon tells it again, and still knows what it was asked.
            await ReadUntilAsync(listener, "effective", state => state.GetProperty("level").GetInt32() == 41);
            await ReadUntilAsync(listener, "diag", diag => diag.GetProperty("uptime_s").GetDouble() > 0 && Played(diag));
        }

        Assert.Equal(0, (await daemon.TerminateAsync()).ExitCode);

        // All that the room's clock counted was played, through every loss: nothing stood still.
        static bool Played(JsonElement diag) => diag.GetProperty("frames").GetInt64() / 48_000.0 > diag.GetProperty("uptime_s").GetDouble() - 1;
    }

    [Fact]
    public async Task Garbage_is_answered_by_one_warning_a_topic_and_changes_nothing()
    {
        using var broker = new Broker();
        await broker.StartAsync();
        using Listener listener = await Listener.ConnectAsync(broker.Port);
        using DaemonProcess daemon = Start(broker.Port, speed: 1);
        await ReadUntilAsync(listener, "effective", _ => true);

        string[] garbage = ["{", "NaN", "[[[[[[", "\"\"", new string('x', 1_000_000), """{"occupancy":"perhaps"}""", """{"occupancy":NaN}"""];
        foreach (string payload in garbage)
        {
            listener.Publish("zigbee2mqtt/broken", payload);
            listener.Publish("ambient/adversity/mood/set", payload);
            listener.Publish("ambient/adversity/level/set", payload);
            listener.Publish("ambient/adversity/override/set", payload);
        }

        // Commands are handled in order: when this one has taken effect, all before it were seen.
        listener.Publish("ambient/adversity/level/set", "37");
        JsonElement state = await ReadUntilAsync(listener, "effective", effective => effective.GetProperty("level").GetInt32() == 37);
        Assert.Equal("calm", state.GetProperty("mood").GetString());

        // Sensors are read with the next step of the music, after which the room is reported.
        for (int report = 0; report < 2; report++) await ReadUntilAsync(listener, "context", _ => true);
        foreach (string topic in new[] { "zigbee2mqtt/broken", "ambient/adversity/mood/set", "ambient/adversity/level/set", "ambient/adversity/override/set" })
        {
            // Too large is a warning of its own kind.
            int warnings = daemon.Log.Count(line => line.StartsWith("warn", StringComparison.Ordinal) && line.Contains(topic + ":", StringComparison.Ordinal) && !line.Contains("bytes", StringComparison.Ordinal));
            Assert.True(warnings == 1, $"{warnings} warnings about {topic}:\n{string.Join('\n', daemon.Log)}");
        }
    }

    [Fact]
    public async Task Bad_configuration_ends_with_78_and_names_file_key_value_and_what_is_allowed()
    {
        string config = Write("bad.json", """{ "Audio": { "PeriodFrames": 5000 }, "Zone": { "Idd": "x" } }""");
        (int exitCode, _, string errors) = await DaemonProcess.RunAsync("run", "--config", config);
        Assert.Equal(78, exitCode);
        Assert.Contains("bad.json: Audio.PeriodFrames is 5000; allowed: 64..1024", errors, StringComparison.Ordinal);
        Assert.Contains("Zone.Idd is unknown; did you mean 'Id'?", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_bad_mood_file_ends_with_78_and_names_file_key_value_and_what_is_allowed()
    {
        string moods = _folder.CreateSubdirectory("moods").FullName;
        string calm = await File.ReadAllTextAsync(Path.Combine(DaemonProcess.Folder, "moods", "calm.json"));
        await File.WriteAllTextAsync(Path.Combine(moods, "calm.json"), calm.Replace("\"valence\": 0.4", "\"valence\": 4", StringComparison.Ordinal));
        string config = Write("ambient.json", $$"""{ "Composer": { "MoodDirectory": "{{moods}}" } }""");
        (int exitCode, _, string errors) = await DaemonProcess.RunAsync("run", "--config", config);
        Assert.Equal(78, exitCode);
        Assert.Contains("calm.json", errors, StringComparison.Ordinal);
        Assert.Contains("valence", errors, StringComparison.Ordinal);
        Assert.Contains("4", errors, StringComparison.Ordinal);
        Assert.Contains("1", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_model_the_rules_play_and_a_fault_says_so()
    {
        using var broker = new Broker();
        await broker.StartAsync();
        using Listener listener = await Listener.ConnectAsync(broker.Port);
        using DaemonProcess daemon = Start(broker.Port, speed: 30, composer: $$"""{ "ModelDirectory": "{{_folder.CreateSubdirectory("empty").FullName}}", "Seed": 1 }""");
        JsonElement fault = await ReadUntilAsync(listener, "fault/attributes", attributes => attributes.GetRawText().Contains("model", StringComparison.Ordinal));
        Assert.Contains("composer.json", fault.GetRawText(), StringComparison.Ordinal);
        JsonElement score = await ReadUntilAsync(listener, "score", bar => bar.GetProperty("notes").TryGetProperty("pad", out JsonElement notes) && notes.GetInt32() > 3);
        Assert.NotEmpty(score.GetProperty("chord").GetString()!);
        JsonElement diag = await ReadUntilAsync(listener, "diag", report => report.GetProperty("frames").GetInt64() > 48_000 * 30);
        Assert.Equal(0, diag.GetProperty("model_note_share").GetDouble());
    }

    [Fact]
    public async Task Without_a_sound_card_it_says_so_once_and_composes_on()
    {
        using var broker = new Broker();
        await broker.StartAsync();
        using Listener listener = await Listener.ConnectAsync(broker.Port);
        using DaemonProcess daemon = Start(broker.Port, speed: 30, output: "alsa:nosuchcard");
        await ReadUntilAsync(listener, "fault/attributes", attributes => attributes.GetRawText().Contains("nosuchcard", StringComparison.Ordinal));
        JsonElement diag = await ReadUntilAsync(listener, "diag", report => report.GetProperty("frames").GetInt64() > 48_000 * 60);
        Assert.Equal("null", diag.GetProperty("output").GetString());
        Assert.Single(daemon.Log, line => line.Contains("nosuchcard", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Render_gives_the_same_bytes_for_the_same_arguments_and_others_for_another_seed()
    {
        string first = await RenderAsync(seed: 7, "a"), second = await RenderAsync(seed: 7, "b"), other = await RenderAsync(seed: 8, "c");
        Assert.Equal(first, second);
        Assert.NotEqual(first, other);
        foreach (string kind in new[] { "wav", "mid" })
            Assert.Equal(await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, $"a.{kind}")), await File.ReadAllBytesAsync(Path.Combine(_folder.FullName, $"b.{kind}")));
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private async Task<string> RenderAsync(int seed, string name)
    {
        string path = Path.Combine(_folder.FullName, name);
        (int exitCode, string output, string errors) = await DaemonProcess.RunAsync(
            "render", "--mood", "calm", "--seconds", "30", "--seed", seed.ToString(CultureInfo.InvariantCulture), "--out", path + ".wav", "--midi", path + ".mid", "--json");
        Assert.True(exitCode == 0, errors);
        return JsonDocument.Parse(output.TrimEnd().Split('\n')[^1]).RootElement.GetProperty("sha256").GetString()!;
    }

    private DaemonProcess Start(int port, double speed, string output = "null", string composer = """{ "Seed": 1 }""")
    {
        string config = Write("ambient.json", $$"""
            {
              "Zone": { "Id": "adversity", "TimeZone": "Etc/UTC" }, "Audio": { "Output": "{{output}}" }, "Web": { "Enabled": false },
              "Mqtt": { "Host": "127.0.0.1", "Port": {{port}} }, "Composer": {{composer}}
            }
            """);
        return new DaemonProcess("run", "--config", config, "--speed", speed.ToString(CultureInfo.InvariantCulture));
    }

    private static async Task<JsonElement> ReadUntilAsync(Listener listener, string name, Func<JsonElement, bool> isIt)
    {
        using var deadline = new CancellationTokenSource(2 * Within.Deadline);
        while (true)
        {
            (string topic, string payload, _) = await listener.NextAsync(deadline.Token);
            if (topic != $"ambient/adversity/{name}") continue;
            JsonElement json = JsonDocument.Parse(payload).RootElement;
            if (isIt(json)) return json;
        }
    }

    private static async Task SeesInLogAsync(DaemonProcess daemon, string text)
    {
        using var deadline = new CancellationTokenSource(2 * Within.Deadline);
        while (!daemon.Log.Any(line => line.Contains(text, StringComparison.Ordinal))) await daemon.NextLineAsync(deadline.Token);
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
