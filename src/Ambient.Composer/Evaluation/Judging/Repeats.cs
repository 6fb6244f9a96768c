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

    /// <summary>Times that one pitch, whoever strikes it and whatever else of it comes between, comes three times at even distances of 0.2 to 2 s: what an alarm in a clinic sounds like (IEC 60601-1-8).</summary>
    /// <param name="notes">Salient notes in the order of their starts.</param>
    public static int AlarmLike(IReadOnlyList<ScoreNote> notes)
    {
        const double ShortestSeconds = 0.2;
        const double LongestSeconds = 2;
        const double MostVariation = 0.1;
        int found = 0;
        foreach (var pitch in notes.GroupBy(note => note.Pitch))
        {
            double[] starts = [.. pitch.Select(note => note.Start)];
            for (int last = 2; last < starts.Length; last++)
            {
                if (IsThird(starts, last)) found++;
            }
        }

        return found;

        static bool IsThird(double[] starts, int last)
        {
            for (int middle = last - 1; middle > 0 && starts[last] - starts[middle] <= 2 * LongestSeconds; middle--)
            {
                double two = starts[last] - starts[middle];
                for (int first = middle - 1; first >= 0 && starts[middle] - starts[first] <= 2 * LongestSeconds; first--)
                {
                    double one = starts[middle] - starts[first], mean = (one + two) / 2;
                    if (mean is >= ShortestSeconds and <= LongestSeconds && Math.Abs(one - two) / 2 < MostVariation * mean) return true;
                }
            }

            return false;
        }
    }

    private static int GapOf(double seconds) => (int)Math.Round(4 * Math.Log2(Math.Max(0.02, seconds)));
}
