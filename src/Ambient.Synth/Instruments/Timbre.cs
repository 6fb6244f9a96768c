using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Instruments;

/// <summary>What the voices of one instrument share.</summary>
/// <param name="seed">Seed of its chances: starting phases and slow walks.</param>
internal sealed class Timbre(uint seed)
{
    /// <summary>Shared source of chance; drawn from in the order of the notes.</summary>
    public Xorshift32 Random = new(seed);

    /// <summary>Brightness as the instrument was last told, 16 384 as designed.</summary>
    public int BrightnessQ15 { get; set; } = 16_384;

    /// <summary>Cents by which brightness moves a cutoff: one octave each way.</summary>
    public int CutoffShiftCents => (BrightnessQ15 - 16_384) * (2 * Pitch.Octave) >> 15;
}
