namespace Ambient.Synth.Metering;

/// <summary>How much the envelope of each critical band trembles: roughness at 15 to 150 Hz, fluctuation at 1 to 12 Hz.</summary>
/// <remarks>Hilbert envelopes, looked at for 1.4 s in every 5.5 s of a programme at 48 kHz. Depth is rms over mean: a sine that is modulated by 40 % has 0.28.</remarks>
public sealed class ModulationMeter
{
    private const int Size = 1 << 17;
    private const int EnvelopeSize = Size / 8; // 6 kHz: the widest band has 3.5 kHz
    private const int LookedAt = EnvelopeSize / 2; // the middle, away from where the segment's ends meet
    private const int HopFrames = 2 * Size;
    private const double SampleRateHz = 48_000;
    private const double BinHz = SampleRateHz / Size;
    private const double ModulationBinHz = SampleRateHz / 8 / LookedAt;

    private static readonly double[] Window = [.. Enumerable.Range(0, LookedAt).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / LookedAt)))];

    private readonly Fft _segment = new(Size);
    private readonly Fft _envelope = new(EnvelopeSize);
    private readonly Fft _modulation = new(LookedAt);
    private readonly double[] _mono = new double[Size];
    private readonly double[] _imaginary = new double[Size];
    private readonly List<(double Second, double Power, double Rough, double Slow)> _moments = [];
    private long _frame;

    /// <summary>Adds frames. Full scale is 32 768.</summary>
    public void Add(ReadOnlySpan<short> interleaved)
    {
        for (int i = 0; i + 1 < interleaved.Length; i += 2, _frame++)
        {
            int at = (int)(_frame % HopFrames);
            if (at >= Size) continue;
            _mono[at] = (interleaved[i] + interleaved[i + 1]) / 65_536.0;
            if (at == Size - 1) Analyse();
        }
    }

    /// <summary>Energy-weighted rms depths.</summary>
    /// <param name="isQuiet">Which moments may count as fluctuation: those (start and end in seconds) in which nothing begins.</param>
    public (double Roughness, double Fluctuation) Depths(Func<double, double, bool> isQuiet)
    {
        const double HalfLength = LookedAt * 8 / SampleRateHz / 2;
        var quiet = _moments.Where(moment => isQuiet(moment.Second - HalfLength, moment.Second + HalfLength)).ToList();
        return (Depth(_moments, moment => moment.Rough), Depth(quiet, moment => moment.Slow));
    }

    private static double Depth(List<(double Second, double Power, double Rough, double Slow)> moments, Func<(double Second, double Power, double Rough, double Slow), double> square)
    {
        double power = moments.Sum(moment => moment.Power);
        return power == 0 ? 0 : Math.Sqrt(moments.Sum(square) / power);
    }

    private void Analyse()
    {
        Array.Clear(_imaginary);
        _segment.Transform(_mono, _imaginary);
        double all = 0, rough = 0, slow = 0;
        var re = new double[EnvelopeSize];
        var im = new double[EnvelopeSize];
        for (int band = 0; band < BarkBands.Count; band++)
        {
            Array.Clear(re);
            Array.Clear(im);
            int from = (int)Math.Ceiling(BarkBands.EdgeHz(band) / BinHz), to = (int)Math.Ceiling(BarkBands.EdgeHz(band + 1) / BinHz);
            double power = 0;
            for (int bin = from; bin < to; bin++)
            {
                re[bin - from] = _mono[bin];
                im[bin - from] = _imaginary[bin];
                power += (_mono[bin] * _mono[bin]) + (_imaginary[bin] * _imaginary[bin]);
            }

            if (power == 0) continue;
            _envelope.Transform(im, re); // swapped: the inverse
            (double roughSquare, double slowSquare) = Squares(re, im);
            all += power;
            rough += power * roughSquare;
            slow += power * slowSquare;
        }

        _moments.Add(((_frame - (Size / 2)) / SampleRateHz, all, rough, slow));
    }

    private (double Rough, double Slow) Squares(double[] re, double[] im)
    {
        var x = new double[LookedAt];
        var y = new double[LookedAt];
        for (int i = 0; i < LookedAt; i++) x[i] = double.Hypot(re[i + (LookedAt / 2)], im[i + (LookedAt / 2)]);
        double mean = x.Average();
        if (mean == 0) return (0, 0);
        for (int i = 0; i < LookedAt; i++) x[i] = ((x[i] / mean) - 1) * Window[i];
        _modulation.Transform(x, y);
        return (Between(15, 150), Between(1, 12));

        double Between(double fromHz, double toHz)
        {
            double sum = 0;
            for (int bin = Math.Max(2, (int)Math.Ceiling(fromHz / ModulationBinHz)); bin * ModulationBinHz <= toHz; bin++) sum += (x[bin] * x[bin]) + (y[bin] * y[bin]);
            return 2 * sum / (0.375 * LookedAt * LookedAt);
        }
    }
}
