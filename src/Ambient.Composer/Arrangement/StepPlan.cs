using Ambient.Composer.Moods;
using Ambient.Composer.Theory;

namespace Ambient.Composer.Arrangement;

/// <summary>What the form allows in one step; the model decides within.</summary>
/// <param name="Palette">Pitch classes in force.</param>
/// <param name="Registers">Where each voice may go.</param>
/// <param name="Speaks">The soprano moves to another pitch; otherwise it holds.</param>
/// <param name="MayRest">The soprano may be silent instead of moving.</param>
/// <param name="IsChordChange">Alto, tenor and bass may move; otherwise they hold.</param>
/// <param name="BassMayMove">False at a pedal point.</param>
/// <param name="Remembered">Pitches with which the soprano would say again what it said before, the next first: favoured, not forced.</param>
internal sealed record StepPlan(
    Palette Palette, MoodRegisters Registers, bool Speaks, bool MayRest, bool IsChordChange, bool BassMayMove, int[]? Remembered = null)
{
    /// <summary>How many of alto, tenor and bass move at a chord change where a chord lies so near: two tones are tied.</summary>
    public const int UsualMoves = 1;

    /// <summary>How many may move where it does not.</summary>
    public const int MostMoves = 2;

    /// <summary>A pitch that the soprano may not take, unless there is no other.</summary>
    public int? Avoided { get; init; }

    /// <summary>The chords there are.</summary>
    public ChordVocabulary Chords { get; init; } = ChordVocabulary.Everything;

    /// <summary>Whether alto, tenor and bass have three pitch classes between them, where the vocabulary and the registers have such a chord.</summary>
    public bool IsFull { get; init; }

    /// <summary>Intervals, modulo 12, that alto, tenor and bass may not form.</summary>
    public PitchClassSet Forbidden { get; init; }
}
