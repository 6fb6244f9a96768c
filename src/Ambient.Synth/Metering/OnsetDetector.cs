namespace Ambient.Synth.Metering;

/// <summary>Finds what begins in a programme, and what startles in it.</summary>
/// <remarks>Flux: rises of the 24 Bark levels from one spectrum to the next, added up. What stands out from the minute around it is an onset.</remarks>
public sealed class OnsetDetector
{
    private const double ThresholdSpreads = 4; // hears 93 of the 101 bells of ten minutes of calm, and 19 pads
    private const double LockoutSeconds = 0.1;
    private const double WindowSeconds = 60;
    private const double FloorBelowMean = 1e-5; // a band 50 dB below the whole is not heard beside it
    private const double StartlingSpreads = 4;
    private const int OutlierHops = 5; // 107 ms
    private const double StartlingRiseDb = 3; // less of a rise, or less of a brightening, startles nobody however still the minute is
    private const double StartlingOctaves = 1.0 / 3;

    private readonly SpectrumMeter _spectra;
    private readonly double _floor;
    private readonly double[] _flux;

    /// <summary>Listens to the spectra of a programme.</summary>
    public OnsetDetector(SpectrumMeter spectra)
    {
        _spectra = spectra;
        _floor = Math.Max(1e-12, FloorBelowMean * spectra.LongTerm.Between(20, 15_500));
        _flux = new double[spectra.Count];
        for (int at = 1; at < _flux.Length; at++)
        {
            for (int band = 0; band < BarkBands.Count; band++) _flux[at] += Math.Max(0, Db(spectra.Band(at, band)) - Db(spectra.Band(at - 1, band)));
        }
    }

    /// <summary>When something begins, seconds.</summary>
    public double[] Onsets()
    {
        var running = Quantiles.Running(_flux, (int)(WindowSeconds * SpectrumMeter.RateHz), (int)SpectrumMeter.RateHz);
        var onsets = new List<double>();
        for (int at = 1; at + 1 < _flux.Length; at++)
        {
            (double median, double spread) = running[at];
            if (_flux[at] <= median + (ThresholdSpreads * spread) || _flux[at] < _flux[at - 1] || _flux[at] < _flux[at + 1]) continue;
            double second = at / SpectrumMeter.RateHz;
            if (onsets.Count == 0 || second - onsets[^1] >= LockoutSeconds) onsets.Add(second);
        }

        return [.. onsets];
    }

    /// <summary>Moments at which two of three rise far beyond what the minute around is used to: flux, brightness, loudness. Seconds.</summary>
    public double[] Outliers()
    {
        int moments = _flux.Length / OutlierHops;
        double[] flux = new double[moments], centroid = new double[moments], loudness = new double[moments];
        double lastCentroid = 0, lastLoudness = 0;
        for (int moment = 0; moment < moments; moment++)
        {
            double power = 0, weighted = 0;
            for (int hop = moment * OutlierHops; hop < (moment + 1) * OutlierHops; hop++)
            {
                flux[moment] += _flux[hop];
                for (int band = 0; band < BarkBands.Count; band++)
                {
                    double inBand = _spectra.Band(hop, band) + (_floor / BarkBands.Count);
                    power += inBand;
                    weighted += inBand * BarkBands.CentreHz(band);
                }
            }

            double centroidNow = Math.Log2(weighted / power), loudnessNow = Db(power);
            if (moment > 0) (centroid[moment], loudness[moment]) = (centroidNow - lastCentroid, loudnessNow - lastLoudness);
            (lastCentroid, lastLoudness) = (centroidNow, loudnessNow);
        }

        bool[][] startling = [Startling(flux, 0), Startling(centroid, StartlingOctaves), Startling(loudness, StartlingRiseDb)];
        var outliers = new List<double>();
        for (int moment = 0; moment < moments; moment++)
        {
            double second = moment * OutlierHops / SpectrumMeter.RateHz;
            if (startling.Count(series => series[moment]) >= 2 && (outliers.Count == 0 || second - outliers[^1] > 1)) outliers.Add(second);
        }

        return [.. outliers];
    }

    private static bool[] Startling(double[] series, double least)
    {
        const double RateHz = SpectrumMeter.RateHz / OutlierHops;
        var running = Quantiles.Running(series, (int)(WindowSeconds * RateHz), (int)RateHz);
        return [.. series.Select((value, at) => value - running[at].Median > Math.Max(least, StartlingSpreads * running[at].Spread))];
    }

    private double Db(double power) => 10 * Math.Log10(power + _floor);
}
