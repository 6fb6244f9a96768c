using System.Numerics;
using Ambient.Synth.Instruments;

namespace Ambient.Synth.Tests;

/// <summary>What a measuring instrument would say. Floating point is fine here: nothing of it is played.</summary>
internal static class Measure
{
    public static double Dbfs(ReadOnlySpan<int> samplesQ23)
    {
        double squares = 0;
        foreach (int sample in samplesQ23) squares += (double)sample * sample;
        return 20 * Math.Log10(Math.Sqrt(squares / samplesQ23.Length) / (1 << 23));
    }

    /// <summary>Frequency of the strongest sine between two frequencies, to 0.1 Hz.</summary>
    public static double StrongestHz(ReadOnlySpan<int> samples, double fromHz, double toHz)
    {
        double bestHz = 0;
        double best = -1;
        for (double hz = fromHz; hz <= toHz; hz += 0.1)
        {
            double power = PowerAt(samples, hz);
            if (power <= best) continue;
            best = power;
            bestHz = hz;
        }

        return bestHz;
    }

    /// <summary>Everything that is not the sine of this frequency (nor DC), against it, dB: THD+N. Whole turns only, so that the three stand at right angles.</summary>
    public static double ResidueDb(ReadOnlySpan<int> samples, double hz)
    {
        double turns = Math.Floor(samples.Length * hz / SynthEngine.SampleRateHz);
        ReadOnlySpan<int> whole = samples[..(int)Math.Round(turns * SynthEngine.SampleRateHz / hz)];
        double mean = 0, a = 0, b = 0, residue = 0;
        for (int pass = 0; pass < 8; pass++) // what is not quite at right angles is made up for by repetition
        {
            double meanError = 0, sineError = 0, cosineError = 0;
            residue = 0;
            for (int i = 0; i < whole.Length; i++)
            {
                (double sine, double cosine) = Math.SinCos(2 * Math.PI * hz / SynthEngine.SampleRateHz * i);
                double rest = whole[i] - mean - a * sine - b * cosine;
                meanError += rest;
                sineError += rest * sine;
                cosineError += rest * cosine;
                residue += rest * rest;
            }

            mean += meanError / whole.Length;
            a += 2 * sineError / whole.Length;
            b += 2 * cosineError / whole.Length;
        }

        return 10 * Math.Log10(residue / whole.Length / ((a * a + b * b) / 2));
    }

    /// <summary>Power at one frequency through a Hann window (Goertzel).</summary>
    public static double PowerAt(ReadOnlySpan<int> samples, double hz)
    {
        double coefficient = 2 * Math.Cos(2 * Math.PI * hz / SynthEngine.SampleRateHz);
        double previous = 0;
        double beforeThat = 0;
        for (int i = 0; i < samples.Length; i++)
        {
            double window = 0.5 - 0.5 * Math.Cos(2 * Math.PI * i / samples.Length);
            double state = samples[i] * window + coefficient * previous - beforeThat;
            beforeThat = previous;
            previous = state;
        }

        return (previous * previous + beforeThat * beforeThat - coefficient * previous * beforeThat) / samples.Length / samples.Length;
    }

    /// <summary>How far an instrument is from a note, cents: by how much the fundamental's phase moves between two windows.</summary>
    public static double CentsOff(IInstrument instrument, int midiNote, int settledFrames = 960)
    {
        double hz = 440 * Math.Pow(2, (midiNote - 69) / 12.0);
        int window = Math.Max(4_800, (int)(16 * SynthEngine.SampleRateHz / hz));
        int hop = Math.Clamp(window / 8, 480, 4_800);
        Some.Play(instrument, settledFrames);
        (int[] left, int[] right) = Some.Play(instrument, window + hop);
        int[] mono = [.. left.Zip(right, (l, r) => l + r)];
        Complex[] probe = Probe(hz, window);
        double turned = Phase(mono.AsSpan(0, window), probe) - Phase(mono.AsSpan(hop, window), probe) + 2 * Math.PI * hz * hop / SynthEngine.SampleRateHz;
        double offHz = -Math.IEEERemainder(turned, 2 * Math.PI) / 2 / Math.PI * SynthEngine.SampleRateHz / hop;
        return 1_200 * Math.Log2(1 + offHz / hz);
    }

