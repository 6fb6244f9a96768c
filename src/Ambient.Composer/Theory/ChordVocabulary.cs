namespace Ambient.Composer.Theory;

/// <summary>A set of chords that harmony is limited to. A chord is its intervals over the bass.</summary>
public sealed class ChordVocabulary
{
    /// <summary>Any chord.</summary>
    public static readonly ChordVocabulary Everything = new([new PitchClassSet(0xFFF)]);

    private const int Thirds = (1 << 3) | (1 << 4);

    private static readonly (string Name, int[] Intervals)[] Known =
    [
        ("5", [0, 7]), ("sus2", [0, 2, 7]), ("sus4", [0, 5, 7]), ("quartal", [0, 5, 10]), ("7sus4", [0, 2, 5, 7, 10]),
        ("major", [0, 4, 7]), ("major/3", [0, 3, 8]), ("major/5", [0, 5, 9]), ("add9", [0, 2, 4, 7]), ("6", [0, 4, 7, 9]), ("6/9", [0, 2, 4, 7, 9]),
        ("maj7", [0, 4, 7, 11]), ("maj9", [0, 2, 4, 7, 11]),
        ("minor", [0, 3, 7]), ("minor/3", [0, 4, 9]), ("minor/5", [0, 5, 8]), ("madd9", [0, 2, 3, 7]), ("m7", [0, 3, 7, 10]), ("m9", [0, 2, 3, 7, 10]), ("m11", [0, 3, 5, 7, 10]),
    ];

    private readonly PitchClassSet[] _chords;

    private ChordVocabulary(IEnumerable<PitchClassSet> chords)
    {
        _chords = [.. chords];
        WithoutThirds = _chords.All(chord => (chord.Bits & Thirds) == 0) ? this : new([.. _chords.Select(chord => new PitchClassSet(chord.Bits & ~Thirds)).Distinct()]);
    }

    /// <summary>Every name that a mood file may use.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(Known, chord => chord.Name);

    /// <summary>The same chords with their thirds left out.</summary>
    public ChordVocabulary WithoutThirds { get; }

    /// <summary>The vocabulary of these chords; everything when none is named.</summary>
    public static ChordVocabulary Of(IReadOnlyCollection<string> names) => names.Count == 0
        ? Everything
        : new(names.Select(name => PitchClassSet.Of(Known.First(chord => chord.Name == name).Intervals)));

    /// <summary>Whether these intervals over the bass are one of the chords or part of one.</summary>
    public bool Allows(PitchClassSet intervals)
    {
        foreach (PitchClassSet chord in _chords)
        {
            if ((intervals.Bits & ~chord.Bits) == 0) return true;
        }

        return false;
    }
}
