using System.Numerics;
using System.Runtime.CompilerServices;

namespace Ambient.Synth.Arithmetic;

/// <summary>Fixed point s.31: an <see cref="int"/> that reads as Raw / 2^31, in [-1, 1).</summary>
/// <remarks>Coefficients and envelopes. A product is rounded to nearest: truncation drifts in feedback loops.</remarks>
/// <param name="Raw">The integer as stored.</param>
internal readonly record struct Q31(int Raw) : IMultiplyOperators<Q31, Q31, Q31>
{
    private const int FractionBits = 31;
    private const long Half = 1L << (FractionBits - 1);

    /// <summary>The largest value, 1 - 2^-31.</summary>
    public static Q31 Max => new(int.MaxValue);

    /// <summary>Rounded product; (-1) * (-1) saturates to the largest Q31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Q31 operator *(Q31 left, Q31 right) => new(int.CreateSaturating(((long)left.Raw * right.Raw + Half) >> FractionBits));

    /// <summary>Rounded product of a coefficient and a sample in any format, in that format; never saturates, for the coefficient is below 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int operator *(Q31 coefficient, int sample) => (int)(((long)coefficient.Raw * sample + Half) >> FractionBits);

    /// <summary>What one frame-count step leaves of a level that falls by 60 dB in <paramref name="rt60Frames"/>.</summary>
    /// <param name="frames">Length of the step, 0..2^20.</param>
    /// <param name="rt60Frames">Frames until -60 dB, at least 1.</param>
    public static Q31 Decay(int frames, long rt60Frames)
    {
        const long Log2Of1000Q32 = 42_802_717_582;
        long exponentQ32 = Log2Of1000Q32 / rt60Frames * frames + Log2Of1000Q32 % rt60Frames * frames / rt60Frames;
        return Exp2Table.Falling(exponentQ32);
    }
}
