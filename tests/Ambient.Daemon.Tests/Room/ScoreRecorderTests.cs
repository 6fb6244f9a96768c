using System.Diagnostics;
using System.Text.Json;
using Ambient.Composer;
using Ambient.Composer.Models;
using Ambient.Daemon.Cli;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Room;
using Ambient.Daemon.Tests.Mqtt;
using Ambient.Sensors.Recordings;
using Ambient.Synth;

namespace Ambient.Daemon.Tests.Room;

/// <summary>The score log of the running daemon, and what <c>render --replay</c> makes of it.</summary>
public sealed class ScoreRecorderTests : IDisposable
{
    private const int SecondPerFile = ScoreFolder.Files * (ScoreFolder.UnwrittenBytes + 1); // a header fills a file
    private const int MinutePerFile = ScoreFolder.Files * (ScoreFolder.UnwrittenBytes + 4_000); // what reaches the disk after a minute does

    private static readonly ScoreEngine Engine = new(PlayedRoom.Seed, PlayedRoom.Tone);

    private readonly string _root = Directory.CreateTempSubdirectory("ambient-scores-").FullName;
    private readonly ManualTimeProvider _time = new(Some.Noon);
    private readonly CollectedLog<ScoreRecorder> _log = new();

    private string Folder => Path.Combine(_root, "scores");

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void Nothing_is_written_unless_somebody_asks_for_it()
    {
        var config = AmbientConfig.Parse("""{"Recording": {"Enabled": true}}""", Path.Combine(_root, "ambient.json"));
        Assert.Null(ScoreRecorder.Open(config, 1, Some.Noon, _log));
        Assert.Empty(Directory.GetFileSystemEntries(_root));
    }

    [Fact]
    public async Task It_goes_beside_the_recordings_of_the_room()
    {
        var config = AmbientConfig.Parse("""{"Recording": {"Score": true}}""", Path.Combine(_root, "ambient.json"));
        ScoreRecorder recorder = ScoreRecorder.Open(config, 1, Some.Noon, _log)!;
        recorder.Add(Status(0));
        await recorder.EndAsync(48_000);
        Assert.Null(recorder.Fault);
        Assert.Equal("room-20260302T110000-00000.score.gz", Path.GetFileName(Assert.Single(Directory.GetFiles(Path.Combine(_root, "state", "recordings")))));
    }

