using System.CommandLine;
using System.Text.Json;
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

/// <summary><c>composer occupancy</c>: how an empty room that fills is answered: when intent begins to move, when it has arrived, and whether the notes that sound follow.</summary>
internal static class ComposerOccupancy
{
    private const int StepFrames = SynthEngine.SampleRateHz / 10;
    private const int SettleSeconds = 180;
    private const int WindowSeconds = 180;
    private const int BeforeSeconds = 60;
    private const double Moved = 0.005;

    private static readonly double[] Levels = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var mood = new Option<string>("--mood") { Description = "which mood", DefaultValueFactory = _ => "calm" };
        var seeds = new Option<int>("--seeds") { Description = "how many runs through all levels of occupancy", DefaultValueFactory = _ => 45 };
        var json = new Option<bool>("--json") { Description = "one JSON object as the last line" };
        var command = new Command("occupancy", "An empty room fills: when intent moves and arrives, and how the density of sounding notes over three minutes ranks with occupancy.") { mood, seeds, json };
        command.SetAction(parsed =>
        {
            MoodLibrary moods = Installation.LoadMoods(null);
            Mood played = ComposerCommand.Audible(moods, parsed.GetValue(mood)!);
            OccupancyResult result = Measure(moods, played, parsed.GetValue(seeds));
            Console.WriteLine(parsed.GetValue(json)
                ? JsonSerializer.Serialize(result, ComposerJson.Default.OccupancyResult)
                : FormattableString.Invariant($"{result.Mood}: intent moves after {result.MovesAfterSeconds:0.0} s, {(result.IsMonotone ? "never back" : "not monotonically")}, 90 % there after {result.ArrivesAfterSeconds:0} s; density of what sounds in 3 minutes ranks with occupancy: rho {result.Rho:0.000}, single windows {result.RhoOfWindows:0.000} (notes a minute {string.Join(", ", result.OnsetsPerMinute)}); why: {result.Why}"));
            return result is { MovesAfterSeconds: <= 5, IsMonotone: true, ArrivesAfterSeconds: <= 180, Rho: >= 0.9 } && result.Why.Contains("occupancy", StringComparison.Ordinal) ? ExitCodes.Good : ExitCodes.Failed;
        });
        return command;
    }

    private static OccupancyResult Measure(MoodLibrary moods, Mood mood, int seeds)
    {
        using ModelHost model = ModelHost.Open(Installation.Models);
        if (model.Fault is { } fault) throw new CliException(ExitCodes.Failed, fault);
        (double moves, bool isMonotone, double arrives, string why) = Step(moods, mood, model);
        var perLevel = new double[Levels.Length];
        var all = new List<(double Occupancy, double Density)>();
        for (int seed = 1; seed <= seeds; seed++)
        {
            double[] density = Windows(moods, mood, model, (ulong)seed);
            for (int i = 0; i < Levels.Length; i++)
            {
                perLevel[i] += density[i] / seeds;
                all.Add((Levels[i], density[i]));
            }
        }

        return new OccupancyResult(
            mood.Name, Math.Round(moves, 1), isMonotone, Math.Round(arrives, 1), Math.Round(Spearman.Rho(Levels, perLevel), 4),
            Math.Round(Spearman.Rho([.. all.Select(one => one.Occupancy)], [.. all.Select(one => one.Density)]), 4), [.. perLevel.Select(density => Math.Round(density, 2))], why);
    }

    private static (double Moves, bool IsMonotone, double Arrives, string Why) Step(MoodLibrary moods, Mood mood, ModelHost model)
    {
        var conductor = new Conductor(moods, model, 1);
        var nowhere = new MidiWriter();
        conductor.Request(new MoodRequest(mood.Name));
        long start = (long)(SettleSeconds + BeforeSeconds) * SynthEngine.SampleRateHz;
        for (long frame = StepFrames; frame <= start; frame += StepFrames) conductor.Advance(frame, Room(0), nowhere);
        double from = conductor.Intent.OnsetsPerMinute;
        var way = new List<double>();
        string why = "";
        for (long frame = start + StepFrames; frame <= start + ((long)(2 * SettleSeconds) * SynthEngine.SampleRateHz); frame += StepFrames)
        {
            conductor.Advance(frame, Room(1), nowhere);
            way.Add(conductor.Intent.OnsetsPerMinute);
            if (way.Count == 10 * SettleSeconds) why = conductor.Why.Text;
        }

        double whole = way[^1] - from;
        int moves = way.FindIndex(now => Math.Abs(now - from) > Moved * Math.Abs(whole));
        int arrives = way.FindIndex(now => Math.Abs(now - from) >= 0.9 * Math.Abs(whole));
        bool isMonotone = way.Zip(way.Skip(1)).All(pair => (pair.Second - pair.First) * Math.Sign(whole) >= -1e-9);
        return ((moves + 1) / 10.0, isMonotone, (arrives + 1) / 10.0, why);
    }

    // The levels in another order with every seed, so that no rank comes from the time of the hour.
    private static double[] Windows(MoodLibrary moods, Mood mood, ModelHost model, ulong seed)
    {
        var chance = new Prng(seed);
        int[] order = [.. Enumerable.Range(0, Levels.Length).OrderBy(_ => chance.NextDouble())];
        var conductor = new Conductor(moods, model, seed);
        var score = new MidiWriter();
        conductor.Request(new MoodRequest(mood.Name));
        for (int i = 0; i < order.Length; i++)
        {
            long end = (long)(i + 1) * (SettleSeconds + WindowSeconds) * SynthEngine.SampleRateHz;
            for (long frame = end - ((long)(SettleSeconds + WindowSeconds) * SynthEngine.SampleRateHz) + StepFrames; frame <= end; frame += StepFrames)
                conductor.Advance(frame, Room(Levels[order[i]]), score);
        }

        IReadOnlyList<ScoreNote> notes = Salience.Notes(MidiReader.Read(score.ToArray()), mood);
        var density = new double[Levels.Length];
        for (int i = 0; i < order.Length; i++)
        {
            double end = (i + 1) * (SettleSeconds + WindowSeconds), begin = end - WindowSeconds;
            density[order[i]] = notes.Count(note => note.IsSalient && note.Start >= begin && note.Start < end) * 60.0 / WindowSeconds;
        }

        return density;
    }

    // Nothing but occupancy changes: what follows from it in a real room would help.
    private static ContextVector Room(double occupancy) => ContextVector.Neutral with { Occupancy = occupancy, IsOccupied = occupancy > 0.5, Confidence = 1 };
}

/// <summary>What <c>composer occupancy --json</c> prints.</summary>
/// <param name="Mood">Which.</param>
/// <param name="MovesAfterSeconds">After the step from 0 to 1: when intended density has moved.</param>
/// <param name="IsMonotone">Whether it never went back.</param>
/// <param name="ArrivesAfterSeconds">When 90 % of the way were done.</param>
/// <param name="Rho">Rank correlation of occupancy and sounding density, means over the seeds.</param>
/// <param name="RhoOfWindows">The same of single windows of three minutes.</param>
/// <param name="OnsetsPerMinute">Salient notes a minute at occupancy 0, 0.1 … 1.</param>
/// <param name="Why">What <c>why</c> says three minutes after the step.</param>
internal sealed record OccupancyResult(
    string Mood, double MovesAfterSeconds, bool IsMonotone, double ArrivesAfterSeconds, double Rho, double RhoOfWindows, IReadOnlyList<double> OnsetsPerMinute, string Why);
