namespace Ambient.Sensors.Acoustics;

/// <summary>A or C weighting of IEC 61672-1, at any sample rate from 32 kHz on.</summary>
/// <remarks>
/// The standard's analogue poles (annex E): 20.6 Hz twice, 12 194 Hz twice, and for A 107.7 Hz and 737.9 Hz. The low ones become
/// digital by the bilinear transform with each corner at its place. The high ones do not: the bilinear zero at half the sample
/// rate takes 6 dB too much at 16 kHz. One pole and one zero that are right at 0, 7 and 15.5 kHz take their place: within 0.1 dB
/// of the standard's formula up to 16 kHz at 48 kHz, 0.15 dB at 44.1 kHz.
/// </remarks>
internal sealed class FrequencyWeighting
{
    private const double PoleHz1 = 20.598997;
    private const double PoleHz2 = 107.65265;
    private const double PoleHz3 = 737.86223;
    private const double PoleHz4 = 12_194.217;
    private const double FitHz1 = 7_000;
    private const double FitHz2 = 15_500;
    private const double ReferenceHz = 1_000; // where the weighting is 0 dB by definition

    private readonly int _rateHz;
    private readonly bool _isA;
    private Biquad _low;
    private Biquad _middle;
    private Biquad _high;

    private FrequencyWeighting(int rateHz, bool isA)
    {
        (_rateHz, _isA) = (rateHz, isA);
        _low = Biquad.Of(HighPass(PoleHz1), HighPass(PoleHz1));
        _middle = Biquad.Of(HighPass(PoleHz2), HighPass(PoleHz3));
        _high = Biquad.Of(LowPass(PoleHz4), LowPass(PoleHz4));
        _high = _high.Times(1 / GainAt(ReferenceHz));
    }

    /// <summary>Weighs as the ear does at low levels.</summary>
    public static FrequencyWeighting A(int rateHz) => new(rateHz, isA: true);

    /// <summary>Nearly flat; its distance from A tells how much bass there is.</summary>
    public static FrequencyWeighting C(int rateHz) => new(rateHz, isA: false);

    public double Process(double sample)
    {
        double weighted = _high.Process(_low.Process(sample));
        return _isA ? _middle.Process(weighted) : weighted;
    }

    /// <summary>Gain of the digital filter at a frequency, linear.</summary>
    public double GainAt(double hertz)
    {
        double angle = 2 * Math.PI * hertz / _rateHz;
        return _low.GainAt(angle) * _high.GainAt(angle) * (_isA ? _middle.GainAt(angle) : 1);
    }

    private (double B0, double B1, double Pole) HighPass(double cornerHz)
    {
        double k = Math.Tan(Math.PI * cornerHz / _rateHz);
        return (1 / (1 + k), -1 / (1 + k), (1 - k) / (1 + k));
    }

    private (double B0, double B1, double Pole) LowPass(double cornerHz)
    {
        // |H|^2 = (p + q cos w) / (1 + r cos w) has three unknowns: right at 0 Hz and at both fitted frequencies.
        (double cosA, double powerA) = At(FitHz1);
        (double cosB, double powerB) = At(FitHz2);
        double left1 = cosA - 1, left2 = cosB - 1, right1 = 1 - powerA * cosA, right2 = 1 - powerB * cosB;
        double determinant = left1 * right2 - left2 * right1;
        double q = ((powerA - 1) * right2 - (powerB - 1) * right1) / determinant;
        double r = (left1 * (powerB - 1) - left2 * (powerA - 1)) / determinant;
        return Factor(1 + r - q, q, r);

        (double Cos, double Power) At(double hertz) => (Math.Cos(2 * Math.PI * hertz / _rateHz), 1 / (1 + Math.Pow(hertz / cornerHz, 2)));
    }

    // p + q cos w = b0^2 + b1^2 + 2 b0 b1 cos w, and the same below the line; the minimum-phase roots.
    private static (double B0, double B1, double Pole) Factor(double p, double q, double r)
    {
        double root = Math.Sqrt(1 - r * r);
        double pole = r == 0 ? 0 : -(1 - root) / r; // 1 + r cos w = |1 - pole/z|^2 / (1 + pole^2)
        double b0 = Math.Sqrt((p + Math.Sqrt(p * p - q * q)) / 2), scale = Math.Sqrt(1 + pole * pole);
        return (b0 * scale, q / (2 * b0) * scale, pole);
    }
}
