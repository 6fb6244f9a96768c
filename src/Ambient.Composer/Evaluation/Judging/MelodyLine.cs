using Ambient.Composer.Models;

namespace Ambient.Composer.Evaluation.Judging;

/// <summary>How the voice that speaks moves, and how it stands against the chords.</summary>
/// <param name="Step">Semitones from one note of a phrase to the next, repeated pitches left out, mean. Melodies move mostly by the smallest steps that their scale has (Huron 2001); null without two notes.</param>
/// <param name="Dissonance">Of a note with the tones of the chord that it enters over, mean, 0..1 (<see cref="IntentTally.DissonanceOf"/>); null where it never enters over a chord.</param>
/// <param name="Trills">Share of the notes that end two pitches to and fro, a-b-a-b-a, within a phrase, repeated pitches left out, 0..1; null without five notes.</param>
public sealed record MelodyLine(double? Step, double? Dissonance, double? Trills)
{
    private const int FewestNotes = 5; // of a trill
    private const double PhraseGapSeconds = 10; // a longer silence ends a phrase: the next may begin anywhere

    /// <summary>Measures a melody.</summary>
    /// <param name="melody">Its notes in the order of their starts.</param>
    /// <param name="bed">Notes of the chords.</param>
    public static MelodyLine Of(IReadOnlyList<ScoreNote> melody, IReadOnlyList<ScoreNote> bed)
    {
        double[] steps = [.. melody.Zip(melody.Skip(1))
            .Where(pair => pair.Second.Start - pair.First.Start <= PhraseGapSeconds && pair.Second.Pitch != pair.First.Pitch)
            .Select(pair => (double)Math.Abs(pair.Second.Pitch - pair.First.Pitch))];
        var dissonances = new List<double>();
        foreach (ScoreNote note in melody)
        {
            double[] against = [.. bed.Where(tone => tone.Start <= note.Start && tone.End > note.Start).Select(tone => (double)IntentTally.DissonanceOf(note.Pitch - tone.Pitch))];
            if (against.Length > 1) dissonances.Add(against.Average());
        }

        return new MelodyLine(steps.Length == 0 ? null : steps.Average(), dissonances.Count == 0 ? null : dissonances.Average(), TrillsOf(melody));
    }

    private static double? TrillsOf(IReadOnlyList<ScoreNote> melody)
    {
        var phrase = new List<int>();
        double before = double.NegativeInfinity;
        int trills = 0, notes = 0;
        foreach (ScoreNote note in melody)
        {
            if (note.Start - before > PhraseGapSeconds) phrase.Clear();
            before = note.Start;
            if (phrase is [.., var last] && last == note.Pitch) continue;
            phrase.Add(note.Pitch);
            notes++;
            if (phrase is [.., var a, var b, var c, var d, var e] && a == c && c == e && b == d) trills++;
        }

        return notes < FewestNotes ? null : (double)trills / notes;
    }
}
