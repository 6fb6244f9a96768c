namespace Ambient.Synth.Arithmetic;

/// <summary>Pitch and cutoff in cents above MIDI note 0 (8.176 Hz), which add where frequencies multiply.</summary>
internal static class Pitch
{
    /// <summary>Cents in an octave.</summary>
    public const int Octave = 1_200;

    /// <summary>Highest pitch that can be asked for, 12.5 kHz.</summary>
    public const int MaxCents = 12_700;

    /// <summary>Phase step of 1 Hz: 2^32 / 48 000.</summary>
    public const uint StepPerHertz = 89_478;

    private const long StepOfNoteZeroQ10 = 749_115_498; // 8.1757989 Hz / 48 kHz * 2^32, Q10

    /// <summary>Turns per frame, 2^32 to the turn.</summary>
    /// <param name="cents">Clamped to 0..12 700.</param>
    public static uint PhaseStep(int cents)
    {
        cents = Math.Clamp(cents, 0, MaxCents);
        int octave = cents / Octave;
        uint mantissaQ30 = Exp2Table.MantissaQ30((uint)(((long)(cents % Octave) << 32) / Octave));
        return (uint)(StepOfNoteZeroQ10 * mantissaQ30 >> (40 - octave)); // Q10 * Q30 -> Q0
    }
}
