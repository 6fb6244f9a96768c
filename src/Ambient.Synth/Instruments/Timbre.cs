using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Instruments;

/// <summary>What the voices of one instrument share.</summary>
/// <param name="seed">Seed of its chances: starting phases and slow walks.</param>
internal sealed class Timbre(uint seed)
{
    /// <summary>Chance of what is there once in an instrument: gusts, vowels, drops.</summary>
    public Xorshift32 Random = new(seed);

    /// <summary>Brightness as the instrument was last told, 16 384 as designed.</summary>
    public int BrightnessQ15 { get; set; } = 16_384;

    /// <summary>Chance of one note. Every note has its own, so that notes which sound together don't take it from one another in an order that depends on block sizes.</summary>
    /// <param name="order">Which note it is, counted over the instrument's life.</param>
    public Xorshift32 OfNote(long order) => new(unchecked((seed * 0x85EB_CA6Bu) ^ (uint)order));

    /// <summary>Cents by which brightness moves a cutoff: one octave each way.</summary>
    public int CutoffShiftCents => (BrightnessQ15 - 16_384) * (2 * Pitch.Octave) >> 15;
}
