namespace Ambient.Composer.Evaluation.Judging;

/// <summary>How the chords of the slow layers follow one another.</summary>
/// <param name="CommonTones">Pitches that stay, mean of the changes.</param>
/// <param name="Movement">Semitones that the others move together, mean.</param>
/// <param name="Reattacked">Share of the staying pitches that are struck again although they could go on, mean, 0..1.</param>
/// <param name="DwellSeconds">Time from one change to the next, median.</param>
/// <param name="Count">Changes.</param>
public sealed record ChordChanges(double CommonTones, double Movement, double Reattacked, double DwellSeconds, int Count)
{
    private const double SettledSeconds = 4.5; // voices enter one after the other within 4 s

    /// <summary>Finds the changes.</summary>
    /// <param name="bed">Notes of the chords in the order of their starts.</param>
    public static ChordChanges Of(IReadOnlyList<ScoreNote> bed)
    {
        var common = new List<double>();
        var movement = new List<double>();
        var reattacked = new List<double>();
        var times = new List<double>();
        int at = 0;
        while (at < bed.Count)
        {
            double begin = bed[at].Start;
            int end = at;
            while (end < bed.Count && bed[end].Start < begin + SettledSeconds) end++;
            int[] before = Sounding(bed, begin - 0.05), after = Sounding(bed, begin + SettledSeconds);
            int[] staying = [.. before.Intersect(after)];
            bool isSameChord = staying.Length == before.Length || staying.Length == after.Length; // a voice joined or left
            if (before.Length > 1 && after.Length > 1 && !isSameChord)
            {
                times.Add(begin);
                common.Add(before.Select(Class).Intersect(after.Select(Class)).Count());
                movement.Add(before.Except(staying).Order().Zip(after.Except(staying).Order()).Sum(voice => Math.Abs(voice.First - voice.Second)));
                if (staying.Length > 0) reattacked.Add(bed.Skip(at).Take(end - at).Count(note => staying.Contains(note.Pitch)) / (double)staying.Length);
            }

            at = end;
        }

        double[] dwells = [.. times.Zip(times.Skip(1)).Select(pair => pair.Second - pair.First).Order()];
        return new(Mean(common), Mean(movement), Mean(reattacked), dwells.Length == 0 ? 0 : dwells[dwells.Length / 2], times.Count);
    }

    private static int Class(int pitch) => pitch % 12;

    private static int[] Sounding(IReadOnlyList<ScoreNote> notes, double second) =>
        [.. notes.Where(note => note.Start <= second && note.End > second).Select(note => note.Pitch).Distinct().Order()];

    private static double Mean(List<double> values) => values.Count == 0 ? 0 : values.Average();
}
