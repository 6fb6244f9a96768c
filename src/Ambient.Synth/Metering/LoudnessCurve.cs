namespace Ambient.Synth.Metering;

/// <summary>Loudness over time, ten values a second, and how much it moves.</summary>
/// <param name="steps">K-weighted mean square of both channels, every 100 ms.</param>
public sealed class LoudnessCurve(IReadOnlyList<double> steps)
{
    private const int MomentarySteps = 4; // 400 ms
    private const int ShortTermSteps = 30; // 3 s
    private const int TenSeconds = 100;
    private const double AbsoluteGateLufs = -70;
    private const double RangeGateLu = -20; // EBU Tech 3342
    private const double FloorLufs = -100;

    /// <summary>LUFS of the 400 ms up to each step, -100 for silence.</summary>
    public double[] Momentary { get; } = Slide(steps, MomentarySteps);

    /// <summary>LUFS of the 3 s up to each step, -100 for silence.</summary>
    public double[] ShortTerm { get; } = Slide(steps, ShortTermSteps);

    /// <summary>Loudness range (EBU Tech 3342), LU.</summary>
    public double RangeLu
    {
        get
        {
            double[] heard = [.. ShortTerm.Where(lufs => lufs > AbsoluteGateLufs)];
            if (heard.Length == 0) return 0;
            double gate = 10 * Math.Log10(heard.Average(lufs => Math.Pow(10, lufs / 10))) + RangeGateLu;
            double[] gated = [.. heard.Where(lufs => lufs > gate)];
            return Quantiles.Of(gated, 0.95) - Quantiles.Of(gated, 0.10);
        }
    }

    /// <summary>Largest momentary loudness above the median of the ten seconds before it, LU.</summary>
    /// <param name="fromSecond">What begins before is left out: fading in is no jump.</param>
    public double LargestJumpLu(double fromSecond)
    {
        double jump = 0;
        for (int at = Math.Max(TenSeconds, (int)(10 * fromSecond)); at < Momentary.Length; at++)
        {
            if (Momentary[at] < AbsoluteGateLufs) continue;
            double before = Math.Max(AbsoluteGateLufs, Quantiles.Of(Momentary.AsSpan(at - TenSeconds, TenSeconds).ToArray(), 0.5));
            jump = Math.Max(jump, Momentary[at] - before);
        }

        return jump;
    }

    /// <summary>Largest rise of the short-term loudness within ten seconds, LU.</summary>
    /// <param name="fromSecond">What begins before is left out.</param>
    public double LargestRiseLu(double fromSecond)
    {
        double rise = 0;
        for (int at = (int)(10 * fromSecond); at < ShortTerm.Length; at++)
        {
            double lowest = ShortTerm[at];
            for (int before = Math.Max((int)(10 * fromSecond), at - TenSeconds); before < at; before++) lowest = Math.Min(lowest, ShortTerm[before]);
            rise = Math.Max(rise, ShortTerm[at] - Math.Max(AbsoluteGateLufs, lowest));
        }

        return rise;
    }

    private static double[] Slide(IReadOnlyList<double> steps, int length)
    {
        var result = new double[steps.Count];
        for (int at = 0; at < steps.Count; at++)
        {
            double sum = 0;
            int from = Math.Max(0, at - length + 1);
            for (int i = from; i <= at; i++) sum += steps[i];
            result[at] = Math.Max(FloorLufs, -0.691 + (10 * Math.Log10((sum / length) + 1e-20)));
        }

        return result;
    }
}
