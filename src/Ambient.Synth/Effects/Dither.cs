using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Effects;

/// <summary>From the bus to 16 bits: triangular dither of +-1 bit, and exact zero where there is exact silence.</summary>
/// <param name="seed">Seed of the dither.</param>
internal struct Dither(uint seed)
{
    private const int FractionBits = 8; // Q23 -> Q15
    private Xorshift32 _random = new(seed);

    /// <summary>Interleaves two channels of Q8.23 as 16-bit samples L R L R; saturates, for this is the one place that must.</summary>
    public void Write(ReadOnlySpan<int> left, ReadOnlySpan<int> right, Span<short> interleaved)
    {
        for (int i = 0; i < left.Length; i++)
        {
            uint chance = _random.Next();
            interleaved[2 * i] = Round(left[i], (int)(chance & 0xFF) - (int)(chance >> 8 & 0xFF));
            interleaved[2 * i + 1] = Round(right[i], (int)(chance >> 16 & 0xFF) - (int)(chance >> 24));
        }
    }

    private static short Round(int sampleQ23, int dither) =>
        sampleQ23 == 0 ? (short)0 : (short)Math.Clamp((sampleQ23 + dither + (1 << (FractionBits - 1))) >> FractionBits, short.MinValue, short.MaxValue);
}
