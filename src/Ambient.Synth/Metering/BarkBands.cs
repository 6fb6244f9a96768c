namespace Ambient.Synth.Metering;

/// <summary>Zwicker's 24 critical bands, 20 Hz to 15.5 kHz, and the sharpness of what lies in them.</summary>
public static class BarkBands
{
    /// <summary>How many.</summary>
    public const int Count = 24;

    private static readonly double[] Edges =
    [
        20, 100, 200, 300, 400, 510, 630, 770, 920, 1_080, 1_270, 1_480, 1_720, 2_000, 2_320, 2_700, 3_150, 3_700, 4_400, 5_300, 6_400, 7_700, 9_500, 12_000, 15_500,
    ];

    /// <summary>Lower edge of a band, or the upper edge of the last for <see cref="Count"/>, Hz.</summary>
    public static double EdgeHz(int band) => Edges[band];

    /// <summary>Middle of a band, Hz.</summary>
    public static double CentreHz(int band) => (Edges[band] + Edges[band + 1]) / 2;

    /// <summary>The band of a frequency, or -1 outside.</summary>
    public static int Of(double hz)
    {
        int at = Array.BinarySearch(Edges, hz);
        int band = at >= 0 ? at : ~at - 1;
        return band < Count ? band : -1;
    }

    /// <summary>How sharp a sound is whatever its level: DIN 45692's weighting over specific loudness taken as power^0.23. Not calibrated acum: pink noise is 1.94, noise falling 5 dB an octave 1.17.</summary>
    /// <param name="power">Shape [24].</param>
    public static double Sharpness(ReadOnlySpan<double> power)
    {
        double weighted = 0, all = 0;
        for (int band = 0; band < Count; band++)
        {
            double z = band + 1;
            double weight = z <= 15.8 ? 1 : (0.15 * Math.Exp(0.42 * (z - 15.8))) + 0.85;
            double loudness = Math.Pow(power[band], 0.23);
            weighted += z * weight * loudness;
            all += loudness;
        }

        return all == 0 ? 0 : 0.11 * weighted / all;
    }
}