    [Fact]
    public async Task What_a_room_played_replays_to_the_bit_from_the_files_of_its_run()
    {
        const int Seconds = 190;
        ScoreRecorder recorder = Recorder(MinutePerFile);
        recorder.Start();
        using var room = new PlayedRoom(recorder);
        await room.PlayUntil(Seconds);
        room.Dispose();
        await recorder.EndAsync(room.Frames);
        Assert.Null(room.Failure);
        Assert.Null(recorder.Fault);

        string[] files = Files();
        Assert.InRange(files.Length, 3, ScoreFolder.Files);
        JsonElement[] lines = [.. files.SelectMany(Recording.LinesOf).Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Contains(lines, line => line.TryGetProperty("e", out JsonElement e) && e[1].GetInt32() == (int)ScoreEventKind.Revoke); // the person's wish took notes back
        Assert.Contains(lines, line => line.TryGetProperty("tokens", out _) && line.GetProperty("network").GetBoolean());
        Assert.Contains(lines, line => line.TryGetProperty("mood", out JsonElement mood) && mood.GetString() == "social");

        JsonElement replayed = Replay(files);
        Assert.Equal(room.Sha256(Seconds), replayed.GetProperty("sha256").GetString());
        Assert.Equal(Seconds, replayed.GetProperty("seconds").GetDouble());
        Assert.Equal(Seconds, replayed.GetProperty("exact_seconds").GetDouble());
        Assert.Equal(JsonValueKind.Null, replayed.GetProperty("exact_because").ValueKind);

        // The first file alone is exact as far as it goes: nothing but a later file can say that notes were taken back.
        var first = new ScoreLogReader(files[0]);
        int exact = (int)(first.ExactFrames / SynthEngine.SampleRateHz);
        Assert.InRange(exact, 30, Seconds - 60);
        Assert.Equal(room.Sha256(exact), PlayedRoom.Sha256(first, exact));

        // A later one alone plays, and says that it is not exact.
        var last = new ScoreLogReader(files[^1]);
        Assert.Equal(0, last.ExactFrames);
        Assert.EndsWith("what came before it is missing", last.ExactBecause, StringComparison.Ordinal);
        Assert.InRange(last.Seconds, 1, Seconds - 60);
        Assert.NotEqual(new ScoreLogReader(files[0]).Seconds, last.Seconds);
        Assert.True(Loudest(last) > 100);
    }

    [Fact]
    public async Task Lines_that_a_slow_disk_costs_are_a_gap_up_to_which_the_replay_is_exact()
    {
        const int Capacity = 1_200;
        ScoreRecorder recorder = Recorder(10_000_000, Capacity);
        using var room = new PlayedRoom(recorder);
        await room.PlayUntil(90); // and nobody writes
        string fault = recorder.Fault!;
        Assert.StartsWith($"The score log misses lines: '{Folder}' could not be written: the disk was too slow", fault, StringComparison.Ordinal);
        Assert.Equal(fault, await _log.NextAsync());
        Assert.False(_log.TryNext(out _)); // once, not for every line
        recorder.Start();
        await room.PlayUntil(120);
        room.Dispose();
        await recorder.EndAsync(room.Frames);
        Assert.Null(room.Failure);
        Assert.StartsWith("The score log has a gap of ", recorder.Fault, StringComparison.Ordinal);

        var score = new ScoreLogReader(Files());
        Assert.Equal(120, score.Seconds);
        Assert.EndsWith("lines are missing there: the disk was too slow", score.ExactBecause, StringComparison.Ordinal);
        int exact = (int)(score.ExactFrames / SynthEngine.SampleRateHz);
        Assert.InRange(exact, 10, 89);
        Assert.Equal(room.Sha256(exact), PlayedRoom.Sha256(score, exact));
        Assert.NotEqual(room.Sha256(120), PlayedRoom.Sha256(new ScoreLogReader(Files()), 120));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_named_tried_again_and_told_in_the_log()
    {
        File.WriteAllText(Folder, "not a folder");
        ScoreRecorder recorder = Recorder(10_000_000);
        recorder.Start();
        recorder.Add(Status(0));
        string told = await _log.NextAsync();
        Assert.StartsWith($"The score log has stopped: '{Folder}' can't be written: ", told, StringComparison.Ordinal);
        Assert.EndsWith("The music goes on; it is tried again in 1 min", told, StringComparison.Ordinal);
        Assert.Equal(told, recorder.Fault);

        File.Delete(Folder);
        recorder.Add(Status(1)); // too early
        _time.Advance(TimeSpan.FromMinutes(1));
        recorder.Add(Status(60));
        await recorder.EndAsync(61 * 48_000);
        var score = new ScoreLogReader(Files());
        Assert.Equal(61, score.Seconds);
        Assert.Equal(0, score.ExactFrames);
        Assert.Contains("lines are missing there: ", score.ExactBecause, StringComparison.Ordinal);
        Assert.StartsWith("The score log has a gap of ", recorder.Fault, StringComparison.Ordinal);
        Assert.EndsWith("A replay is exact up to second 0.0 at most", recorder.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_log_that_breaks_off_is_exact_up_to_its_last_whole_second()
    {
        using (ScoreFolder folder = New(10_000_000))
        {
            for (int second = 0; second < 600; second++) folder.Write(Status(second), gap: null);
            folder.End(600 * 48_000, gap: null);
        }

        string file = Assert.Single(Files());
        Assert.Equal(600 * 48_000, new ScoreLogReader(file).ExactFrames);
        byte[] whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, whole[..(whole.Length * 2 / 3)]);
        var score = new ScoreLogReader(file);
        Assert.InRange(score.Seconds, 1, 599);
        Assert.Equal((score.Seconds - 1) * 48_000, score.ExactFrames);
        Assert.Equal($"{file} breaks off", score.ExactBecause);
    }

    [Fact]
    public void The_oldest_files_make_room_and_other_zones_are_left_alone()
    {
        Directory.CreateDirectory(Folder);
        string others = Path.Combine(Folder, "room-2-20260101T000000-00000.score.gz"), older = Path.Combine(Folder, "room-20260101T000000-00000.score.gz"), later = Path.Combine(Folder, "room-20990101T000000-00000.score.gz");
        foreach (string path in (string[])[others, older, later]) File.WriteAllText(path, "");
        using (ScoreFolder folder = New(SecondPerFile))
        {
            for (int second = 0; second < 20; second++) folder.Write(Status(second), gap: null);
        }

        Assert.True(File.Exists(others));
        Assert.False(File.Exists(older));
        Assert.False(File.Exists(later)); // of a clock that was wrong: this run's own files go last
        Assert.Equal(Enumerable.Range(12, 8).Select(part => $"room-20260302T110000-{part:00000}.score.gz"), Files().Select(Path.GetFileName).Where(name => !name!.StartsWith("room-2-", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_run_that_begins_in_the_second_of_another_has_files_of_its_own()
    {
        for (int run = 0; run < 2; run++)
        {
            using ScoreFolder folder = New(10_000_000);
            folder.Write(Status(0), gap: null);
        }

        Assert.Equal(["room-20260302T110000-00000.score.gz", "room-20260302T110001-00000.score.gz"], Files().Select(Path.GetFileName));
        var wrong = Assert.Throws<InvalidDataException>(() => new ScoreLogReader(Files()));
        Assert.EndsWith("is part 0 of the run 20260302T110001, which does not follow part 0 of the run 20260302T110000; allowed: the files of one run, in their order", wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_event_that_came_too_late_ends_what_is_exact()
    {
        string path = Path.Combine(_root, "a.score");
        var queue = new ScoreQueue();
        var engine = new SynthEngine(queue, 1);
        using (var file = new ScoreFile(path, new ScoreEngine(1, new ToneSettings())))
        {
            var conductor = new Conductor(Installation.LoadMoods(null), new ModelHost(() => new RuleModel()), 1);
            var log = new ScoreLog(file, conductor, queue);
            var block = new short[2 * SynthEngine.MaxBlockFrames];
            for (long frame = 0; frame < 48_000; frame += SynthEngine.MaxBlockFrames)
            {
                log.Look(engine.LateEvents, queue.Count == 0);
                long early = frame == 20 * SynthEngine.MaxBlockFrames ? -500 : 5_000; // once
                Assert.True(log.TryAdd(ScoreEvent.Revoke(frame + early, 1)));
                log.Note(frame, conductor, fault: null);
                engine.Render(block);
            }
        }

        Assert.Equal(1, engine.LateEvents);
        var score = new ScoreLogReader(path);
        Assert.Equal(20 * SynthEngine.MaxBlockFrames - 500, score.ExactFrames);
        Assert.Equal("1 events came too late for their frames", score.ExactBecause);
    }

    private ScoreFolder New(long largestBytes) => new(Folder, "room", largestBytes, Engine, Some.Noon);

    private ScoreRecorder Recorder(long largestBytes, int capacity = ScoreRecorder.UsualCapacity) => new(New(largestBytes), _time, _log, capacity);

    private string[] Files() => [.. Directory.GetFiles(Folder).Order(StringComparer.Ordinal)];

    private static ScoreLine Status(int second) =>
        ScoreLine.Of(second * 48_000L, FormattableString.Invariant($"{{\"second\":{second},\"frame\":{second * 48_000L},\"why\":\"{(uint)(second * 2_654_435_761)}\"}}"), isStatus: true);

    private static int Loudest(ScoreLogReader score)
    {
        var queue = new ScoreQueue();
        var engine = new SynthEngine(queue, score.Engine.Seed) { Tone = score.Engine.Tone };
        var block = new short[2 * SynthEngine.MaxBlockFrames];
        int loudest = 0;
        while (engine.FramesRendered < score.Seconds * SynthEngine.SampleRateHz)
        {
            score.MoveTo(engine.FramesRendered + LookAhead.Frames, queue);
            engine.Render(block);
            loudest = Math.Max(loudest, block.Max(sample => Math.Abs((int)sample)));
        }

        return loudest;
    }

    private static JsonElement Replay(string[] files)
    {
        using var process = Process.Start(new ProcessStartInfo("dotnet", [typeof(ExitCodes).Assembly.Location, "render", "--replay", .. files, "--json"]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == ExitCodes.Good, errors.Result);
        return JsonDocument.Parse(output.Trim().Split('\n')[^1]).RootElement;
    }
}
