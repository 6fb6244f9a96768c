namespace Ambient.Synth.Metering;

/// <summary>Listens to a stereo programme at 48 kHz and measures it. For reports, never on the audio thread.</summary>
/// <remarks>Keeps about 7 kB a second, whatever the programme: eight hours fit in 200 MB.</remarks>
public sealed class ProgrammeMeter
{
    private const double FadeInSeconds = 30;
    private const int EndFrames = 480_000;

    private readonly LoudnessMeter _loudness = new();
    private readonly StereoMeter _stereo = new();
    private readonly ModulationMeter _modulation = new();
    private readonly Queue<double> _lastSeconds = new();
    private double _secondSquares;
    private int _secondSamples;

    /// <summary>Loudness over time so far.</summary>
    public LoudnessCurve Loudness => _loudness.Curve;

    /// <summary>Spectra so far.</summary>
    public SpectrumMeter Spectra { get; } = new();

    /// <summary>Adds frames. Full scale is 32 768.</summary>
    /// <param name="interleaved">16-bit samples, L R L R …</param>
    public void Add(ReadOnlySpan<short> interleaved)
    {
        _loudness.Add(interleaved);
        _stereo.Add(interleaved);
        _modulation.Add(interleaved);
        Spectra.Add(interleaved);
        foreach (short sample in interleaved)
        {
            double x = sample / 32_768.0;
            _secondSquares += x * x;
            if (++_secondSamples < 2 * EndFrames / 10) continue;
            _lastSeconds.Enqueue(_secondSquares / _secondSamples);
            if (_lastSeconds.Count > 10) _lastSeconds.Dequeue();
            (_secondSquares, _secondSamples) = (0, 0);
        }
    }

    /// <summary>The measures of all that was added; a minute of it at least, better ten.</summary>
    public ProgrammeMeasures Measure()
    {
        LongTermSpectrum spectrum = Spectra.LongTerm;
        LoudnessCurve loudness = Loudness;
        var detector = new OnsetDetector(Spectra);
        double[] onsets = detector.Onsets();
        (double roughness, double fluctuation) = _modulation.Depths((from, to) => !onsets.Any(onset => onset > from && onset < to));
        var similarity = new SelfSimilarity(Spectra);
        (double passage, double ridge) = similarity.Repetition();
        double[] novelty = similarity.Novelty();
        int newest = novelty.Length == 0 ? 0 : Array.IndexOf(novelty, novelty.Max());
        return new ProgrammeMeasures
        {
            Seconds = _stereo.Frames / 48_000.0,
            IntegratedLufs = _loudness.IntegratedLufs,
            LoudnessRangeLu = loudness.RangeLu,
            TruePeakDbtp = _loudness.TruePeakDbtp,
            JumpLu = loudness.LargestJumpLu(FadeInSeconds),
            RiseLu = loudness.LargestRiseLu(FadeInSeconds),
            CrestDb = _stereo.PeakDb - _stereo.RmsDb,
            SlopeDbPerOctave = spectrum.SlopeDbPerOctave,
            OctavesDb = [.. LongTermSpectrum.Octaves.Select(spectrum.OctaveDb)],
            CentroidHz = Quantiles.Of(Spectra.CentroidsHz, 0.5),
            CentroidP95Hz = Quantiles.Of(Spectra.CentroidsHz, 0.95),
            Sharpness = spectrum.Sharpness,
            PresenceDb = spectrum.PresenceDb,
            Roughness = roughness,
            Fluctuation = fluctuation,
            Correlation = _stereo.Correlations(1).DefaultIfEmpty(0).Average(),
            CorrelationMin = _stereo.Correlations(5).DefaultIfEmpty(0).Min(),
            FoldDownLossDb = LongTermSpectrum.Octaves.Max(Spectra.FoldDownLossDb),
            Onsets = onsets,
            Outliers = detector.Outliers(),
            RepeatedPassage = passage,
            LoopRidge = ridge,
            Novelty = novelty.Length == 0 ? (0, 0) : (novelty[newest], newest),
            Dc = _stereo.Dc,
            EndDb = 10 * Math.Log10((_lastSeconds.Count == 0 ? 0 : _lastSeconds.Average()) + 1e-20),
        };
    }
}
