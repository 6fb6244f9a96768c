using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Effects;

/// <summary>From Q31 to 16 bits: triangular dither of +-1 bit, and exact zero where there is exact silence.</summary>
/// <param name="seed">Seed of the dither.</param>
internal struct Dither(uint seed)
{
    private const int FractionBits = 16; // Q31 -> Q15
    private const int DitherShift = FractionBits - 8; // of chances of 8 bits
    private const long Half = 1L << (FractionBits - 1);
    private Xorshift32 _random = new(seed);

    /// <summary>Rounds frames L R L R; saturates.</summary>
    public void Write(ReadOnlySpan<int> wideQ31, Span<short> interleaved)
    {
        for (int i = 0; i + 1 < wideQ31.Length; i += 2)
        {
            uint chance = _random.Next();
            interleaved[i] = Round(wideQ31[i], (int)(chance & 0xFF) - (int)(chance >> 8 & 0xFF));
            interleaved[i + 1] = Round(wideQ31[i + 1], (int)(chance >> 16 & 0xFF) - (int)(chance >> 24));
        }
    }

    private static short Round(int sampleQ31, int dither) =>
        sampleQ31 == 0 ? (short)0 : (short)Math.Clamp((sampleQ31 + ((long)dither << DitherShift) + Half) >> FractionBits, short.MinValue, short.MaxValue);
}
