using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Composer;
using Ambient.Composer.Evaluation.Judging;
using Ambient.Composer.Midi;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Daemon.Reports;
using Ambient.Daemon.Room;
using Ambient.Synth;
using Ambient.Synth.Metering;
using Spectre.Console;

namespace Ambient.Daemon.Cli;

/// <summary><c>render</c>: the daemon's music without the daemon, as fast as the machine can. Same arguments and seed, same bytes.</summary>
internal static class RenderCommand
{
    private const int PlanFrames = 4 * SynthEngine.MaxBlockFrames;

    // A mood's own level is 60 and its offset, which is 20 dB below the -26 LUFS that moods are made for: right for a room with a
    // calibrated amplifier, not for a file.
    private const int ReferenceAboveOwnLevel = 40;

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var instrument = new Option<string?>("--instrument") { Description = "play one instrument's range instead of a mood" };
        var mood = new Option<string?>("--mood") { Description = "mood to play (see: moods list)" };
        Option<DirectoryInfo?> moods = MoodsOption.Create();
        var scenario = new Option<FileInfo?>("--scenario") { Description = "what happens meanwhile: JSON lines {\"at\",\"topic\",\"payload\"} and {\"at\",\"set\":{\"occupancy\":0.8}}" };
        var log = new Option<FileInfo?>("--score-log") { Description = "file to write all that is played into, to be replayed anywhere" };
        var replay = new Option<FileInfo[]>("--replay") { Description = "play a score log again, to the bit: a file, or the files of one run of the daemon in their order", AllowMultipleArgumentsPerToken = true };
        var trace = new Option<FileInfo?>("--trace") { Description = "recorded readings to follow (CSV: time,sensor,quantity,value,unit)" };
        var seconds = new Option<int>("--seconds") { Description = "length, s; a replay is as long as its log where this is not given", DefaultValueFactory = _ => 60 };
        var seed = new Option<int>("--seed") { Description = "same seed, same music", DefaultValueFactory = _ => 1 };
        var wav = new Option<FileInfo?>("--out") { Description = "WAV file to write" };
        var bits = new Option<int>("--bits") { Description = "bits of a sample in the WAV file: 16, 24 or 32", DefaultValueFactory = _ => 16 };
        var midi = new Option<FileInfo?>("--midi") { Description = "MIDI file to write" };
        var stems = new Option<DirectoryInfo?>("--stems") { Description = "folder to write a WAV file for each instrument into" };
        var report = new Option<FileInfo?>("--report") { Description = "HTML file to write: notes, loudness, spectrogram, and what the judge says" };
        var level = new Option<int?>("--level") { Description = "zone level 0..100; default: the reference, -26 LUFS and the mood's own offset" };
        var occupancy = new Option<double?>("--occupancy") { Description = "hold the room's occupancy at 0..1 (without --trace)" };
        var start = new Option<DateTimeOffset>("--start") { Description = "time of day at the first frame", DefaultValueFactory = _ => new(2026, 3, 2, 10, 0, 0, TimeSpan.Zero) };
        var calibration = CalibrationOption.Create();
        var json = new Option<bool>("--json") { Description = "print the result as one JSON object" };
        var command = new Command("render", "Write music to a WAV and a MIDI file, faster than real time.") { mood, moods, trace, scenario, seconds, seed, wav, bits, midi, stems, report, level, occupancy, start, calibration, json };
        command.Add(instrument);
        command.Add(log);
        command.Add(replay);
        command.SetAction(parsed => parsed.GetValue(instrument) is { } name ? InstrumentRender.Run(name, parsed.GetValue(seconds), parsed.GetValue(seed), new(parsed.GetValue(wav), parsed.GetValue(bits)), parsed.GetValue(json))
            : parsed.GetValue(replay) is { Length: > 0 } played ? ScoreReplay.Run(played, parsed.GetResult(seconds) is { Implicit: false } ? parsed.GetValue(seconds) : null, new(parsed.GetValue(wav), parsed.GetValue(bits)), parsed.GetValue(json))
            : Run(new Arguments(
            parsed.GetValue(mood) ?? "calm", MoodsOption.Load(parsed.GetValue(moods)), parsed.GetValue(trace), parsed.GetValue(scenario), parsed.GetValue(log), parsed.GetValue(seconds), parsed.GetValue(seed), new(parsed.GetValue(wav), parsed.GetValue(bits)), parsed.GetValue(midi),
            parsed.GetValue(stems), parsed.GetValue(report), parsed.GetValue(level), parsed.GetValue(occupancy), parsed.GetValue(start), CalibrationOption.Load(parsed.GetValue(calibration)), parsed.GetValue(json))));
        return command;
    }

    private static int Run(Arguments arguments)
    {
        MoodLibrary moods = arguments.Moods;
        if (!moods.TryGet(arguments.Mood, out Mood? mood)) throw new CliException(ExitCodes.Usage, $"--mood is '{arguments.Mood}'; allowed: {string.Join(", ", moods.Names)}");
        if (arguments.Seconds < 1) throw new CliException(ExitCodes.Usage, $"--seconds is {arguments.Seconds}; allowed: 1 or more");
        if (arguments is { Trace: not null, Scenario: not null }) throw new CliException(ExitCodes.Usage, "--trace and --scenario are two rooms; allowed: one of them");
        IReadOnlyList<ScenarioLine>? lines = arguments.Scenario is { } scenario ? ScenarioFile.Read(scenario) : null;
        RenderContext room = arguments.Trace is { } trace ? new(trace, arguments.Calibration) : new(arguments.Start, arguments.Occupancy);
        using var model = ModelHost.Open(Installation.Models);
        if (model.Fault is { } fault) Console.Error.WriteLine(fault);

        var queue = new ScoreQueue();
        var conductor = new Conductor(moods, model, (ulong)arguments.Seed);
        var engine = new SynthEngine(queue, (uint)arguments.Seed);
        var score = arguments.Midi is null && arguments.Report is null ? null : new MidiWriter();
        using Stems? stems = arguments.StemFolder is { } folder ? OpenStems(folder, (uint)arguments.Seed) : null;
        ProgrammeMeter? judged = arguments.Report is null ? null : new();
        using ScoreFile? file = OpenLog(arguments);
        ScoreLog? log = file is null ? null : new(file, conductor, Tee(Tee(queue, stems), score));
        var counter = new NoteCounter(log ?? Tee(Tee(queue, stems), score));
        using var sound = new OfflineSound(engine, arguments.Out, arguments.Seconds);

        ScenarioRoom? happening = lines is null ? null : new(lines, moods, arguments.Mood, arguments.Start, conductor, ReferenceAboveOwnLevel);
        if (happening is null) conductor.Request(new MoodRequest(arguments.Mood, arguments.Level ?? mood.OwnLevel + ReferenceAboveOwnLevel));
        var watch = Stopwatch.StartNew();
        WithProgress(arguments.Json, report =>
        {
            while (sound.Progress < 1)
            {
                long frame = engine.FramesRendered;
                if (frame % PlanFrames == 0)
                {
                    conductor.Advance(frame + LookAhead.Frames, happening?.At(frame) ?? room.At(frame), counter);
                    log?.Note(frame, conductor, model.Fault);
                }

                ReadOnlySpan<short> part = sound.Next();
                judged?.Add(part);
                stems?.Render(part.Length / 2);
                report(sound.Progress);
            }
        });
        double realtimeFactor = arguments.Seconds / watch.Elapsed.TotalSeconds;
        if (arguments.Midi is { } midiFile) File.WriteAllBytes(midiFile.FullName, score!.ToArray());
        if (arguments.Report is { } page) WriteReport(page.FullName, arguments, mood, judged!, MidiReader.Read(score!.ToArray()));

        var result = new RenderResult(
            arguments.Seconds, Math.Round(realtimeFactor, 1), sound.Sha256, sound.Lufs, sound.TruePeakDbtp,
            counter.Counts(), conductor.ModelNoteShare, model.Name);
        if (arguments.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(result, RenderJson.Default.RenderResult));
        }
        else
        {
            Console.WriteLine($"{arguments.Seconds} s of {arguments.Mood} in {watch.Elapsed.TotalSeconds:0.0} s ({realtimeFactor:0} x real time), composed by {model.Name} ({100 * result.ModelNoteShare:0} % of the notes)");
            Console.WriteLine($"{result.LufsIntegrated} LUFS, {result.TruePeakDbtp} dBTP, notes {string.Join(", ", result.Notes.Select(pair => $"{pair.Value} {pair.Key}"))}");
            Console.WriteLine($"sha256 {result.Sha256}");
        }

        return ExitCodes.Good;
    }

    private static void WithProgress(bool isQuiet, Action<Action<double>> work)
    {
        if (isQuiet || Console.IsErrorRedirected)
        {
            work(_ => { });
            return;
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        console.Progress().AutoClear(true).Start(context =>
        {
            ProgressTask task = context.AddTask("rendering", maxValue: 1);
            work(done => task.Value = done);
        });
    }

    private static IScoreSink Tee(IScoreSink first, IScoreSink? second) => second is null ? first : new ScoreTee(first, second);

    private static ScoreFile? OpenLog(Arguments arguments)
    {
        try
        {
            return arguments.ScoreLog is { } file ? new ScoreFile(file.FullName, new ScoreEngine((uint)arguments.Seed, new ToneSettings())) : null;
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failed, $"--score-log {arguments.ScoreLog} can't be written: {wrong.Message}");
        }
    }

    private static Stems OpenStems(DirectoryInfo folder, uint seed)
    {
        try
        {
            return new Stems(folder.FullName, seed);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failed, $"--stems {folder} can't be written: {wrong.Message}");
        }
    }

    private static void WriteReport(string file, Arguments arguments, Mood mood, ProgrammeMeter meter, IReadOnlyList<MidiNote> notes)
    {
        Judgement judgement = Judgement.Of(meter.Measure(), Salience.Notes(notes, mood), mood);
        File.WriteAllText(file, RenderReport.Of($"{mood.Name}, seed {arguments.Seed}", judgement, meter, notes));
    }

    private sealed record Arguments(
        string Mood, MoodLibrary Moods, FileInfo? Trace, FileInfo? Scenario, FileInfo? ScoreLog, int Seconds, int Seed, WavFile Out, FileInfo? Midi, DirectoryInfo? StemFolder, FileInfo? Report, int? Level, double? Occupancy, DateTimeOffset Start, Ambient.Sensors.Fusion.Calibration? Calibration, bool Json);
}

/// <summary>What <c>render --json</c> prints.</summary>
internal sealed record RenderResult(
    double Seconds, double RealtimeFactor, string Sha256, double? LufsIntegrated, double? TruePeakDbtp, IReadOnlyDictionary<string, long> Notes, double ModelNoteShare, string Model);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(RenderResult))]
internal sealed partial class RenderJson : JsonSerializerContext;
