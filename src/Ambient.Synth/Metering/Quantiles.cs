namespace Ambient.Synth.Metering;

/// <summary>Order statistics, which a few startling values cannot bend.</summary>
public static class Quantiles
{
    /// <summary>Value below which this share of the others lies, between neighbours in proportion; 0 for none.</summary>
    /// <param name="values">In any order.</param>
    /// <param name="share">0..1; 0.5 is the median.</param>
    public static double Of(IEnumerable<double> values, double share)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        return OfSorted(sorted, share);
    }

    /// <summary>Median and 1.4826 times the median absolute deviation from it, which for normal values is their standard deviation.</summary>
    public static (double Median, double Spread) Robust(ReadOnlySpan<double> values)
    {
        double[] sorted = values.ToArray();
        Array.Sort(sorted);
        double median = OfSorted(sorted, 0.5);
        for (int i = 0; i < sorted.Length; i++) sorted[i] = Math.Abs(sorted[i] - median);
        Array.Sort(sorted);
        return (median, 1.4826 * OfSorted(sorted, 0.5));
    }

    /// <summary>Median and spread of a running window: for every value those of the window around it, worked out once a step.</summary>
    /// <param name="values">The series.</param>
    /// <param name="window">Values per window.</param>
    /// <param name="step">Values that share a window.</param>
    public static (double Median, double Spread)[] Running(double[] values, int window, int step)
    {
        var result = new (double, double)[values.Length];
        for (int at = 0; at < values.Length; at += step)
        {
            int from = Math.Clamp(at + (step / 2) - (window / 2), 0, Math.Max(0, values.Length - window));
            int to = Math.Min(values.Length, from + window);
            Array.Fill(result, Robust(values.AsSpan(from, to - from)), at, Math.Min(step, values.Length - at));
        }

        return result;
    }

    private static double OfSorted(double[] sorted, double share)
    {
        if (sorted.Length == 0) return 0;
        double at = share * (sorted.Length - 1);
        int low = (int)at;
        int high = Math.Min(low + 1, sorted.Length - 1);
        return sorted[low] + ((at - low) * (sorted[high] - sorted[low]));
    }
}
