using System.Globalization;
using System.Text;
using System.Text.Json;
using Ambient.Daemon.Tests.Mqtt;
using Ambient.Sensors;
using Ambient.Sensors.Recordings;

namespace Ambient.System.Tests;

/// <summary>
/// The main job on real input: a real broker, a recorded office as zigbee2mqtt messages, the whole daemon as a process at sixty
/// times real time, ALSA's file device as the sound card. Forty minutes of 22 December 2017 in which somebody comes in.
/// </summary>
public sealed class OfficeAfternoonTests(OfficeAfternoon afternoon) : IClassFixture<OfficeAfternoon>
{
    private static readonly DateTimeOffset Arrival = OfficeAfternoon.At("15:25:24");

    [Fact]
    public void The_context_follows_who_is_in_the_room()
    {
        // Two minutes are allowed for noticing.
        var judged = afternoon.Contexts.Where(context => context.At < Arrival || context.At > Arrival.AddMinutes(2)).ToList();
        double right = judged.Count(context => context.Occupied == context.Label) / (double)judged.Count;
        Assert.True(judged.Count > 1_500, $"only {judged.Count} contexts in 40 minutes");
        Assert.True(right >= 0.95, $"occupied agrees with the people counted in {right:P1} of {judged.Count} contexts; 95 % asked");
    }

    [Fact]
    public void The_music_grows_with_the_people()
    {
        double empty = afternoon.SalientPerMinute("15:10", "15:25"), occupied = afternoon.SalientPerMinute("15:27", "15:35");
        Assert.True(occupied > 1.3 * empty, $"{empty:0.0} salient notes a minute in the empty room, {occupied:0.0} with people");
        double askedEmpty = afternoon.AskedOnsets("15:15", "15:25"), askedOccupied = afternoon.AskedOnsets("15:30", "15:35");
        Assert.True(askedOccupied > 1.3 * askedEmpty, $"asked for {askedEmpty:0.0} onsets a minute in the empty room, {askedOccupied:0.0} with people");
        double layersEmpty = afternoon.MeanLayers("15:10", "15:25"), layersOccupied = afternoon.MeanLayers("15:27", "15:35");
        Assert.True(layersOccupied > layersEmpty, $"{layersEmpty:0.00} layers in the empty room, {layersOccupied:0.00} with people");
    }

    [Fact]
    public void Commands_and_schedule_change_what_is_effective()
    {
        Assert.Equal(
            ["calm 15 schedule", "focus 8 mqtt", "calm 15 schedule"],
            afternoon.Effective.Select(state => $"{state.Mood} {state.Priority} {state.Source}"));
        // A minute of the room is a second of ours: a loaded machine needs some of it to carry a message.
        Assert.InRange(afternoon.Effective[1].Seen, OfficeAfternoon.FocusAsked, OfficeAfternoon.FocusAsked.AddMinutes(1));
        Assert.InRange(afternoon.Effective[2].Seen, OfficeAfternoon.Slot.AddSeconds(-1), OfficeAfternoon.Slot.AddMinutes(1));
        Assert.Contains("focus", afternoon.Moods);
        Assert.Contains("focus", afternoon.Targets);
    }

    [Fact]
    public void It_says_why_when_the_people_come() =>
        Assert.Contains(afternoon.Reasons, reason => reason.At > Arrival && reason.At < Arrival.AddMinutes(5) && reason.Text.Contains("occup", StringComparison.OrdinalIgnoreCase));

    [Fact]
    public void The_sound_has_no_gap_no_clipping_and_no_click()
    {
        RecordedSound sound = afternoon.Sound;
        int second = RecordedSound.SampleRateHz;
        Assert.True(sound.Peak < 32_768 * 0.9, $"peak {sound.Peak} of 32768");
        int gap = sound.LongestSilenceFrames(30 * second, sound.Frames - 2 * second);
        Assert.True(gap < second / 20, $"{gap} silent frames in a row");
        List<int> clicks = RecordedSound.Clicks(sound.Samples[..^(2 * second)]);
        Assert.True(clicks.Count == 0, $"{clicks.Count} clicks, the first at {clicks.FirstOrDefault() / (double)second:0.000} s");
    }

    [Fact]
    public void The_loudness_is_the_moods()
    {
        // Level 90 is 5 dB below -26 LUFS; the room may move it by a few dB.
        double lufs = afternoon.Lufs("15:08", "15:34");
        Assert.InRange(lufs, -31 - 4, -31 + 4);
    }

