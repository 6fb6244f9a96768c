namespace Ambient.Sensors.Acoustics;

/// <summary>A second-order section in transposed direct form II. Holds two numbers of state, never a sound.</summary>
internal struct Biquad(double b0, double b1, double b2, double a1, double a2)
{
    private double _first;
    private double _second;

    public double Process(double x)
    {
        double y = b0 * x + _first;
        _first = b1 * x - a1 * y + _second;
        _second = b2 * x - a2 * y;
        return y;
    }

    /// <summary>Gain at a frequency, linear.</summary>
    /// <param name="angle">2 pi f / rate.</param>
    public readonly double GainAt(double angle)
    {
        double cos = Math.Cos(angle), sin = Math.Sin(angle), cos2 = Math.Cos(2 * angle), sin2 = Math.Sin(2 * angle);
        double up = double.Hypot(b0 + b1 * cos + b2 * cos2, b1 * sin + b2 * sin2);
        double down = double.Hypot(1 + a1 * cos + a2 * cos2, a1 * sin + a2 * sin2);
        return up / down;
    }

    /// <summary>The same filter with its output multiplied.</summary>
    public readonly Biquad Times(double gain) => new(b0 * gain, b1 * gain, b2 * gain, a1, a2);

    /// <summary>Two equal or different first-order sections (b0 + b1/z) / (1 - p/z) as one.</summary>
    public static Biquad Of((double B0, double B1, double Pole) one, (double B0, double B1, double Pole) two) => new(
        one.B0 * two.B0, one.B0 * two.B1 + one.B1 * two.B0, one.B1 * two.B1, -(one.Pole + two.Pole), one.Pole * two.Pole);
}
