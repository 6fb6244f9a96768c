namespace Ambient.Composer.Theory;

/// <summary>Names a chord for people: <c>Dsus2</c>, <c>F6/9</c>, <c>C5</c>.</summary>
public static class ChordName
{
    // Intervals above the bass; the richest that fits wins, so longer ones stand first.
    private static readonly (string Suffix, int[] Intervals)[] Kinds =
    [
        ("6/9", [2, 4, 9]), ("maj9", [2, 4, 11]), ("m9", [2, 3, 10]), ("m11", [3, 5, 10]),
        ("maj7", [4, 7, 11]), ("m7", [3, 7, 10]), ("7", [4, 7, 10]), ("add9", [2, 4, 7]), ("madd9", [2, 3, 7]),
        ("6", [4, 7, 9]), ("", [4, 7]), ("m", [3, 7]), ("sus4", [5, 7]), ("sus2", [2, 7]), ("quartal", [5, 10]),
        ("maj7", [4, 11]), ("m7", [3, 10]), ("", [4]), ("m", [3]), ("5", [7]), ("sus4", [5]), ("sus2", [2]),
    ];

    /// <summary>The name over the lowest note; <c>–</c> when nothing sounds.</summary>
    /// <param name="pitches">Sounding MIDI notes in any order.</param>
    public static string Of(IReadOnlyCollection<int> pitches)
    {
        if (pitches.Count == 0) return "–";
        int bass = pitches.Min();
        PitchClassSet above = PitchClassSet.Of(pitches.Select(pitch => pitch - bass));
        foreach ((string suffix, int[] intervals) in Kinds)
        {
            if (intervals.All(above.Contains)) return PitchClassSet.NameOf(bass) + suffix;
        }

        return PitchClassSet.NameOf(bass);
    }
}
