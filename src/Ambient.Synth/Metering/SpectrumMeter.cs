namespace Ambient.Synth.Metering;

/// <summary>Short-time spectra of a stereo programme at 48 kHz: 4096 frames, Hann, a new one every 1024.</summary>
/// <remarks>Both channels go through one transform, as real and imaginary part; 50 us a spectrum.</remarks>
public sealed class SpectrumMeter
{
    /// <summary>Frames from one spectrum to the next: 21.3 ms.</summary>
    public const int HopFrames = 1_024;

    /// <summary>Spectra a second.</summary>
    public const double RateHz = 48_000.0 / HopFrames;

    private const int Size = 4_096;
    private const int Classes = 12;
    private const double BinHz = 48_000.0 / Size;
    private const double LowestChromaHz = 100, HighestChromaHz = 2_000;

    private static readonly double[] Window = [.. Enumerable.Range(0, Size).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / Size)))];
    private static readonly int[] BandOfBin = [.. Enumerable.Range(0, Size / 2).Select(bin => BarkBands.Of(bin * BinHz))];
    private static readonly int[] ClassOfBin = [.. Enumerable.Range(0, Size / 2).Select(bin => ClassOf(bin * BinHz))];

    private readonly Fft _transform = new(Size);
    private readonly double[] _left = new double[Size];
    private readonly double[] _right = new double[Size];
    private readonly double[] _real = new double[Size];
    private readonly double[] _imaginary = new double[Size];
    private readonly double[] _sumPower = new double[Size / 2];
    private readonly double[] _sumMono = new double[Size / 2];
    private readonly double[] _secondPower = new double[Size / 2];
    private readonly List<float> _bands = [];
    private readonly List<float> _chroma = [];
    private readonly List<double> _centroids = [];
    private int _filled;
    private int _hopsInSecond;

    /// <summary>Spectra so far.</summary>
    public int Count => _bands.Count / BarkBands.Count;

    /// <summary>Centroid of every second that is not silent, Hz.</summary>
    public IReadOnlyList<double> CentroidsHz => _centroids;

    /// <summary>Mean power of both channels.</summary>
    public LongTermSpectrum LongTerm => new([.. _sumPower.Select(power => power / Math.Max(1, Count))], BinHz);

    /// <summary>Power of a Bark band in a spectrum; full scale squared.</summary>
    public double Band(int spectrum, int band) => _bands[(spectrum * BarkBands.Count) + band];

    /// <summary>Power of a pitch class in a spectrum, 100 Hz to 2 kHz.</summary>
    public double Chroma(int spectrum, int pitchClass) => _chroma[(spectrum * Classes) + pitchClass];

    /// <summary>What an octave band loses when both channels go to one loudspeaker, dB; 0 for the same in both, 3 for unrelated ones.</summary>
    public double FoldDownLossDb(double centreHz)
    {
        double stereo = new LongTermSpectrum(_sumPower, BinHz).Octave(centreHz), mono = new LongTermSpectrum(_sumMono, BinHz).Octave(centreHz);
        return stereo == 0 ? 0 : 10 * Math.Log10(stereo / mono);
    }

    /// <summary>Adds frames. Full scale is 32 768.</summary>
    public void Add(ReadOnlySpan<short> interleaved)
    {
        for (int i = 0; i + 1 < interleaved.Length; i += 2)
        {
            _left[_filled] = interleaved[i] / 32_768.0;
            _right[_filled] = interleaved[i + 1] / 32_768.0;
            if (++_filled < Size) continue;
            Analyse();
            Array.Copy(_left, HopFrames, _left, 0, Size - HopFrames);
            Array.Copy(_right, HopFrames, _right, 0, Size - HopFrames);
            _filled = Size - HopFrames;
        }
    }

    private static int ClassOf(double hz) => hz is >= LowestChromaHz and <= HighestChromaHz ? (int)Math.Round(69 + (12 * Math.Log2(hz / 440))) % Classes : -1;

    private void Analyse()
    {
        for (int i = 0; i < Size; i++)
        {
            _real[i] = _left[i] * Window[i];
            _imaginary[i] = _right[i] * Window[i];
        }

        _transform.Transform(_real, _imaginary);
        Span<double> bands = stackalloc double[BarkBands.Count];
        Span<double> chroma = stackalloc double[Classes];
        bands.Clear();
        chroma.Clear();
        const double Scale = 2 / (0.375 * Size * Size); // one-sided, Hann's mean square
        for (int bin = 1; bin < Size / 2; bin++)
        {
            double a = _real[bin], b = _imaginary[bin], c = _real[Size - bin], d = _imaginary[Size - bin];
            double leftRe = (a + c) / 2, leftIm = (b - d) / 2, rightRe = (b + d) / 2, rightIm = (c - a) / 2;
            double power = Scale * ((leftRe * leftRe) + (leftIm * leftIm) + (rightRe * rightRe) + (rightIm * rightIm)) / 2;
            double monoRe = (leftRe + rightRe) / 2, monoIm = (leftIm + rightIm) / 2;
            _sumPower[bin] += power;
            _sumMono[bin] += Scale * ((monoRe * monoRe) + (monoIm * monoIm));
            _secondPower[bin] += power;
            if (BandOfBin[bin] >= 0) bands[BandOfBin[bin]] += power;
            if (ClassOfBin[bin] >= 0) chroma[ClassOfBin[bin]] += power;
        }

        foreach (double band in bands) _bands.Add((float)band);
        foreach (double pitchClass in chroma) _chroma.Add((float)pitchClass);
        if (++_hopsInSecond < RateHz) return;
        double centroid = new LongTermSpectrum(_secondPower, BinHz).CentroidHz;
        double level = _secondPower.Sum() / _hopsInSecond;
        if (level > 1e-8) _centroids.Add(centroid); // -80 dBFS: what is left of a tail is no colour
        Array.Clear(_secondPower);
        _hopsInSecond = 0;
    }
}
