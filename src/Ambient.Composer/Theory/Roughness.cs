namespace Ambient.Composer.Theory;

/// <summary>How rough a chord is, computed from its notes: beating between partials that fall into one critical band.</summary>
/// <remarks>Sethares' fit of the Plomp-Levelt curves; 8 partials falling 9 dB an octave, about the spectrum of the pads.</remarks>
public static class Roughness
{
    private const int Partials = 8;
    private const double FallDbPerOctave = 9;

    /// <summary>0 for a single pure tone; a close triad at C4 is about 0.31, an eight-note cluster about 0.8.</summary>
    /// <param name="pitches">MIDI notes; doubled notes count once.</param>
    public static double Of(IEnumerable<int> pitches)
    {
        var partials = new List<(double Hz, double Amplitude)>();
        foreach (int pitch in pitches.Distinct())
        {
            double f0 = 440 * double.Exp2((pitch - 69) / 12.0);
            for (int k = 1; k <= Partials; k++) partials.Add((k * f0, Math.Pow(10, -FallDbPerOctave * Math.Log2(k) / 20)));
        }

        double dissonance = 0;
        for (int i = 0; i < partials.Count; i++)
        {
            for (int j = i + 1; j < partials.Count; j++) dissonance += OfPair(partials[i], partials[j]);
        }

        double total = partials.Sum(partial => partial.Amplitude);
        return total == 0 ? 0 : dissonance / total;
    }

    private static double OfPair((double Hz, double Amplitude) one, (double Hz, double Amplitude) other)
    {
        double s = 0.24 / ((0.0207 * Math.Min(one.Hz, other.Hz)) + 18.96);
        double x = s * Math.Abs(one.Hz - other.Hz);
        return Math.Min(one.Amplitude, other.Amplitude) * 5 * (Math.Exp(-3.51 * x) - Math.Exp(-5.75 * x));
    }
}