    [Fact]
    public void Every_frame_is_there_and_the_end_is_a_fade()
    {
        Assert.Equal(0, afternoon.Exit.ExitCode);
        Assert.True(afternoon.Exit.Took < TimeSpan.FromSeconds(1), $"SIGTERM took {afternoon.Exit.Took.TotalMilliseconds:0} ms");
        Assert.True(afternoon.Sound.IsComplete, "the WAV header does not match the file's length");
        Assert.InRange(afternoon.Sound.Frames / (double)RecordedSound.SampleRateHz, 40 * 60, 42 * 60);
        Assert.Equal(0, afternoon.LastDiag.GetProperty("xruns").GetInt64());
        Assert.Equal(0, afternoon.LastDiag.GetProperty("late_events").GetInt64());
        foreach (short sample in afternoon.Sound.Samples[^96..]) Assert.InRange(sample, (short)-3, (short)3);
    }

    /// <summary>The log holds what goes into the output stage, which fades in for a second, and then, with neither cap nor trim nor mute, changes no bit until the fade at the end.</summary>
    [Fact]
    public async Task The_score_log_replays_what_the_card_got_to_the_bit()
    {
        int second = RecordedSound.SampleRateHz, last = afternoon.Sound.Frames / second - 2;
        string wav = Path.Combine(afternoon.Folder, "replayed.wav");
        var (exitCode, output, errors) = await DaemonProcess.RunAsync(["render", "--replay", .. afternoon.ScoreLog, "--seconds", $"{last}", "--out", wav, "--json"]);
        Assert.True(exitCode == 0, errors);
        Assert.Equal(last, JsonDocument.Parse(output).RootElement.GetProperty("exact_seconds").GetDouble());
        ReadOnlySpan<short> heard = afternoon.Sound.Samples[(4 * second)..(2 * last * second)], replayed = new RecordedSound(wav).Samples[(4 * second)..];
        Assert.Equal(heard.Length, replayed.Length);
        Assert.Equal(heard.Length, heard.CommonPrefixLength(replayed));
    }

    [Fact]
    public void The_network_composed_it() => Assert.True(afternoon.LastDiag.GetProperty("model_note_share").GetDouble() >= 0.99);
}

/// <summary>Lives through the afternoon once, for all tests above.</summary>
public sealed class OfficeAfternoon : IAsyncLifetime
{
    private const string Zone = "office";
    private static readonly string[] Salient = ["bell", "felt", "pluck", "glass", "kalimba", "marimba", "bowl"];
    private static readonly DateTimeOffset Start = At("15:05"), End = At("15:45");

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("ambient-office-");
    private readonly List<(DateTimeOffset At, JsonElement Score)> _scores = [];
    private readonly List<string> _published = [];
    private DateTimeOffset _now = Start;

    internal static DateTimeOffset FocusAsked { get; } = At("15:35");

    internal static DateTimeOffset Slot { get; } = At("15:40");

    internal List<(DateTimeOffset At, bool Occupied, bool Label)> Contexts { get; } = [];

    internal List<(DateTimeOffset Seen, string Mood, int Priority, string Source)> Effective { get; } = [];

    internal List<(DateTimeOffset At, string Text)> Reasons { get; } = [];

    internal List<string> Moods { get; } = [];

    internal List<string> Targets { get; } = [];

    internal JsonElement LastDiag { get; private set; }

    internal (int ExitCode, TimeSpan Took) Exit { get; private set; }

    internal RecordedSound Sound { get; private set; } = null!;

    internal string Folder => _folder.FullName;

    internal string[] ScoreLog => [.. Directory.GetFiles(Path.Combine(Folder, "state", "recordings"), "*.score.gz").Order(StringComparer.Ordinal)];

    public async Task InitializeAsync()
    {
        using var broker = new Broker();
        await broker.StartAsync();
        string wav = Path.Combine(_folder.FullName, "room.wav");
        string schedule = Write("schedule.json", """{"id":"office-test","tz":"Etc/UTC","weekly":{"daily":[{"at":"15:00","mood":"calm","level":90},{"at":"15:40","mood":"calm","level":90}]}}""");
        string sensors = """[{"Ecosystem":"zigbee2mqtt"},{"Ecosystem":"generic","Mapping":[{"Topic":"building/room/+/sound","Path":"$.millivolts","Quantity":"sound","Unit":"V","Scale":0.001}]}]""";
        string config = Write("ambient.json", $$"""
            {
              "Zone": { "Id": "{{Zone}}", "TimeZone": "Etc/UTC" },
              "Audio": { "Output": "alsa:file:{{wav}},wav" },
              "Mqtt": { "Host": "127.0.0.1", "Port": {{broker.Port}} },
              "Web": { "Enabled": false },
              "Schedule": { "File": "{{schedule}}" },
              "Sensors": { "RoomCapacity": 4, "Sources": {{sensors}} },
              "Composer": { "Seed": 1 },
              "Recording": { "Score": true }
            }
            """);
        using Listener listener = await Listener.ConnectAsync(broker.Port);
        using var daemon = new DaemonProcess("run", "--config", config, "--speed", "60", "--start", Start.ToString("O", CultureInfo.InvariantCulture));
        await LiveThrough(listener);
        Exit = await daemon.TerminateAsync();
        Sound = new RecordedSound(wav);
    }

