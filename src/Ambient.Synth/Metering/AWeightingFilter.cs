using System.Runtime.CompilerServices;

namespace Ambient.Synth.Metering;

/// <summary>A weighting of IEC 61672-1 for one channel at 48 kHz, in integers: six one-pole sections.</summary>
/// <remarks>
/// Coefficients in Q31: g = 1 / (1 + k), pole = (1 - k) / (1 + k), k = tan(pi f / 48 kHz) for the four high-passes; the double pole
/// at 12 194 Hz by one pole and one zero that are right at 0, 7 and 15.5 kHz, which also carry the gain that makes 1 kHz 0 dB.
/// Within 0.1 dB of the standard's formula up to 16 kHz.
/// </remarks>
internal struct AWeightingFilter
{
    /// <summary>Fraction bits inside and of what comes out: rounding stays under -130 dB.</summary>
    public const int FractionBits = 27;

    private const int HeadroomShift = 4; // Q31 -> Q27
    private const long Half = 1L << 30;
    private const long Gain1 = 2_144_592_304, Pole1 = 2_141_700_961; // 20.6 Hz
    private const long Gain2 = 2_132_458_418, Pole2 = 2_117_433_189; // 107.7 Hz
    private const long Gain3 = 2_048_479_510, Pole3 = 1_949_475_373; // 737.9 Hz
    private const long LowPass0 = 2 * 861_199_855L, LowPass1 = 2 * 121_062_149L, LowPassPole = 396_247_638; // 12 194 Hz

    private long _x1, _x2, _x3, _x4, _x5, _x6;
    private long _y1, _y2, _y3, _y4, _y5, _y6;

    /// <summary>The next sample, weighted, Q27 in 64 bits. Audio thread.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long Process(int sampleQ31)
    {
        long x = sampleQ31 >> HeadroomShift;
        _y1 = (Gain1 * (x - _x1) + Pole1 * _y1 + Half) >> 31;
        _x1 = x;
        _y2 = (Gain1 * (_y1 - _x2) + Pole1 * _y2 + Half) >> 31;
        _x2 = _y1;
        _y3 = (Gain2 * (_y2 - _x3) + Pole2 * _y3 + Half) >> 31;
        _x3 = _y2;
        _y4 = (Gain3 * (_y3 - _x4) + Pole3 * _y4 + Half) >> 31;
        _x4 = _y3;
        _y5 = (LowPass0 * _y4 + LowPass1 * _x5 + LowPassPole * _y5 + Half) >> 31;
        _x5 = _y4;
        _y6 = (LowPass0 * _y5 + LowPass1 * _x6 + LowPassPole * _y6 + Half) >> 31;
        _x6 = _y5;
        return _y6;
    }
}
