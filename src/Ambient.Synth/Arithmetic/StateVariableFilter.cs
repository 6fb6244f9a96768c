using System.Runtime.CompilerServices;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Arithmetic;

/// <summary>State of a second-order filter, topology-preserving (trapezoidal) form; any signal format with 1 bit of headroom.</summary>
/// <remarks>Source: A. Simper, "Solving the continuous SVF equations using trapezoidal integration" (2013). Unlike Chamberlin's form it stays stable while its cutoff moves.</remarks>
internal struct StateVariableFilter
{
    private int _band;
    private int _low;

    /// <summary>Whether both integrators have come to within <paramref name="threshold"/> of rest.</summary>
    public readonly bool IsWithin(int threshold) => int.Abs(_band) < threshold && int.Abs(_low) < threshold;

    /// <summary>Low-pass output, 12 dB per octave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int LowPass(int sample, in Coefficients at)
    {
        int difference = sample - _low;
        int band = at.A1 * _band + at.A2 * difference;
        int low = _low + at.A2 * _band + at.A3 * difference;
        _band = 2 * band - _band;
        _low = 2 * low - _low;
        return low;
    }

    /// <summary>Low-pass of one filter per lane. Sums are rounded once, where the scalar form rounds each product.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LowPass<T>(T sample, ref T band, ref T low, T a1, T a2, T a3)
        where T : struct, ILanes<T> => LowPass(sample, ref band, ref low, a1, a2, a3, out _);

    /// <summary>As above, with the band-pass output, whose k-th part is missing from the high-pass: sample - low - k band.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T LowPass<T>(T sample, ref T band, ref T low, T a1, T a2, T a3, out T newBand)
        where T : struct, ILanes<T>
    {
        T difference = sample - low;
        newBand = T.MultiplyAddQ31(a1, band, a2, difference);
        T newLow = low + T.MultiplyAddQ31(a2, band, a3, difference);
        band = newBand + newBand - band;
        low = newLow + newLow - low;
        return newLow;
    }

    /// <summary>High-pass output, 12 dB per octave.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int HighPass(int sample, in Coefficients at)
    {
        int difference = sample - _low;
        int band = at.A1 * _band + at.A2 * difference;
        int low = _low + at.A2 * _band + at.A3 * difference;
        _band = 2 * band - _band;
        _low = 2 * low - _low;
        return sample - low - (int)((long)at.DampingQ30 * band >> 30);
    }

    /// <summary>Band-pass output, 6 dB per octave each way, 0 dB at the centre.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int BandPass(int sample, in Coefficients at)
    {
        int difference = sample - _low;
        int band = at.A1 * _band + at.A2 * difference;
        int low = _low + at.A2 * _band + at.A3 * difference;
        _band = 2 * band - _band;
        _low = 2 * low - _low;
        return (int)((long)at.DampingQ30 * band >> 30);
    }

    /// <summary>What cutoff and damping come to.</summary>
    /// <param name="A1">1 / (1 + g(g + k)).</param>
    /// <param name="A2">g A1.</param>
    /// <param name="A3">g A2.</param>
    /// <param name="DampingQ30">k = 1 / Q.</param>
    internal readonly record struct Coefficients(Q31 A1, Q31 A2, Q31 A3, int DampingQ30)
    {
        /// <summary>k of a Butterworth filter, Q = 0.707.</summary>
        public const int ButterworthQ30 = 1_518_500_250;

        /// <summary>Filter at a cutoff given like a pitch, in cents above MIDI note 0.</summary>
        /// <remarks>g = tan(pi f / fs) = s / c; everything is multiplied by c^2, which spares the tangent: A1 = c^2 / (1 + k s c).</remarks>
        public static Coefficients At(int cutoffCents, int dampingQ30 = ButterworthQ30)
        {
            uint halfStep = Pitch.PhaseStep(cutoffCents) / 2;
            long s = SineTable.At(halfStep);
            long c = SineTable.CosineAt(halfStep);
            long divisorQ31 = (1L << 31) + ((s * c >> 31) * dampingQ30 >> 30);
            return new(new((int)(c * c / divisorQ31)), new((int)(s * c / divisorQ31)), new((int)(s * s / divisorQ31)), dampingQ30);
        }
    }
}
