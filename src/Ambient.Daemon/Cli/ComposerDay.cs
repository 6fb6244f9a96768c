using System.CommandLine;
using System.Text.Json;
using Ambient.Composer;
using Ambient.Composer.Evaluation.Judging;
using Ambient.Composer.Midi;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Daemon.Room;
using Ambient.Sensors;
using Ambient.Synth;

namespace Ambient.Daemon.Cli;

/// <summary><c>composer day</c>: a day of a mood without its sound: whether a note leaves the palette, whether it loops.</summary>
internal static class ComposerDay
{
    private const int StepFrames = SynthEngine.SampleRateHz / 2;
    private const string All = "all";
    private const double GraceSeconds = 12; // notes that were planned before a key change may still begin

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var mood = new Option<string>("--mood") { Description = "which mood, or all", DefaultValueFactory = _ => "calm" };
        var hours = new Option<double>("--hours") { Description = "how long", DefaultValueFactory = _ => 24 };
        var seed = new Option<int>("--seed") { Description = "same seed, same day", DefaultValueFactory = _ => 1 };
        var midi = new Option<string?>("--midi") { Description = "folder for the notes, a MIDI file per mood" };
        var json = new Option<bool>("--json") { Description = "one JSON object as the last line" };
        var command = new Command("day", "Composes a day of a mood, or of all, in a room that stays as it is: notes outside the palette, loops, repetition.") { mood, hours, seed, midi, json };
        command.SetAction(parsed =>
        {
            MoodLibrary moods = Installation.LoadMoods(null);
            string name = parsed.GetValue(mood)!;
            bool isAll = name == All;
            Mood[] played = [.. moods.Moods.Where(m => !m.IsSilent && (isAll || m.Name == name))];
            if (played.Length == 0) throw new CliException(ExitCodes.Usage, $"--mood is '{name}'; allowed: {All}, {string.Join(", ", moods.Moods.Where(m => !m.IsSilent))}");
            var results = new List<DayResult>();
            foreach (Mood one in played)
            {
                results.Add(Measure(moods, one, parsed.GetValue(hours), parsed.GetValue(seed), parsed.GetValue(midi)));
                if (!parsed.GetValue(json)) Print(results[^1]);
            }

            if (parsed.GetValue(json))
                Console.WriteLine(isAll ? JsonSerializer.Serialize(results, ComposerJson.Default.ListDayResult) : JsonSerializer.Serialize(results[0], ComposerJson.Default.DayResult));
            return results.TrueForAll(result => result.OutsidePalette == 0 && result.LongestRun < 24 && result.AlarmLike == 0) ? ExitCodes.Good : ExitCodes.Failed;
        });
        return command;
    }

    private static void Print(DayResult result) =>
        Console.WriteLine(FormattableString.Invariant($"{result.Mood}: {result.Notes} notes in {result.Hours} h, {result.OutsidePalette} outside the palette; {result.SalientPerMinute} salient a minute; longest run said twice {result.LongestRun}; 5-grams heard before {result.Repetition:0.000}; alarm-like {result.AlarmLike}; {result.KeyChanges} key changes; {100 * result.ModelNoteShare:0.0} % by the network"));

    private static DayResult Measure(MoodLibrary moods, Mood mood, double hours, int seed, string? folder)
    {
        using ModelHost host = ModelHost.Open(Installation.Models);
        if (host.Fault is { } fault) throw new CliException(ExitCodes.Failed, fault);
        Dictionary<string, Palette> palettes = mood.AllPalettes().DistinctBy(palette => palette.Name).ToDictionary(palette => palette.Name);
        var score = new MidiWriter();
        var conductor = new Conductor(moods, host, (ulong)seed);
        conductor.Request(new MoodRequest(mood.Name));
        var keys = new List<(double Second, Palette Palette)>();
        long frames = (long)(hours * 3_600 * SynthEngine.SampleRateHz);
        ContextVector room = RenderContext.InUse(0.7);
        for (long frame = StepFrames; frame <= frames; frame += StepFrames)
        {
            conductor.Advance(frame, room, score);
            if (palettes.TryGetValue(conductor.Score.Key, out Palette? palette) && (keys.Count == 0 || keys[^1].Palette != palette)) keys.Add(((double)frame / SynthEngine.SampleRateHz, palette));
        }

        byte[] midi = score.ToArray();
        if (folder is not null) File.WriteAllBytes(Path.Combine(Directory.CreateDirectory(folder).FullName, $"{mood.Name}.mid"), midi);
        IReadOnlyList<ScoreNote> notes = Salience.Notes(MidiReader.Read(midi), mood);
        List<ScoreNote> salient = [.. notes.Where(note => note.IsSalient)];
        return new DayResult(
            mood.Name, hours, notes.Count, notes.Count(note => !IsInside(note, keys)), Math.Round(salient.Count / (60 * hours), 2),
            Repeats.LongestRun(salient), Math.Round(Repeats.HeardBefore(salient), 4), Repeats.AlarmLike(salient), keys.Count - 1, conductor.ModelNoteShare);
    }

    private static bool IsInside(in ScoreNote note, List<(double Second, Palette Palette)> keys)
    {
        for (int i = keys.Count - 1; i >= 0; i--)
        {
            double until = i + 1 < keys.Count ? keys[i + 1].Second + GraceSeconds : double.PositiveInfinity;
            if (until < note.Start) return false;
            if (keys[i].Second - GraceSeconds <= note.Start && (keys[i].Palette.Bed.Contains(note.Pitch) || keys[i].Palette.Speak.Contains(note.Pitch))) return true;
        }

        return false;
    }
}

/// <summary>What <c>composer day --json</c> prints.</summary>
/// <param name="Mood">Which.</param>
/// <param name="Hours">How long.</param>
/// <param name="Notes">Pitched notes.</param>
/// <param name="OutsidePalette">Notes of neither the bed's nor the melody's pitches in the key of their moment.</param>
/// <param name="SalientPerMinute">Notes with an attack.</param>
/// <param name="LongestRun">Longest run of salient notes that came twice, as interval, gap and timbre.</param>
/// <param name="Repetition">Share of 5-grams heard in the half hour before.</param>
/// <param name="AlarmLike">Three even strokes of one pitch.</param>
/// <param name="KeyChanges">How often the palette changed.</param>
/// <param name="ModelNoteShare">Share of notes whose pitch the network chose.</param>
internal sealed record DayResult(
    string Mood, double Hours, int Notes, int OutsidePalette, double SalientPerMinute, int LongestRun, double Repetition, int AlarmLike, int KeyChanges, double ModelNoteShare);
