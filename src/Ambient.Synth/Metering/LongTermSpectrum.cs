namespace Ambient.Synth.Metering;

/// <summary>Mean power per frequency over a whole programme, and what follows from it.</summary>
/// <param name="power">Power per bin, bin k at k x <paramref name="binHz"/>.</param>
/// <param name="binHz">Distance of two bins, Hz.</param>
public sealed class LongTermSpectrum(double[] power, double binHz)
{
    private const double ReferenceHz = 500;

    /// <summary>Octave bands that are judged, Hz.</summary>
    public static IReadOnlyList<double> Octaves { get; } = [63, 125, 250, 500, 1_000, 2_000, 4_000, 8_000];

    /// <summary>Power between two frequencies.</summary>
    public double Between(double fromHz, double toHz) => Sum(fromHz, toHz, _ => 1);

    /// <summary>Level of an octave band relative to the one at 500 Hz, dB.</summary>
    public double OctaveDb(double centreHz) => Db(Octave(centreHz) / Octave(ReferenceHz));

    /// <summary>How much the octave levels from 125 Hz to 8 kHz rise from one to the next, dB; negative for all that is pleasant for long.</summary>
    public double SlopeDbPerOctave
    {
        get
        {
            double[] levels = [.. Octaves.Skip(1).Select(OctaveDb)];
            double middle = (levels.Length - 1) / 2.0, product = 0, square = 0;
            for (int i = 0; i < levels.Length; i++)
            {
                product += (i - middle) * levels[i];
                square += (i - middle) * (i - middle);
            }

            return product / square;
        }
    }

    /// <summary>A-weighted share of 2 to 5 kHz, where the ear is most sensitive, dB.</summary>
    public double PresenceDb => Db(Sum(2_000, 5_000, AWeight) / Sum(0, double.PositiveInfinity, AWeight));

    /// <summary>Sharpness of the mean, see <see cref="BarkBands.Sharpness"/>.</summary>
    public double Sharpness => BarkBands.Sharpness([.. Enumerable.Range(0, BarkBands.Count).Select(band => Between(BarkBands.EdgeHz(band), BarkBands.EdgeHz(band + 1)))]);

    /// <summary>Centre of gravity of the power from 20 Hz to 16 kHz, Hz; 0 for silence.</summary>
    public double CentroidHz
    {
        get
        {
            double all = Between(20, 16_000);
            return all == 0 ? 0 : Sum(20, 16_000, hz => hz) / all;
        }
    }

    internal double Octave(double centreHz) => Between(centreHz / Math.Sqrt(2), centreHz * Math.Sqrt(2));

    private static double Db(double ratio) => 10 * Math.Log10(ratio);

    // Power weight of the A curve (IEC 61672-1); its constant cancels in a share.
    private static double AWeight(double hz)
    {
        double f2 = hz * hz;
        double gain = f2 * f2 / ((f2 + (20.6 * 20.6)) * Math.Sqrt((f2 + (107.7 * 107.7)) * (f2 + (737.9 * 737.9))) * (f2 + (12_194.0 * 12_194)));
        return gain * gain;
    }

    private double Sum(double fromHz, double toHz, Func<double, double> weight)
    {
        double sum = 0;
        for (int bin = (int)Math.Ceiling(fromHz / binHz); bin < power.Length && bin * binHz < toHz; bin++) sum += power[bin] * weight(bin * binHz);
        return sum;
    }
}
