namespace Ambient.Composer.Theory;

/// <summary>A set of pitch classes, C = 0 … B = 11.</summary>
/// <param name="Bits">Bit n is pitch class n; 0..4 095.</param>
public readonly record struct PitchClassSet(int Bits)
{
    private static readonly string[] Names = ["C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B"];

    /// <summary>How many pitch classes it holds.</summary>
    public int Count => int.PopCount(Bits);

    /// <summary>The set of these pitch classes; any whole number is taken modulo 12.</summary>
    public static PitchClassSet Of(IEnumerable<int> pitchClasses) =>
        new(pitchClasses.Aggregate(0, (bits, pitchClass) => bits | (1 << Wrap(pitchClass))));

    /// <summary>Name of a pitch class, with flats: <c>Bb</c>.</summary>
    public static string NameOf(int pitch) => Names[Wrap(pitch)];

    /// <summary>The pitch class that is called so (<c>C</c>, <c>F#</c>, <c>Bb</c>), or null.</summary>
    public static int? Parse(string name)
    {
        int natural = name.Length == 0 ? -1 : Array.IndexOf(Names, name[..1]);
        return (natural, name.Length > 1 ? name[1..] : "") switch
        {
            ( < 0, _) => null,
            (_, "") => natural,
            (_, "#") => Wrap(natural + 1),
            (_, "b") => Wrap(natural - 1),
            _ => null,
        };
    }

    /// <summary>Whether a pitch (any octave) belongs to it.</summary>
    public bool Contains(int pitch) => (Bits >> Wrap(pitch) & 1) != 0;

    /// <summary>The same set, moved up.</summary>
    public PitchClassSet Transpose(int semitones)
    {
        int shift = Wrap(semitones);
        return new(((Bits << shift) | (Bits >> (12 - shift))) & 0xFFF);
    }

    /// <summary>Pitch classes that both sets hold.</summary>
    public PitchClassSet Shared(PitchClassSet other) => new(Bits & other.Bits);

    private static int Wrap(int pitch) => ((pitch % 12) + 12) % 12;
}
