using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Composer;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Daemon.Room;
using Ambient.Sensors;
using Ambient.Synth;
using Ambient.Synth.Instruments;
using Ambient.Synth.Metering;

namespace Ambient.Daemon.Cli;

/// <summary><c>composer change</c>: mood changes in the middle of a phrase, rendered, against the same seed without the change.</summary>
internal static class ComposerChange
{
    private const int BlockFrames = SynthEngine.MaxBlockFrames;
    private const int BeforeSeconds = 75;
    private const int AfterSeconds = 165;
    private const int ReferenceLevel = 100;
    private const double InaudibleQ15 = 36; // -59 dB

    private static readonly string[] Pairs =
        ["calm:focus", "focus:social", "social:night", "night:bright", "bright:cathedral", "cathedral:rain", "rain:welcome", "welcome:wind-down", "wind-down:forest", "forest:brand-example", "brand-example:calm"];

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var pair = new Option<string[]>("--pair") { Description = "which changes, FROM:TO", DefaultValueFactory = _ => Pairs, AllowMultipleArgumentsPerToken = true };
        var seed = new Option<int>("--seed") { Description = "same seed, same music", DefaultValueFactory = _ => 1 };
        var person = new Option<bool>("--person") { Description = "as by a button, instead of as a schedule asks" };
        var log = new Option<FileInfo?>("--score-log") { Description = "file to write what was played into; of the last change, where there are several" };
        var json = new Option<bool>("--json") { Description = "one JSON object as the last line" };
        var command = new Command("change", "Changes of mood in mid-phrase: how loudness, gains, tempo and notes move, against the same seed without the change.") { pair, seed, person, log, json };
        command.SetAction(parsed =>
        {
            MoodLibrary moods = Installation.LoadMoods(null);
            List<ChangeResult> results = [.. parsed.GetValue(pair)!.Select(names => Measure(moods, names, parsed.GetValue(seed), parsed.GetValue(person), parsed.GetValue(log)))];
            if (!parsed.GetValue(json))
            {
                foreach (ChangeResult r in results)
                    Console.WriteLine(FormattableString.Invariant($"{r.Change,-26} rise {r.RiseLu,5:0.0} LU at {r.RiseSecond,5:0.0} s ({r.ExcessLu,4:+0.0;-0.0} more than without), gains {r.GainDbPerSecond:0.00} dB/s, tempo {r.TempoPercentPerBeat:0.00} %/beat, {r.OutsideNotes} notes outside, first heard after {r.AnswerSeconds:0.0} s, complete after {r.CompleteSeconds:0} s"));
            }
            else
            {
                Console.WriteLine(JsonSerializer.Serialize(results, ChangeJson.Default.ListChangeResult));
            }

            return results.All(r => r.ExcessLu <= 3 && r.OutsideNotes == 0) ? ExitCodes.Good : ExitCodes.Failed;
        });
        return command;
    }

    private static ChangeResult Measure(MoodLibrary moods, string names, int seed, bool isByPerson, FileInfo? log)
    {
        string[] ends = names.Split(':');
        if (ends.Length != 2 || !ends.All(end => moods.TryGet(end, out Mood? mood) && !mood.IsSilent)) throw new CliException(ExitCodes.Usage, $"--pair is '{names}'; allowed: two of {string.Join(", ", moods.Names)} as FROM:TO");
        Played plain = Play(moods, ends[0], null, seed, isByPerson, null), changed = Play(moods, ends[0], ends[1], seed, isByPerson, log);
        double rise = changed.Loudness.LargestRiseLu(changed.AskedSecond);
        double excess = rise - plain.Loudness.LargestRiseLu(changed.AskedSecond);
        return new ChangeResult(
            names, Math.Round(rise, 2), SecondOf(rise, changed), Math.Round(excess, 2), Math.Round(changed.GainDbPerSecond, 2), Math.Round(changed.TempoPercentPerBeat, 3),
            changed.OutsideNotes, Math.Round(changed.AnswerSeconds, 2), Math.Round(changed.CompleteSeconds, 1));
    }

    // Where the rise ends: the first time at which it has happened.
    private static double SecondOf(double rise, Played played)
    {
        double[] loudness = played.Loudness.ShortTerm;
        int from = (int)(10 * played.AskedSecond);
        for (int at = from; at < loudness.Length; at++)
        {
            if (loudness[at] - loudness[Math.Max(from, at - 100)..(at + 1)].Min() >= rise - 1e-6) return Math.Round((at / 10.0) - played.AskedSecond, 1);
        }

        return 0;
    }

    private static Played Play(MoodLibrary moods, string from, string? to, int seed, bool isByPerson, FileInfo? log)
    {
        using ModelHost model = ModelHost.Open(Installation.Models);
        if (model.Fault is { } fault) throw new CliException(ExitCodes.Failed, fault);
        var queue = new ScoreQueue();
        var engine = new SynthEngine(queue, (uint)seed);
        var conductor = new Conductor(moods, model, (ulong)seed);
        using ScoreFile? file = log is null ? null : new ScoreFile(log.FullName, new ScoreEngine((uint)seed, new ToneSettings()));
        ScoreLog? written = file is null ? null : new ScoreLog(file, conductor, queue);
        var watch = new Watcher((IScoreSink?)written ?? queue, [.. moods[from].AllPalettes().Concat(to is null ? [] : moods[to].AllPalettes())]);
        var meter = new LoudnessMeter();
        var block = new short[2 * BlockFrames];
        ContextVector room = RenderContext.InUse(0.7);
        conductor.Request(new MoodRequest(from, ReferenceLevel));
        double? asked = null, complete = null;
        double tempo = 0, steepest = 0;
        const long Total = (long)(BeforeSeconds + AfterSeconds) * SynthEngine.SampleRateHz;
        while (engine.FramesRendered < Total)
        {
            long frame = engine.FramesRendered;
            double second = (double)frame / SynthEngine.SampleRateHz;
            bool isMidPhrase = watch.LastSalient(moods[from]) is { } last && frame - last < SynthEngine.SampleRateHz;
            if (asked is null && second >= BeforeSeconds && (isMidPhrase || second >= BeforeSeconds + 30))
            {
                asked = second;
                watch.From = frame;
                if (to is not null) conductor.Request(new MoodRequest(to, ReferenceLevel, IsByPerson: isByPerson), frame);
                tempo = conductor.Intent.TempoBpm;
            }

            conductor.Advance(frame + LookAhead.Frames, room, watch);
            written?.Note(frame, conductor, model.Fault);
            if (asked is not null)
            {
                double beats = conductor.Intent.TempoBpm / 60 * BlockFrames / SynthEngine.SampleRateHz;
                // Tempo moves with every tick of half a second; here it is looked at more often.
                steepest = Math.Max(steepest, Math.Abs(conductor.Intent.TempoBpm / tempo - 1) / Math.Max(beats, conductor.Intent.TempoBpm / 120));
                tempo = conductor.Intent.TempoBpm;
                if (complete is null && conductor.Mood.Sounding == to && conductor.Mood.Target is null) complete = second;
            }

            engine.Render(block);
            meter.Add(block);
        }

        return new Played(meter.Curve, asked ?? 0, watch.SteepestDbPerSecond, 100 * steepest, watch.Outside, watch.FirstNote is { } first ? (double)first / SynthEngine.SampleRateHz - asked!.Value : 0, (complete ?? double.NaN) - (asked ?? 0));
    }

    private sealed record Played(LoudnessCurve Loudness, double AskedSecond, double GainDbPerSecond, double TempoPercentPerBeat, int OutsideNotes, double AnswerSeconds, double CompleteSeconds);

    /// <summary>Looks at events on their way.</summary>
    private sealed class Watcher(IScoreSink next, Palette[] palettes) : IScoreSink
    {
        private readonly Dictionary<(SynthParameter, int), (long Frame, int Value)> _gains = [];
        private readonly List<(long Frame, int Instrument)> _notes = [];

        public long From { get; set; } = long.MaxValue;

        public double SteepestDbPerSecond { get; private set; }

        public int Outside { get; private set; }

        public long? FirstNote { get; private set; }

        public bool TryAdd(in ScoreEvent e)
        {
            if (!next.TryAdd(e)) return false;
            if (e.Kind == ScoreEventKind.NoteOn)
            {
                _notes.Add((e.Frame, e.Instrument));
                int pitch = e.PitchCents / 100;
                if (e.Frame >= From && !palettes.Any(palette => palette.Bed.Contains(pitch) || palette.Speak.Contains(pitch))) Outside++;
                if (e.Frame >= From) FirstNote = Math.Min(FirstNote ?? long.MaxValue, e.Frame);
            }

            if (e is not { Kind: ScoreEventKind.Parameter, Parameter: SynthParameter.MasterGain or SynthParameter.InstrumentGain }) return true;
            var key = (e.Parameter, (int)e.Instrument);
            if (e.Frame >= From && _gains.TryGetValue(key, out (long Frame, int Value) before) && before.Value > InaudibleQ15 && e.ValueQ15 > InaudibleQ15)
            {
                double seconds = Math.Max((double)e.RampFrames, e.Frame - before.Frame) / SynthEngine.SampleRateHz;
                double rounding = 20 * Math.Log10(1 + (1.0 / Math.Min(before.Value, e.ValueQ15))); // Q15 is coarse down there
                SteepestDbPerSecond = Math.Max(SteepestDbPerSecond, (Math.Abs(20 * Math.Log10((double)e.ValueQ15 / before.Value)) - rounding) / seconds);
            }

            _gains[key] = (e.Frame, e.ValueQ15);
            return true;
        }

        /// <summary>When somebody last began a note of the melody.</summary>
        public long? LastSalient(Mood mood) => mood.Layers.TryGetValue("speak", out MoodLayer? lead) && _notes.FindLastIndex(note => InstrumentCatalog.Names[note.Instrument] == lead.Instrument) is >= 0 and int at ? _notes[at].Frame : null;
    }
}

/// <summary>What <c>composer change --json</c> prints for each change.</summary>
/// <param name="Change">From and to.</param>
/// <param name="RiseLu">Largest rise of the short-term loudness within ten seconds.</param>
/// <param name="RiseSecond">When it had happened, seconds after the request.</param>
/// <param name="ExcessLu">How much more that is than without the change.</param>
/// <param name="GainDbPerSecond">Fastest move of master or a layer; a person's acknowledgement is 3 dB at once.</param>
/// <param name="TempoPercentPerBeat">Fastest move of the tempo.</param>
/// <param name="OutsideNotes">Notes in no palette of either mood.</param>
/// <param name="AnswerSeconds">Until the first note that begins after the request.</param>
/// <param name="CompleteSeconds">Until only the new mood sounds.</param>
internal sealed record ChangeResult(
    string Change, double RiseLu, double RiseSecond, double ExcessLu, double GainDbPerSecond, double TempoPercentPerBeat, int OutsideNotes, double AnswerSeconds, double CompleteSeconds);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(List<ChangeResult>))]
internal sealed partial class ChangeJson : JsonSerializerContext;
