using Ambient.Synth.Metering;

namespace Ambient.Composer.Evaluation.Judging;

/// <summary>Where the music is on the circle of fifths and how clearly it is in a key.</summary>
/// <param name="Span">Shortest arc that holds all that sounds within 8 s, steps of a fifth; 95th percentile. Pentatonic 4, diatonic 6, diminished seventh 9.</param>
/// <param name="Shift">How far the centre of that arc moves in 8 s, 95th percentile.</param>
/// <param name="ShiftMedian">The same, median.</param>
/// <param name="KeyClarity">Best correlation with a key, of whole minutes, median.</param>
/// <param name="KeyClarityMin">The same, least clear minute.</param>
public sealed record TonalPath(double Span, double Shift, double ShiftMedian, double KeyClarity, double KeyClarityMin)
{
    private const double WindowSeconds = 8;
    private const double MinuteSeconds = 60;

    /// <summary>Follows the notes.</summary>
    /// <param name="notes">All pitched notes.</param>
    /// <param name="seconds">Length.</param>
    public static TonalPath Of(IReadOnlyList<ScoreNote> notes, double seconds)
    {
        var spans = new List<double>();
        var shifts = new List<double>();
        double? last = null;
        foreach (double[] duration in Windows(notes, seconds, WindowSeconds))
        {
            double? centre = Centre(duration);
            if (centre is null) continue;
            spans.Add(SpanOf(duration));
            if (last is { } before) shifts.Add(Math.Abs(Math.IEEERemainder(centre.Value - before, 12)));
            last = centre;
        }

        double[] clarity = [.. Windows(notes, seconds, MinuteSeconds).Where(duration => duration.Sum() > 0).Select(duration => Theory.KeyClarity.Of(duration))];
        return new(Quantiles.Of(spans, 0.95), Quantiles.Of(shifts, 0.95), Quantiles.Of(shifts, 0.5), Quantiles.Of(clarity, 0.5), clarity.DefaultIfEmpty(0).Min());
    }

    /// <summary>Shortest arc on the circle of fifths that holds these pitch classes, in fifths; 0 for one or none.</summary>
    /// <param name="duration">Shape [12], C first; what is above 0 counts.</param>
    public static int SpanOf(ReadOnlySpan<double> duration)
    {
        int longestGap = 0, gap = 0, count = 0;
        for (int i = 0; i < 24; i++)
        {
            if (duration[i % 12 * 7 % 12] > 0)
            {
                count += i < 12 ? 1 : 0;
                if (count > 0) longestGap = Math.Max(longestGap, gap);
                gap = 0;
            }
            else
            {
                gap++;
            }
        }

        return count == 0 ? 0 : 11 - longestGap;
    }

    private static double[][] Windows(IReadOnlyList<ScoreNote> notes, double seconds, double length)
    {
        var windows = Enumerable.Range(0, Math.Max(1, (int)(seconds / length))).Select(_ => new double[12]).ToArray();
        foreach (ScoreNote note in notes)
        {
            for (int window = (int)(note.Start / length); window < windows.Length && window * length < note.End; window++)
                windows[window][note.Pitch % 12] += Math.Max(0, Math.Min(note.End, (window + 1) * length) - Math.Max(note.Start, window * length));
        }

        return windows;
    }

    // Mean direction on the circle of fifths, weighted by duration, 0..12; null where there is none.
    private static double? Centre(double[] duration)
    {
        double x = 0, y = 0;
        for (int pitchClass = 0; pitchClass < 12; pitchClass++)
        {
            (double sin, double cos) = Math.SinCos(2 * Math.PI * (pitchClass * 7 % 12) / 12);
            x += duration[pitchClass] * cos;
            y += duration[pitchClass] * sin;
        }

        return double.Hypot(x, y) < 1e-9 ? null : Math.Atan2(y, x) * 12 / (2 * Math.PI);
    }
}
