namespace Ambient.Composer.Evaluation.Judging;

/// <summary>How often a melody says what it said before. Tokens are interval, gap to the quarter of an octave of time, and timbre.</summary>
public static class Repeats
{
    private const int GramLength = 5;
    private const double MemorySeconds = 30 * 60;

    /// <summary>A melody as tokens, one fewer than notes.</summary>
    /// <param name="notes">Salient notes in the order of their starts.</param>
    public static IReadOnlyList<(int Interval, int Gap, string Timbre)> Tokens(IReadOnlyList<ScoreNote> notes) =>
        [.. notes.Zip(notes.Skip(1)).Select(pair => (pair.Second.Pitch - pair.First.Pitch, GapOf(pair.Second.Start - pair.First.Start), pair.Second.Instrument))];

    /// <summary>Share of five tokens in a row that were heard in the half hour before; 0..1.</summary>
    public static double HeardBefore(IReadOnlyList<ScoreNote> notes)
    {
        IReadOnlyList<(int, int, string)> tokens = Tokens(notes);
        var heard = new Dictionary<string, double>();
        int again = 0, grams = 0;
        for (int i = 0; i + GramLength <= tokens.Count; i++, grams++)
        {
            string gram = string.Join(' ', tokens.Skip(i).Take(GramLength));
            if (heard.TryGetValue(gram, out double second) && notes[i].Start - second <= MemorySeconds) again++;
            heard[gram] = notes[i].Start;
        }

        return grams == 0 ? 0 : (double)again / grams;
    }

    /// <summary>Length of the longest run of tokens that comes twice, however far apart; the two may overlap.</summary>
    public static int LongestRun(IReadOnlyList<ScoreNote> notes)
    {
        var numbers = new Dictionary<(int, int, string), int>();
        int[] tokens = [.. Tokens(notes).Select(token => numbers.TryGetValue(token, out int number) ? number : numbers[token] = numbers.Count)];
        int[] suffixes = [.. Enumerable.Range(0, tokens.Length)];
        Array.Sort(suffixes, (one, other) => tokens.AsSpan(one).SequenceCompareTo(tokens.AsSpan(other)));
        int longest = 0;
        for (int i = 1; i < suffixes.Length; i++) longest = Math.Max(longest, tokens.AsSpan(suffixes[i - 1]).CommonPrefixLength(tokens.AsSpan(suffixes[i])));
        return longest;
    }

    /// <summary>Times that one pitch of one instrument comes three times at even distances of 0.2 to 2 s: what an alarm in a clinic sounds like (IEC 60601-1-8).</summary>
    /// <param name="notes">Salient notes in the order of their starts.</param>
    public static int AlarmLike(IReadOnlyList<ScoreNote> notes)
    {
        const double MostVariation = 0.1;
        int found = 0;
        foreach (var pitch in notes.GroupBy(note => (note.Pitch, note.Instrument)))
        {
            double[] starts = [.. pitch.Select(note => note.Start)];
            for (int i = 2; i < starts.Length; i++)
            {
                double one = starts[i - 1] - starts[i - 2], two = starts[i] - starts[i - 1], mean = (one + two) / 2;
                if (mean is >= 0.2 and <= 2 && Math.Abs(one - two) / 2 < MostVariation * mean) found++;
            }
        }

        return found;
    }

    private static int GapOf(double seconds) => (int)Math.Round(4 * Math.Log2(Math.Max(0.02, seconds)));
}