    /// <summary>How far an instrument is from a note over a long time, cents: all the turns that its fundamental takes, mean of left and right.</summary>
    public static double MeanCentsOff(IInstrument instrument, int midiNote, int settledFrames, int frames)
    {
        double hz = 440 * Math.Pow(2, (midiNote - 69) / 12.0);
        int window = Math.Max(2_400, (int)(6 * SynthEngine.SampleRateHz / hz));
        Some.Play(instrument, settledFrames);
        (int[] left, int[] right) = Some.Play(instrument, frames + window);
        return 1_200 * Math.Log2(1 + (MeanOffHz(left, hz, window) + MeanOffHz(right, hz, window)) / 2 / hz);
    }

    // The phase every 20 ms, in which it moves by far less than half a turn away from where it should be.
    private static double MeanOffHz(ReadOnlySpan<int> samples, double hz, int window)
    {
        const int Hop = 960;
        int hops = (samples.Length - window) / Hop;
        Complex[] probe = Probe(hz, window);
        double turned = 0, previous = Phase(samples[..window], probe);
        for (int at = Hop; at <= hops * Hop; at += Hop)
        {
            double phase = Phase(samples.Slice(at, window), probe);
            turned += Math.IEEERemainder(phase - previous - 2 * Math.PI * hz * Hop / SynthEngine.SampleRateHz, 2 * Math.PI);
            previous = phase;
        }

        return turned / 2 / Math.PI * SynthEngine.SampleRateHz / (hops * Hop);
    }

    // One frequency under a Hann window.
    private static Complex[] Probe(double hz, int frames) =>
        [.. Enumerable.Range(0, frames).Select(i => Complex.FromPolarCoordinates(0.5 - 0.5 * Math.Cos(2 * Math.PI * i / frames), -2 * Math.PI * hz * i / SynthEngine.SampleRateHz))];

    private static double Phase(ReadOnlySpan<int> samples, Complex[] probe)
    {
        Complex sum = 0;
        for (int i = 0; i < samples.Length; i++) sum += samples[i] * probe[i];
        return sum.Phase;
    }

    /// <summary>Largest step between samples of what lies above 12 kHz, per channel, dBFS: a click is there, music is not.</summary>
    public static double SharpestClickDbfs(ReadOnlySpan<int> difference)
    {
        const int Taps = 63;
        double[] highPass = [.. Enumerable.Range(0, Taps).Select(i =>
        {
            double n = i - Taps / 2;
            double ideal = n == 0 ? 0.5 : -Math.Sin(Math.PI * n / 2) / (Math.PI * n);
            return ideal * (0.42 - 0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / Taps) + 0.08 * Math.Cos(4 * Math.PI * (i + 0.5) / Taps));
        })];
        double previous = 0, sharpest = 1e-9;
        for (int at = 0; at + Taps <= difference.Length; at++)
        {
            double high = 0;
            for (int i = 0; i < Taps; i++) high += highPass[i] * difference[at + i];
            if (at > 0) sharpest = Math.Max(sharpest, Math.Abs(high - previous));
            previous = high;
        }

        return 20 * Math.Log10(sharpest / 32_768);
    }

    /// <summary>Largest jump of the slope, per channel: a click is a corner. Q31.</summary>
    public static long SharpestCorner(ReadOnlySpan<int> interleavedQ31)
    {
        long sharpest = 0;
        for (int i = 4; i < interleavedQ31.Length; i++)
        {
            long corner = interleavedQ31[i] - 2L * interleavedQ31[i - 2] + interleavedQ31[i - 4];
            sharpest = Math.Max(sharpest, Math.Abs(corner));
        }

        return sharpest;
    }

    public static double Correlation(ReadOnlySpan<int> left, ReadOnlySpan<int> right)
    {
        double cross = 0;
        double leftPower = 0;
        double rightPower = 0;
        for (int i = 0; i < left.Length; i++)
        {
            cross += (double)left[i] * right[i];
            leftPower += (double)left[i] * left[i];
            rightPower += (double)right[i] * right[i];
        }

        return cross / Math.Sqrt(leftPower * rightPower);
    }
}
