using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Composer;
using Ambient.Composer.Evaluation;
using Ambient.Composer.Evaluation.Judging;
using Ambient.Composer.Midi;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Daemon.Room;
using Ambient.Sensors;
using Ambient.Synth;

namespace Ambient.Daemon.Cli;

/// <summary><c>composer eval</c>: how well the shipped model predicts scores. <c>composer control</c>: how well it follows intent. <c>composer ablate</c>: what the music is worth without it.</summary>
public static class ComposerCommand
{
    private const int FramesPerBeat = 4;

    /// <summary>Builds the verb.</summary>
    public static Command Create() => new("composer", "Measures the composing model.") { Eval(), Ablate(), ComposerControl.Create(), ComposerSample.Create(), ComposerDay.Create(), ComposerChange.Create(), ComposerOccupancy.Create() };

    private static Command Eval()
    {
        var grid = new Option<FileInfo>("--grid") { Description = "Scores on a 16th grid, .json or .json.gz.", Required = true };
        var split = new Option<string>("--split") { Description = "Which part of the file.", DefaultValueFactory = _ => "valid" };
        var json = new Option<bool>("--json") { Description = "One JSON object as the last line." };
        var command = new Command("eval", "Nats per voice and 16th of the shipped int8 model: everything charged, nothing masked.") { grid, split, json };
        command.SetAction(parsed =>
        {
            int[][][] pieces = LoadGrid(parsed.GetValue(grid)!, parsed.GetValue(split)!);
            using OnnxScoreModel model = LoadModel(guidance: 1);
            EvaluationResult result = ScoreEvaluation.Run(model, pieces, ScoreCondition.ForScoring("jsb"), TimeProvider.System);
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(result, ComposerJson.Default.EvaluationResult)
                : FormattableString.Invariant($"{result.NllMicro:0.0000} nats per voice and 16th ({result.NllMacro:0.0000} averaged over {result.Pieces} pieces, {result.Frames} frames, {result.UsPerFrame:0} us a frame)"));
            return ExitCodes.Good;
        });
        return command;
    }

    /// <summary>The mood that <c>--mood</c> names; it has to sound.</summary>
    /// <exception cref="CliException">It does not, or there is none of that name.</exception>
    internal static Mood Audible(MoodLibrary moods, string name) => moods.TryGet(name, out Mood? mood) && !mood.IsSilent
        ? mood
        : throw new CliException(ExitCodes.Usage, $"--mood is '{name}'; allowed: {string.Join(", ", moods.Moods.Where(m => !m.IsSilent))}");

    private static Command Ablate()
    {
        var seconds = new Option<int>("--seconds") { Description = "Music per mood and seed, s.", DefaultValueFactory = _ => 600 };
        var seeds = new Option<int>("--seeds") { Description = "How many seeds to average over.", DefaultValueFactory = _ => 3 };
        var mood = new Option<string>("--mood") { Description = "Which mood.", DefaultValueFactory = _ => "calm" };
        var grid = new Option<FileInfo?>("--grid") { Description = "Scores that the Markov table is counted from (split train) and all are scored on (split valid)." };
        var json = new Option<bool>("--json") { Description = "One JSON object as the last line." };
        var command = new Command("ablate", "The same constraints and arrangement with other logits in the model's place.") { seconds, seeds, mood, grid, json };
        command.SetAction(parsed =>
        {
            MoodLibrary moods = Installation.LoadMoods(null);
            Mood played = Audible(moods, parsed.GetValue(mood)!);
            FileInfo? file = parsed.GetValue(grid);
            int[][][]? valid = file is null ? null : LoadGrid(file, "valid");
            int[][][]? train = file is null ? null : LoadGrid(file, "train");

            var variants = new Dictionary<string, (Func<IScoreModel> Playing, Func<IScoreModel> Scoring)> { ["model"] = (() => LoadModel(), () => LoadModel(guidance: 1)) };
            if (train is not null) variants["markov"] = (() => MarkovModel.Train(train, FramesPerBeat), () => MarkovModel.Train(train));
            variants["uniform"] = (() => new UniformModel(), () => new UniformModel());
            variants["rules"] = (() => new RuleModel(), () => new RuleModel());

            var results = new Dictionary<string, AblationResult>();
            foreach ((string name, (Func<IScoreModel> playing, Func<IScoreModel> scoring)) in variants)
            {
                using IScoreModel scorer = scoring();
                double? nll = valid is null ? null : ScoreEvaluation.Run(scorer, valid, ScoreCondition.ForScoring("jsb"), TimeProvider.System).NllMicro;
                results[name] = Measure(moods, played, playing, parsed.GetValue(seconds), parsed.GetValue(seeds), nll);
            }

            if (parsed.GetValue(json)) Console.WriteLine(JsonSerializer.Serialize(results, ComposerJson.Default.DictionaryStringAblationResult));
            else Print(results);
            return ExitCodes.Good;
        });
        return command;
    }

    private static AblationResult Measure(MoodLibrary moods, Mood mood, Func<IScoreModel> load, int seconds, int seeds, double? nll)
    {
        var measures = new List<MusicMeasures>();
        var sounding = new List<NoteMeasures>();
        long byModel = 0, all = 0;
        for (int seed = 1; seed <= seeds; seed++)
        {
            using var host = new ModelHost(load);
            if (host.Fault is { } fault) throw new CliException(ExitCodes.Failed, fault);
            var meter = new MusicMeter();
            var score = new MidiWriter();
            var conductor = new Conductor(moods, host, (ulong)seed);
            conductor.Composed += meter.Add;
            conductor.Request(new MoodRequest(mood.Name));
            conductor.Advance((long)seconds * SynthEngine.SampleRateHz, ContextVector.Neutral with { Occupancy = 0.95, IsOccupied = true }, score);
            measures.Add(meter.Measure());
            sounding.Add(NoteMeasures.Of(Salience.Notes(MidiReader.Read(score.ToArray()), mood), seconds));
            byModel += conductor.NotesByModel;
            all += conductor.NotesByModel + conductor.NotesByFallback;
        }

        IReadOnlyList<Finding>[] judged = [.. sounding.Select(notes => Judge.OfNotes(notes, Targets.Of(mood)))];
        return new AblationResult(
            Average(measures), all == 0 ? 0 : (double)byModel / all, nll, judged.Average(findings => findings.Count(finding => finding.Verdict == Verdict.Pass)), judged[0].Count,
            sounding.Average(notes => notes.Roughness.Mean), sounding.Average(notes => notes.Chords.CommonTones), sounding.Average(notes => notes.Chords.Movement),
            [.. judged.SelectMany(findings => findings).GroupBy(finding => finding.Measure).Select(JudgedMeasure.Of)]);
    }

    private static MusicMeasures Average(List<MusicMeasures> all) => new(
        all.Average(m => m.CommonTones), all.Average(m => m.Movement), all.Average(m => m.MelodicStep), all.Average(m => m.Roughness), all.Max(m => m.RoughnessMax),
        all.Average(m => m.KeyClarity), all.Average(m => m.Repetition), all.Average(m => m.PitchClassesPerMinute), all.Average(m => m.OnsetsPerMinute));

    private static void Print(Dictionary<string, AblationResult> results)
    {
        Row("", [.. results.Keys]);
        Line("nats per voice and 16th", result => result.NllMicro);
        Line("common tones a change (of 3)", result => result.Music.CommonTones);
        Line("voice movement a change", result => result.Music.Movement);
        Line("melodic step, semitones", result => result.Music.MelodicStep);
        Line("roughness", result => result.Music.Roughness);
        Line("roughest moment", result => result.Music.RoughnessMax);
        Line("key clarity", result => result.Music.KeyClarity);
        Line("repetition", result => result.Music.Repetition);
        Line("pitch classes a minute", result => result.Music.PitchClassesPerMinute);
        Line("onsets a minute", result => result.Music.OnsetsPerMinute);
        Line("sounding: roughness", result => result.SoundingRoughness);
        Line("sounding: common tones", result => result.SoundingCommonTones);
        Line("sounding: voice movement", result => result.SoundingMovement);
        Line($"judge: notes on target of {results.Values.First().JudgedMeasures}", result => result.OnTarget);
        Line("notes composed by it", result => result.NoteShare);
        foreach (JudgedMeasure measure in results.Values.First().Judged)
            Row(measure.Measure, [.. results.Values.Select(result => result.Judged.FirstOrDefault(other => other.Measure == measure.Measure) is { } found ? Invariant($"{found.Value:0.00} {found.OnTarget:0%}") : "–")]);

        void Line(string what, Func<AblationResult, double?> value) =>
            Row(what, [.. results.Values.Select(result => value(result)?.ToString("0.000", System.Globalization.CultureInfo.InvariantCulture) ?? "–")]);

        static void Row(string what, string[] cells) => Console.WriteLine($"{what,-36}{string.Concat(cells.Select(cell => $"{cell,12}"))}");
        static string Invariant(FormattableString text) => FormattableString.Invariant(text);
    }

    private static int[][][] LoadGrid(FileInfo file, string split)
    {
        try
        {
            return GridFile.Load(file.FullName, split);
        }
        catch (Exception wrong) when (wrong is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CliException(ExitCodes.NoInput, wrong.Message);
        }
    }

    /// <summary>The shipped network, or an error for people.</summary>
    internal static OnnxScoreModel LoadModel(float guidance = OnnxScoreModel.DefaultGuidance, string? directory = null)
    {
        try
        {
            return OnnxScoreModel.Load(directory ?? Installation.Models, guidance);
        }
        catch (Exception wrong) when (wrong is IOException or InvalidDataException or Microsoft.ML.OnnxRuntime.OnnxRuntimeException)
        {
            throw new CliException(ExitCodes.NoInput, wrong.Message);
        }
    }
}