    /// <summary>With AMBIENT_KEEP=folder the sound and what was published stay there, to listen and to plot (tools/plot_afternoon.py).</summary>
    public Task DisposeAsync()
    {
        if (Environment.GetEnvironmentVariable("AMBIENT_KEEP") is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
            File.Copy(Path.Combine(_folder.FullName, "room.wav"), Path.Combine(folder, "afternoon.wav"), overwrite: true);
            File.WriteAllLines(Path.Combine(folder, "afternoon.jsonl"), _published);
        }

        _folder.Delete(recursive: true);
        return Task.CompletedTask;
    }

    internal static DateTimeOffset At(string time) => new(new DateTime(2017, 12, 22).Add(TimeSpan.Parse(time, CultureInfo.InvariantCulture)), TimeSpan.Zero);

    /// <summary>Notes a minute between two times of day that somebody might notice: no pads, no drone.</summary>
    internal double SalientPerMinute(string from, string to)
    {
        var inside = Between(from, to);
        return (Count(inside[^1]) - Count(inside[0])) / (inside[^1].At - inside[0].At).TotalMinutes;

        static double Count((DateTimeOffset At, JsonElement Score) score) =>
            score.Score.GetProperty("notes").EnumerateObject().Where(notes => Salient.Contains(notes.Name)).Sum(notes => notes.Value.GetDouble());
    }

    internal double AskedOnsets(string from, string to) => Between(from, to).Average(score => score.Score.GetProperty("onsets_per_minute").GetDouble());

    internal double MeanLayers(string from, string to) => Between(from, to).Average(score => score.Score.GetProperty("layers").GetArrayLength());

    internal double Lufs(string from, string to) => Sound.Lufs(FrameOf(from), FrameOf(to));

    private static int FrameOf(string time) => (int)(At(time) - Start).TotalSeconds * RecordedSound.SampleRateHz;

    private List<(DateTimeOffset At, JsonElement Score)> Between(string from, string to) => [.. _scores.Where(score => score.At >= At(from) && score.At <= At(to))];

    /// <summary>Follows the daemon's own clock: what is due by the time of its last context is sent, so a slow machine changes nothing.</summary>
    private async Task LiveThrough(Listener listener)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(6));
        var rows = new Queue<IReadOnlyList<Reading>>(Recording.Read(Path.Combine(AppContext.BaseDirectory, "data", "uci864-2017-12-22.csv"), new Uci864()));
        while (rows.Peek()[0].Time < Start) rows.Dequeue();
        bool label = false, hasAsked = false;
        while (_now < End)
        {
            (string topic, string payload, _) = await listener.NextAsync(deadline.Token);
            Note(topic, payload, label);
            while (rows.Peek()[0].Time <= _now)
            {
                IReadOnlyList<Reading> row = rows.Dequeue();
                label = row.Single(reading => reading.Quantity == Quantity.LabelOccupied).Value > 0;
                foreach ((string where, byte[] what) in RoomMessages.Of(row)) listener.Publish(where, Encoding.UTF8.GetString(what));
            }

            if (hasAsked || _now < FocusAsked) continue;
            listener.Publish($"ambient/{Zone}/mood/set", "focus");
            hasAsked = true;
        }
    }

    private void Note(string topic, string payload, bool label)
    {
        string name = topic.StartsWith($"ambient/{Zone}/", StringComparison.Ordinal) ? topic[$"ambient/{Zone}/".Length..] : "";
        if (name == "mood") Moods.Add(payload);
        if (name == "mood/target") Targets.Add(payload);
        if (name is not ("context" or "effective" or "why" or "score" or "diag")) return;
        JsonElement json = JsonDocument.Parse(payload).RootElement;
        _published.Add($$"""{"at":"{{_now:O}}","label":{{(label ? 1 : 0)}},"{{name}}":{{payload}}}""");
        switch (name)
        {
            case "context":
                _now = json.GetProperty("at").GetDateTimeOffset();
                Contexts.Add((_now, json.GetProperty("occupied").GetBoolean(), label));
                break;
            case "effective":
                var state = (Mood: json.GetProperty("mood").GetString()!, Priority: json.GetProperty("priority").GetInt32(), Source: json.GetProperty("source").GetString()!);
                // `until` and `next` move on by themselves; only a change of what holds counts.
                if (Effective.Count == 0 || (Effective[^1].Mood, Effective[^1].Priority) != (state.Mood, state.Priority)) Effective.Add((_now, state.Mood, state.Priority, state.Source));
                break;
            case "why":
                Reasons.Add((_now, json.GetProperty("text").GetString()!));
                break;
            case "score":
                _scores.Add((_now, json));
                break;
            case "diag":
                LastDiag = json;
                break;
        }
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
