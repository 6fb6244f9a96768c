namespace Ambient.Synth.Metering;

/// <summary>Whether a programme repeats itself or changes its ways: harmony and timbre of every second compared with all others.</summary>
/// <remarks>
/// Per second twelve pitch classes and twelve cepstral coefficients of the Bark levels, each standardised over the programme, since
/// without that everything slow is alike; compared by cosine.
/// </remarks>
public sealed class SelfSimilarity
{
    private const int Coefficients = 12;
    private const int Classes = 12;
    private const int Features = Classes + Coefficients;
    private const int PassageSeconds = 10;
    private const int ShortestLagSeconds = 20;
    private const int LongestLagSeconds = 3_600;
    private const int KernelSeconds = 30; // on either side

    private readonly float[][] _seconds;

    /// <summary>Takes the spectra of a programme.</summary>
    public SelfSimilarity(SpectrumMeter spectra)
    {
        int count = (int)(spectra.Count / SpectrumMeter.RateHz);
        _seconds = new float[count][];
        for (int second = 0; second < count; second++) _seconds[second] = FeaturesOf(spectra, (int)(second * SpectrumMeter.RateHz), (int)((second + 1) * SpectrumMeter.RateHz));
        Standardise();
    }

    /// <summary>The ten seconds that are most like ten others at least 20 s away: their mean cosine, 1 for a copy; and how much the best lag stands out over the whole programme, 1 for a loop.</summary>
    public (double Passage, double Ridge) Repetition()
    {
        double best = 0;
        var ofLags = new List<double>();
        int longest = Math.Min(LongestLagSeconds, _seconds.Length - ShortestLagSeconds);
        for (int lag = ShortestLagSeconds; lag <= longest; lag++)
        {
            double sum = 0, passage = 0;
            var last = new Queue<double>();
            for (int at = 0; at + lag < _seconds.Length; at++)
            {
                double cosine = Dot(at, at + lag);
                sum += cosine;
                passage += cosine;
                last.Enqueue(cosine);
                if (last.Count > PassageSeconds) passage -= last.Dequeue();
                if (last.Count == PassageSeconds) best = Math.Max(best, passage / PassageSeconds);
            }

            // A lag that only the ends share says nothing about the whole.
            if (lag <= _seconds.Length / 2) ofLags.Add(sum / (_seconds.Length - lag));
        }

        return (best, ofLags.Count == 0 ? 0 : ofLags.Max() - Quantiles.Of(ofLags, 0.5));
    }

    /// <summary>How sharply what follows differs from what came before, per second, over half a minute on either side; in robust spreads over the median.</summary>
    public double[] Novelty()
    {
        var raw = new double[_seconds.Length];
        for (int at = KernelSeconds; at + KernelSeconds <= _seconds.Length; at++)
        {
            // The checkerboard kernel on a matrix of dot products is a difference of means, squared.
            double square = 0;
            for (int feature = 0; feature < Features; feature++)
            {
                double before = 0, after = 0;
                for (int i = 0; i < KernelSeconds; i++)
                {
                    before += _seconds[at - 1 - i][feature];
                    after += _seconds[at + i][feature];
                }

                square += (after - before) * (after - before) / (KernelSeconds * KernelSeconds);
            }

            raw[at] = square;
        }

        if (_seconds.Length <= 2 * KernelSeconds) return raw;
        (double median, double spread) = Quantiles.Robust(raw.AsSpan(KernelSeconds, raw.Length - (2 * KernelSeconds)));
        return [.. raw.Select(value => spread == 0 || value == 0 ? 0 : (value - median) / spread)];
    }

    private static float[] FeaturesOf(SpectrumMeter spectra, int from, int to)
    {
        Span<double> chroma = stackalloc double[Classes], levels = stackalloc double[BarkBands.Count];
        chroma.Clear();
        levels.Clear();
        for (int at = from; at < to; at++)
        {
            for (int i = 0; i < Classes; i++) chroma[i] += spectra.Chroma(at, i);
            for (int band = 0; band < BarkBands.Count; band++) levels[band] += spectra.Band(at, band);
        }

        var features = new float[Features];
        double loudest = 1e-12;
        foreach (double c in chroma) loudest = Math.Max(loudest, c);
        for (int i = 0; i < Classes; i++) features[i] = (float)Math.Sqrt(chroma[i] / loudest);
        foreach (ref double level in levels) level = Math.Log(level + 1e-12);
        for (int k = 1; k <= Coefficients; k++)
        {
            double sum = 0;
            for (int band = 0; band < BarkBands.Count; band++) sum += levels[band] * Math.Cos(Math.PI * k * (band + 0.5) / BarkBands.Count);
            features[Classes + k - 1] = (float)sum;
        }

        return features;
    }

    // Mean 0 and spread 1 over the programme, then each second to length 1.
    private void Standardise()
    {
        for (int feature = 0; feature < Features; feature++)
        {
            double mean = _seconds.Select(second => second[feature]).DefaultIfEmpty(0).Average();
            double spread = Math.Sqrt(_seconds.Select(second => (second[feature] - mean) * (second[feature] - mean)).DefaultIfEmpty(0).Average());
            foreach (float[] second in _seconds) second[feature] = spread == 0 ? 0 : (float)((second[feature] - mean) / spread);
        }

        foreach (float[] second in _seconds)
        {
            double length = Math.Sqrt(second.Sum(value => (double)value * value));
            if (length == 0) continue;
            foreach (ref float value in second.AsSpan()) value = (float)(value / length);
        }
    }

    private double Dot(int one, int other)
    {
        float[] a = _seconds[one], b = _seconds[other];
        double sum = 0;
        for (int i = 0; i < Features; i++) sum += a[i] * b[i];
        return sum;
    }
}
