using Ambient.Synth.Metering;

namespace Ambient.Synth.Tests.Metering;

/// <summary>Programmes of known properties, at 48 kHz.</summary>
internal static class Noises
{
    private const int Rate = 48_000;

    /// <summary>Noise from 50 Hz to 10 kHz whose octave levels rise by so many dB, the same in both channels or independent.</summary>
    public static short[] Sloped(double dbPerOctave, int seconds, bool isMono = false, int seed = 1, double rms = 1_600)
    {
        short[] left = OneChannel(dbPerOctave, seconds, seed, rms), right = isMono ? left : OneChannel(dbPerOctave, seconds, seed + 1, rms);
        return Interleave(left, right);
    }

    /// <summary>A stereo programme from a formula of the time in seconds, -1..1.</summary>
    public static short[] Of(double seconds, Func<double, double> formula)
    {
        short[] mono = [.. Enumerable.Range(0, (int)(seconds * Rate)).Select(i => (short)(32_767 * formula((double)i / Rate)))];
        return Interleave(mono, mono);
    }

    public static ProgrammeMeasures Measured(params short[][] programmes)
    {
        var meter = new ProgrammeMeter();
        foreach (short[] programme in programmes) meter.Add(programme);
        return meter.Measure();
    }

    private static short[] Interleave(short[] left, short[] right)
    {
        var both = new short[2 * left.Length];
        for (int i = 0; i < left.Length; i++) (both[2 * i], both[(2 * i) + 1]) = (left[i], right[i]);
        return both;
    }

    // Random phases, levels as asked, one period of 2.7 s played again and again.
    private static short[] OneChannel(double dbPerOctave, int seconds, int seed, double rms)
    {
        const int Size = 1 << 17;
        var random = new Random(seed);
        double[] re = new double[Size], im = new double[Size];
        for (int bin = 1; bin < Size / 2; bin++)
        {
            double hz = bin * (double)Rate / Size;
            if (hz is < 50 or > 10_000) continue;
            // Octave bands of noise with power 1/f are equally loud.
            double amplitude = Math.Pow(hz / 50, (dbPerOctave / (20 * Math.Log10(2))) - 0.5);
            (double sin, double cos) = Math.SinCos(2 * Math.PI * random.NextDouble());
            (re[bin], im[bin]) = (amplitude * cos, amplitude * sin);
        }

        new Fft(Size).Transform(im, re);
        double unscaled = Math.Sqrt(re.Average(x => x * x));
        return [.. Enumerable.Range(0, seconds * Rate).Select(i => (short)(rms * re[i % Size] / unscaled))];
    }
}
