using Ambient.Synth.Metering;

namespace Ambient.Composer.Evaluation.Judging;

/// <summary>What can be measured on the notes that sound.</summary>
public sealed record NoteMeasures
{
    private const double MergeSeconds = 0.05;
    private const double ThinSeconds = 45; // a gap like this is a breathing space of the form, not a gap between notes
    private const double ThinMedians = 8;
    private const double BriefSeconds = 0.25; // shorter than this a clash is not heard as one

    /// <summary>When salient notes begin, merged within 50 ms, s.</summary>
    public required IReadOnlyList<double> Onsets { get; init; }

    /// <summary>Salient onsets a minute.</summary>
    public required double OnsetsPerMinute { get; init; }

    /// <summary>Gaps between salient onsets, breathing spaces left out: median, 90th percentile and longest, s.</summary>
    public required (double Median, double P90, double Longest) Gaps { get; init; }

    /// <summary>Spread of the gaps over their mean; a grid is below 0.3.</summary>
    public required double GapVariation { get; init; }

    /// <summary>Roughness of all that sounds, mean over time and roughest quarter second.</summary>
    public required (double Mean, double Max) Roughness { get; init; }

    /// <summary>Keys.</summary>
    public required TonalPath Tonality { get; init; }

    /// <summary>Chords.</summary>
    public required ChordChanges Chords { get; init; }

    /// <summary>The voice that speaks.</summary>
    public required MelodyLine Melody { get; init; }

    /// <summary>Share of melodic five-grams heard in the half hour before.</summary>
    public required double Repetition { get; init; }

    /// <summary>Longest run of salient notes that comes again.</summary>
    public required int LongestRun { get; init; }

    /// <summary>Places that sound like an alarm.</summary>
    public required int AlarmLike { get; init; }

    /// <summary>Tenth and ninetieth percentile of the pitches.</summary>
    public required (double Low, double High) Core { get; init; }

    /// <summary>Breathing spaces in twenty minutes: three quarters of a minute and more without a salient note, and far longer than gaps are.</summary>
    public required double ThinMinutes { get; init; }

    /// <summary>Measures notes.</summary>
    /// <param name="notes">Pitched notes in the order of their starts.</param>
    /// <param name="seconds">Length of the whole.</param>
    public static NoteMeasures Of(IReadOnlyList<ScoreNote> notes, double seconds)
    {
        List<ScoreNote> salient = [.. notes.Where(note => note.IsSalient)];
        double[] onsets = Merged(salient);
        double[] all = [.. onsets.Zip(onsets.Skip(1)).Select(pair => pair.Second - pair.First)];
        double thin = Math.Max(ThinSeconds, ThinMedians * Quantiles.Of(all, 0.5));
        double[] gaps = [.. all.Where(gap => gap < thin)];
        double mean = gaps.DefaultIfEmpty(0).Average();
        double spread = Math.Sqrt(gaps.Select(gap => (gap - mean) * (gap - mean)).DefaultIfEmpty(0).Average());
        return new NoteMeasures
        {
            Onsets = onsets,
            OnsetsPerMinute = seconds == 0 ? 0 : onsets.Length * 60 / seconds,
            Gaps = (Quantiles.Of(gaps, 0.5), Quantiles.Of(gaps, 0.9), gaps.DefaultIfEmpty(seconds).Max()),
            GapVariation = mean == 0 ? 0 : spread / mean,
            Roughness = RoughnessOf(notes),
            Tonality = TonalPath.Of(notes, seconds),
            Chords = ChordChanges.Of([.. notes.Where(note => note.IsChord)]),
            Melody = MelodyLine.Of([.. notes.Where(note => note.IsMelody)], [.. notes.Where(note => note.IsChord)]),
            Repetition = Repeats.HeardBefore(salient),
            LongestRun = Repeats.LongestRun(salient),
            AlarmLike = Repeats.AlarmLike(salient),
            Core = (Quantiles.Of(notes.Select(note => (double)note.Pitch), 0.1), Quantiles.Of(notes.Select(note => (double)note.Pitch), 0.9)),
            ThinMinutes = seconds == 0 ? 0 : (all.Length - gaps.Length) * 1_200 / seconds,
        };
    }

    private static double[] Merged(List<ScoreNote> salient)
    {
        var onsets = new List<double>();
        foreach (ScoreNote note in salient)
            if (onsets.Count == 0 || note.Start - onsets[^1] >= MergeSeconds) onsets.Add(note.Start);
        return [.. onsets];
    }

    private static (double Mean, double Max) RoughnessOf(IReadOnlyList<ScoreNote> notes)
    {
        var known = new Dictionary<string, double>();
        double[] edges = [.. notes.SelectMany(note => new[] { note.Start, note.End }).Distinct().Order()];
        var sounding = new List<ScoreNote>();
        double sum = 0, time = 0, max = 0;
        int next = 0;
        foreach ((double from, double to) in edges.Zip(edges.Skip(1)))
        {
            while (next < notes.Count && notes[next].Start <= from) sounding.Add(notes[next++]);
            sounding.RemoveAll(note => note.End <= from);
            if (sounding.Count == 0) continue;
            int[] pitches = [.. sounding.Select(note => note.Pitch).Distinct().Order()];
            string key = string.Join(' ', pitches);
            if (!known.TryGetValue(key, out double roughness)) known[key] = roughness = Theory.Roughness.Of(pitches);
            sum += roughness * (to - from);
            time += to - from;
            if (to - from >= BriefSeconds) max = Math.Max(max, roughness);
        }

        return (time == 0 ? 0 : sum / time, max);
    }
}
