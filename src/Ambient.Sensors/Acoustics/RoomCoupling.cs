namespace Ambient.Sensors.Acoustics;

/// <summary>Learns how much of our own sound one microphone hears, and takes it away.</summary>
/// <remarks>
/// What is measured is room + gain x played, all as powers. The room is unknown and moves, but does not follow our music within a
/// minute; so within each minute the measured power is fitted by a line over the played one, with an intercept of its own for each
/// minute (a room that slowly follows, as with a level that adapts to noise, must not count as coupling). The line runs below the
/// middle of the points (a quantile regression): voices and doors only ever add. The delay from our counters to the microphone
/// (device buffer, air, the sensor's own) is whichever fits best. Where the last three minutes say something else than the last
/// twenty, a door was opened, a volume turned, a microphone moved: what was learnt before is forgotten.
/// </remarks>
internal sealed class RoomCoupling(OwnSoundHistory history)
{
    private const int Capacity = 1_200; // 20 min of seconds
    private const int BlockLength = 60;
    private const int RecentLength = 180; // what the last three minutes say by themselves, to see whether the room has changed
    private const double Sure = 2.5; // standard errors between old and recent that are no chance
    private const int Delays = 13; // 0 to 1.2 s
    private const int RefitEvery = 30;
    private const int FirstFit = 90;
    private const int Rounds = 8; // of reweighting; more moves the slope by less than 1 %
    private const double Quantile = 0.2;
    private const double Spread = 1.5; // standard deviation over the mean distance of points below the line, for a bell curve
    private const double Similarity = 5; // neighbouring seconds of music say much the same: every fifth counts
    private const double LargestError = 0.12; // relative standard error of the gain: 0.5 dB
    private const double SmallestShare = 0.1; // what is left after subtraction is at least this part: below, it is all chance

    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan DelayStep = TimeSpan.FromMilliseconds(100);

    private readonly double[] _measured = new double[Capacity];
    private readonly double[][] _played = [.. Enumerable.Range(0, Delays).Select(_ => new double[Capacity])];
    private readonly double[] _weights = new double[Capacity];
    private long _count;
    private long _first; // seconds before this one were another room
    private int _delay = 3;

    /// <summary>Learnt gain from played to measured power; null until it is known well enough.</summary>
    public double? Gain { get; private set; }

    /// <summary>The room's own power.</summary>
    /// <param name="time">When the measured second ended.</param>
    /// <param name="measured">Power that the microphone heard.</param>
    public double Clean(DateTimeOffset time, double measured)
    {
        Learn(time, measured);
        DateTimeOffset heard = time - DelayStep * _delay;
        if (Gain is not { } gain || !history.TryMean(heard - Window, heard, out double played)) return measured;
        return Math.Max(measured - gain * played, SmallestShare * measured);
    }

    private void Learn(DateTimeOffset time, double measured)
    {
        int at = (int)(_count % Capacity);
        for (int delay = 0; delay < Delays; delay++)
            if (!history.TryMean(time - DelayStep * delay - Window, time - DelayStep * delay, out _played[delay][at])) return;
        _measured[at] = measured;
        _count++;
        if (_count >= FirstFit && _count % RefitEvery == 0) Refit();
    }

    private void Refit()
    {
        long first = Math.Max(_first, _count - Capacity);
        var best = new Fit(0, 0, double.MaxValue);
        for (int delay = 0; delay < Delays; delay++)
        {
            Fit fit = FitLine(_played[delay], first);
            if (!(fit.Loss < best.Loss)) continue;
            best = fit;
            _delay = delay;
        }

        if (_count - first > RecentLength)
        {
            Fit recent = FitLine(_played[_delay], _count - RecentLength);
            if (IsKnown(recent) && Math.Abs(recent.Slope - best.Slope) > Sure * recent.Error) (_first, best) = (_count - RecentLength, recent);
        }

        if (IsKnown(best)) Gain = best.Slope;
    }

    private static bool IsKnown(Fit fit) => fit.Slope > 0 && fit.Error < LargestError * fit.Slope;

    // Iteratively reweighted least squares for the quantile, residuals relative to the level that the line expects.
    private Fit FitLine(double[] played, long first)
    {
        int length = (int)(_count - first);
        _weights.AsSpan().Fill(1);
        double slope = 0, loss = 0, information = 0, below = 0;
        int countBelow = 0;
        int blocks = (length + BlockLength - 1) / BlockLength;
        for (int round = 0; round <= Rounds; round++)
        {
            double across = 0, along = 0;
            for (int block = 0; block < blocks; block++)
            {
                (double meanPlayed, double meanMeasured) = Means(played, first, block, length);
                for (int k = block * BlockLength; k < Math.Min(length, (block + 1) * BlockLength); k++)
                {
                    int i = (int)((first + k) % Capacity);
                    across += _weights[i] * (played[i] - meanPlayed) * (_measured[i] - meanMeasured);
                    along += _weights[i] * (played[i] - meanPlayed) * (played[i] - meanPlayed);
                }
            }

            if (along <= 0) return new Fit(0, 0, double.MaxValue);
            slope = Math.Max(0, across / along);
            (loss, information, below, countBelow) = (0, 0, 0, 0);
            for (int block = 0; block < blocks; block++)
            {
                (double meanPlayed, double meanMeasured) = Means(played, first, block, length);
                double floor = meanMeasured - slope * meanPlayed;
                for (int k = block * BlockLength; k < Math.Min(length, (block + 1) * BlockLength); k++)
                {
                    int i = (int)((first + k) % Capacity);
                    double expected = Math.Max(floor + slope * played[i], SmallestShare * _measured[i]);
                    double residual = (_measured[i] - floor - slope * played[i]) / expected;
                    double side = residual < 0 ? 1 - Quantile : Quantile;
                    loss += side * Math.Abs(residual);
                    if (residual < 0)
                    {
                        below -= residual;
                        countBelow++;
                    }

                    information += (played[i] - meanPlayed) * (played[i] - meanPlayed) / (expected * expected);
                    _weights[i] = side / Math.Max(Math.Abs(residual), 0.01) / (expected * expected);
                }
            }
        }

        // The scatter below the line alone says how sharp the line is: voices make the upper side as wide as they like.
        double scatter = Spread * below / Math.Max(1, countBelow);
        return new Fit(slope, scatter * Math.Sqrt(Similarity / information), loss);
    }

    private (double Played, double Measured) Means(double[] played, long first, int block, int length)
    {
        double weight = 0, sumPlayed = 0, sumMeasured = 0;
        for (int k = block * BlockLength; k < Math.Min(length, (block + 1) * BlockLength); k++)
        {
            int i = (int)((first + k) % Capacity);
            weight += _weights[i];
            sumPlayed += _weights[i] * played[i];
            sumMeasured += _weights[i] * _measured[i];
        }

        return (sumPlayed / weight, sumMeasured / weight);
    }

    private readonly record struct Fit(double Slope, double Error, double Loss);
}
