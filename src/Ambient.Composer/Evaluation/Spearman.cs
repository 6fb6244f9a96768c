namespace Ambient.Composer.Evaluation;

/// <summary>Rank correlation: 1 when one series rises whenever the other does.</summary>
public static class Spearman
{
    /// <summary>Spearman's rho, -1..1; equal values share their mean rank. 0 when a series never changes.</summary>
    public static double Rho(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        double[] x = Ranks(one), y = Ranks(other);
        double mean = (one.Count - 1) / 2.0;
        double product = 0, xx = 0, yy = 0;
        for (int i = 0; i < x.Length; i++)
        {
            product += (x[i] - mean) * (y[i] - mean);
            xx += (x[i] - mean) * (x[i] - mean);
            yy += (y[i] - mean) * (y[i] - mean);
        }

        return xx == 0 || yy == 0 ? 0 : product / Math.Sqrt(xx * yy);
    }

    private static double[] Ranks(IReadOnlyList<double> values)
    {
        int[] order = [.. Enumerable.Range(0, values.Count).OrderBy(i => values[i])];
        var ranks = new double[values.Count];
        for (int first = 0; first < order.Length;)
        {
            int last = first;
            while (last + 1 < order.Length && values[order[last + 1]] == values[order[first]]) last++;
            for (int i = first; i <= last; i++) ranks[order[i]] = (first + last) / 2.0;
            first = last + 1;
        }

        return ranks;
    }
}
