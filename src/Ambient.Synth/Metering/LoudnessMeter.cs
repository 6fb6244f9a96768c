namespace Ambient.Synth.Metering;

/// <summary>Loudness of a stereo programme at 48 kHz to ITU-R BS.1770-4: integrated LUFS and true peak.</summary>
/// <remarks>For reports, never on the audio thread: floating point, and its list of blocks grows by 80 bytes a second.</remarks>
public sealed class LoudnessMeter
{
    private const int SampleRateHz = 48_000;
    private const int StepFrames = SampleRateHz / 10; // gating blocks of 400 ms, 75 % overlap
    private const double AbsoluteGateLufs = -70;
    private const double RelativeGateLu = -10;
    private const int Oversampling = 4;
    private const int TapsPerPhase = 12;

    // BS.1770-4 annex 1, tables 1 and 2: the two stages of the K weighting at 48 kHz.
    private static readonly double[] Shelf = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585];
    private static readonly double[] HighPass = [1, -2, 1, -1.99004745483398, 0.99007225036621];

    private static readonly double[] PeakFilter = MakePeakFilter();

    private readonly double[] _state = new double[8]; // two stages x two channels x two delays
    private readonly double[] _history = new double[2 * TapsPerPhase];
    private readonly List<double> _steps = [];
    private double _energy;
    private int _framesInStep;
    private int _historyAt;
    private double _peak;

    /// <summary>Adds frames. Full scale is 32 768.</summary>
    /// <param name="interleaved">16-bit samples, L R L R …</param>
    public void Add(ReadOnlySpan<short> interleaved)
    {
        for (int i = 0; i + 1 < interleaved.Length; i += 2)
        {
            double left = interleaved[i] / 32_768.0, right = interleaved[i + 1] / 32_768.0;
            TrackPeak(left, right);
            double weightedLeft = Weight(left, 0), weightedRight = Weight(right, 4);
            _energy += weightedLeft * weightedLeft + weightedRight * weightedRight;
            if (++_framesInStep < StepFrames) continue;
            _steps.Add(_energy / StepFrames);
            _energy = 0;
            _framesInStep = 0;
        }
    }

    /// <summary>Integrated loudness in LUFS with both gates; -∞ for silence or less than 400 ms.</summary>
    public double IntegratedLufs
    {
        get
        {
            List<double> blocks = [];
            for (int i = 3; i < _steps.Count; i++) blocks.Add((_steps[i] + _steps[i - 1] + _steps[i - 2] + _steps[i - 3]) / 4);
            double absolute = MeanAbove(blocks, AbsoluteGateLufs);
            return double.IsNegativeInfinity(absolute) ? absolute : MeanAbove(blocks, Math.Max(AbsoluteGateLufs, absolute + RelativeGateLu));
        }
    }

    /// <summary>Highest level between samples, 4 x oversampled, in dBTP; -∞ for silence.</summary>
    public double TruePeakDbtp => 20 * Math.Log10(_peak);

    /// <summary>The programme's loudness over time.</summary>
    public LoudnessCurve Curve => new(_steps);

    private static double MeanAbove(List<double> blocks, double gateLufs)
    {
        double sum = 0;
        int count = 0;
        foreach (double block in blocks)
        {
            if (Lufs(block) <= gateLufs) continue;
            sum += block;
            count++;
        }

        return count == 0 ? double.NegativeInfinity : Lufs(sum / count);
    }

    private static double Lufs(double meanSquare) => -0.691 + 10 * Math.Log10(meanSquare);

    private double Weight(double x, int at) => Biquad(Biquad(x, Shelf, at), HighPass, at + 2);

    private double Biquad(double x, double[] c, int at)
    {
        double y = c[0] * x + _state[at];
        _state[at] = c[1] * x - c[3] * y + _state[at + 1];
        _state[at + 1] = c[2] * x - c[4] * y;
        return y;
    }

    private void TrackPeak(double left, double right)
    {
        _historyAt = (_historyAt + TapsPerPhase - 1) % TapsPerPhase;
        _history[_historyAt] = left;
        _history[TapsPerPhase + _historyAt] = right;
        _peak = Math.Max(_peak, Math.Max(Math.Abs(left), Math.Abs(right)));
        // Between-sample peaks exceed the samples by a few dB at most: the filter runs only where it could matter.
        if (2.5 * Math.Max(Math.Abs(left), Math.Abs(right)) < _peak) return;
        for (int phase = 0; phase < Oversampling; phase++)
        {
            double l = 0, r = 0;
            for (int tap = 0; tap < TapsPerPhase; tap++)
            {
                int at = (_historyAt + tap) % TapsPerPhase;
                double c = PeakFilter[tap * Oversampling + phase];
                l += c * _history[at];
                r += c * _history[TapsPerPhase + at];
            }

            _peak = Math.Max(_peak, Math.Max(Math.Abs(l), Math.Abs(r)));
        }
    }

    /// <summary>48-tap windowed-sinc interpolator, each phase of unit gain at DC, as long as the one in BS.1770-4 annex 2.</summary>
    private static double[] MakePeakFilter()
    {
        int length = Oversampling * TapsPerPhase;
        var filter = new double[length];
        for (int i = 0; i < length; i++)
        {
            double x = (i - (length - 1) / 2.0) / Oversampling;
            double window = 0.5 - 0.5 * Math.Cos(2 * Math.PI * (i + 0.5) / length);
            filter[i] = Math.Sin(Math.PI * x) / (Math.PI * x) * window;
        }

        for (int phase = 0; phase < Oversampling; phase++)
        {
            double sum = 0;
            for (int tap = 0; tap < TapsPerPhase; tap++) sum += filter[tap * Oversampling + phase];
            for (int tap = 0; tap < TapsPerPhase; tap++) filter[tap * Oversampling + phase] /= sum;
        }

        return filter;
    }
}