/// <summary>One variant of the ablation.</summary>
/// <param name="Music">Mean over the seeds (the roughest moment: maximum).</param>
/// <param name="NoteShare">Share of the notes that it composed itself, not the fallback.</param>
/// <param name="NllMicro">Nats per voice and 16th on the validation split, when a grid was given.</param>
/// <param name="OnTarget">Measures of the sounding notes that are where the judge wants them, mean over the seeds.</param>
/// <param name="JudgedMeasures">Of how many.</param>
/// <param name="SoundingRoughness">Roughness of all that sounds, mean.</param>
/// <param name="SoundingCommonTones">Pitch classes that stay at a change of what the slow layers hold, mean.</param>
/// <param name="SoundingMovement">Semitones that the others move together, mean.</param>
/// <param name="Judged">Each of the judge's measures of notes.</param>
internal sealed record AblationResult(
    MusicMeasures Music, double NoteShare, double? NllMicro, double OnTarget, int JudgedMeasures, double SoundingRoughness, double SoundingCommonTones, double SoundingMovement,
    IReadOnlyList<JudgedMeasure> Judged);

/// <summary>One of the judge's measures over the seeds of a variant.</summary>
/// <param name="Measure">Its name.</param>
/// <param name="Value">Mean.</param>
/// <param name="OnTarget">Share of the seeds that are on target, 0..1.</param>
internal sealed record JudgedMeasure(string Measure, double? Value, double OnTarget)
{
    /// <summary>Sums findings of one measure up.</summary>
    public static JudgedMeasure Of(IEnumerable<Finding> findings) =>
        new(findings.First().Measure, findings.Average(finding => finding.Value), findings.Average(finding => finding.Verdict == Verdict.Pass ? 1.0 : 0));
}

/// <summary>How results are printed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ControlResult))]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(Dictionary<string, AblationResult>))]
[JsonSerializable(typeof(Dictionary<string, int[][][]>))]
[JsonSerializable(typeof(DayResult))]
[JsonSerializable(typeof(List<DayResult>))]
[JsonSerializable(typeof(OccupancyResult))]
internal sealed partial class ComposerJson : JsonSerializerContext;
