using System.Numerics;

namespace Ambient.Synth.Tests;

/// <summary>Power by frequency, through a window whose side lobes lie 150 dB down (Kaiser, beta 22).</summary>
internal sealed class Spectrum
{
    private const int LobeBins = 9; // half the width of a line

    private readonly double[] _power;
    private readonly int _length;

    /// <param name="samples">Length a power of two.</param>
    public Spectrum(ReadOnlySpan<int> samples)
    {
        _length = samples.Length;
        var bins = new Complex[_length];
        for (int i = 0; i < _length; i++)
        {
            double x = 2.0 * i / _length - 1;
            bins[i] = samples[i] * Bessel(22 * Math.Sqrt(1 - x * x)) / Bessel(22);
        }

        Transform(bins);
        _power = Array.ConvertAll(bins[..(_length / 2)], bin => bin.Real * bin.Real + bin.Imaginary * bin.Imaginary);
    }

    /// <summary>Power of the one bin at a frequency.</summary>
    public double Bin(double hz) => _power[(int)Math.Round(hz * _length / SynthEngine.SampleRateHz)];

    /// <summary>Power of the line at a frequency.</summary>
    public double Line(double hz)
    {
        int centre = (int)Math.Round(hz * _length / SynthEngine.SampleRateHz);
        double sum = 0;
        for (int i = Math.Max(centre - LobeBins, 0); i <= Math.Min(centre + LobeBins, _power.Length - 1); i++) sum += _power[i];
        return sum;
    }

    /// <summary>Power between two frequencies.</summary>
    public double Band(double fromHz, double toHz)
    {
        double sum = 0;
        for (int i = (int)Math.Round(fromHz * _length / SynthEngine.SampleRateHz); i < (int)Math.Round(toHz * _length / SynthEngine.SampleRateHz); i++) sum += _power[i];
        return sum;
    }

    /// <summary>Power of all that is neither DC nor a harmonic, against all that is, dB.</summary>
    public double InharmonicDb(double fundamentalHz)
    {
        double harmonic = 0;
        double other = 0;
        double binsPerHarmonic = fundamentalHz * _length / SynthEngine.SampleRateHz;
        for (int i = LobeBins + 1; i < _power.Length; i++)
        {
            double distance = Math.Abs(i - binsPerHarmonic * Math.Round(i / binsPerHarmonic));
            if (distance <= LobeBins) harmonic += _power[i];
            else other += _power[i];
        }

        return 10 * Math.Log10(other / harmonic);
    }

    private static double Bessel(double x)
    {
        double sum = 1;
        double term = 1;
        for (int k = 1; k < 60; k++)
        {
            term *= x / 2 / k * (x / 2 / k);
            sum += term;
        }

        return sum;
    }

    private static void Transform(Complex[] bins)
    {
        int n = bins.Length;
        for (int i = 1, j = 0; i < n; i++)
        {
            int bit = n >> 1;
            for (; (j & bit) != 0; bit >>= 1) j ^= bit;
            j ^= bit;
            if (i < j) (bins[i], bins[j]) = (bins[j], bins[i]);
        }

        for (int length = 2; length <= n; length <<= 1)
        {
            Complex[] turns = Enumerable.Range(0, length / 2).Select(k => Complex.FromPolarCoordinates(1, -2 * Math.PI * k / length)).ToArray();
            for (int at = 0; at < n; at += length)
            {
                for (int k = 0; k < length / 2; k++)
                {
                    Complex even = bins[at + k];
                    Complex odd = bins[at + k + length / 2] * turns[k];
                    bins[at + k] = even + odd;
                    bins[at + k + length / 2] = even - odd;
                }
            }
        }
    }
}
