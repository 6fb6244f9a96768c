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

    /// <summary>Largest jump of the slope, per channel: a click is a corner. In 16-bit units.</summary>
    public static int SharpestCorner(ReadOnlySpan<short> interleaved)
    {
        int sharpest = 0;
        for (int i = 4; i < interleaved.Length; i++)
        {
            int corner = interleaved[i] - 2 * interleaved[i - 2] + interleaved[i - 4];
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
