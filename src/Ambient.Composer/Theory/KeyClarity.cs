namespace Ambient.Composer.Theory;

/// <summary>How clearly a passage belongs to one key: its best correlation with the Krumhansl-Kessler key profiles.</summary>
public static class KeyClarity
{
    // Krumhansl, "Cognitive foundations of musical pitch", 1990, table 2.1.
    private static readonly double[] Major = [6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88];
    private static readonly double[] Minor = [6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17];

    /// <summary>Pearson's r of the best of 24 keys, -1..1; 0 for silence. Pentatonic over a drone reaches about 0.9.</summary>
    /// <param name="duration">Sounding time per pitch class, shape [12], any unit.</param>
    public static double Of(ReadOnlySpan<double> duration)
    {
        double best = double.NegativeInfinity;
        for (int tonic = 0; tonic < 12; tonic++)
        {
            best = Math.Max(best, Math.Max(Correlate(duration, Major, tonic), Correlate(duration, Minor, tonic)));
        }

        return double.IsFinite(best) ? best : 0;
    }

    private static double Correlate(ReadOnlySpan<double> duration, double[] profile, int tonic)
    {
        double mean = 0;
        foreach (double d in duration) mean += d / 12;
        double profileMean = profile.Average();
        double product = 0, square = 0, profileSquare = 0;
        for (int i = 0; i < 12; i++)
        {
            double x = duration[(i + tonic) % 12] - mean;
            double y = profile[i] - profileMean;
            product += x * y;
            square += x * x;
            profileSquare += y * y;
        }

        return square == 0 ? 0 : product / Math.Sqrt(square * profileSquare);
    }
}
