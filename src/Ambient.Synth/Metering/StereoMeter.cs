namespace Ambient.Synth.Metering;

/// <summary>How alike both channels are, second by second; and peak, mean square and DC of a programme at 48 kHz.</summary>
public sealed class StereoMeter
{
    private const int SecondFrames = 48_000;
    private const double SilentMeanSquare = 1e-8; // -80 dBFS

    private readonly List<(double Left, double Right, double Both)> _seconds = [];
    private double _left, _right, _both, _sumLeft, _sumRight, _squares;
    private long _frames;

    /// <summary>Largest sample, dBFS; -∞ for silence.</summary>
    public double PeakDb => 20 * Math.Log10(Peak);

    /// <summary>Root of the mean square of both channels, dBFS.</summary>
    public double RmsDb => 10 * Math.Log10(_squares / Math.Max(1, 2 * _frames));

    /// <summary>Mean of the worse channel, 0..1.</summary>
    public double Dc => Math.Max(Math.Abs(_sumLeft), Math.Abs(_sumRight)) / Math.Max(1, _frames);

    /// <summary>Frames so far.</summary>
    public long Frames => _frames;

    private double Peak { get; set; }

    /// <summary>Adds frames. Full scale is 32 768.</summary>
    public void Add(ReadOnlySpan<short> interleaved)
    {
        for (int i = 0; i + 1 < interleaved.Length; i += 2)
        {
            double left = interleaved[i] / 32_768.0, right = interleaved[i + 1] / 32_768.0;
            Peak = Math.Max(Peak, Math.Max(Math.Abs(left), Math.Abs(right)));
            _left += left * left;
            _right += right * right;
            _both += left * right;
            _sumLeft += left;
            _sumRight += right;
            _squares += (left * left) + (right * right);
            if (++_frames % SecondFrames != 0) continue;
            _seconds.Add((_left, _right, _both));
            (_left, _right, _both) = (0, 0, 0);
        }
    }

    /// <summary>Correlation of left and right, -1..1, of every stretch of so many seconds that is not silent.</summary>
    public IEnumerable<double> Correlations(int seconds)
    {
        for (int at = 0; at + seconds <= _seconds.Count; at += seconds)
        {
            double left = 0, right = 0, both = 0;
            for (int i = at; i < at + seconds; i++)
            {
                left += _seconds[i].Left;
                right += _seconds[i].Right;
                both += _seconds[i].Both;
            }

            double floor = SilentMeanSquare * seconds * SecondFrames;
            if (left > floor && right > floor) yield return both / Math.Sqrt(left * right);
        }
    }
}
