namespace Ambient.Sensors.Fusion;

/// <summary>One light sensor among others of its room: whether it moves as they do, the other way round, or not at all while they move.</summary>
/// <remarks>
/// <para>
/// Every cloud and every dusk moves all light sensors of a room the same way. What one does from minute to minute is compared with the median of the others, which one more liar
/// can't turn: each joint move is evidence, in nats, and stronger where both moved clearly. A lamp lights some desks and not others, so steps are left out.
/// </para>
/// <para>
/// Moves are measured by each sensor's own usual move and around its own mean of 20 minutes, so neither the lux scale nor the sun, which leaves
/// one window and comes to another, makes a difference. Simulated rooms with seeds not tuned on: one false alarm in about 400 days (docs/benchmarks.md).
/// </para>
/// </remarks>
internal sealed class LightPeer
{
    /// <summary>Nats from which a sensor is called wrong: by chance that happens once in e^16, nine million, moves, years of them.</summary>
    public const double Certain = 16;

    /// <summary>So much of it may come from before: one that has gone with the others sees the same light, so that going against them is no chance.</summary>
    private const double MostKinship = 6;

    /// <summary>Of joint moves, those in which sound sensors go the same way: small and clear ones. Measured in an office with lamps: 0.65 of what is below one standard deviation, 0.92 of what is above 1.25.</summary>
    private const double SmallTogether = 0.6;
    private const double ClearTogether = 0.9;

    /// <summary>A clear move, in standard deviations; a tenth of that tells nothing.</summary>
    private const double Clear = 1.25;
    private const double Least = 0.1;

    /// <summary>More than this tells no more: somebody walks past.</summary>
    private const double MostMove = 2;

    /// <summary>Standard deviation over mean absolute value of a bell curve.</summary>
    private const double Deviation = 1.25;

    /// <summary>A change of this share within a minute, and of more than three times what the sensor resolves, is a lamp or a blind, not the sky.</summary>
    private const double StepShare = 0.15;
    private const double StepResolutions = 3;

    /// <summary>Minutes over which the usual move is learnt, the first, in which nothing is said, and how far an outlier counts.</summary>
    private const double MemoryMinutes = 60;
    private const int FirstMinutes = 10;
    private const double MostUsual = 3;

    /// <summary>Minutes over which their mean is learnt: shorter than the sun needs from one window to the next, longer than clouds.</summary>
    private const double MeanMinutes = 20;

    /// <summary>Where the light is less than this many times what the sensor resolves, others move by a few percent without its showing.</summary>
    private const double DimResolutions = 20;

    /// <summary>Below this the dark is nothing to learn from.</summary>
    private const double DarkResolutions = 5;

    /// <summary>Moves of the others over which it is learnt how often it stays as it was, and how many must be known.</summary>
    private const double StillMemory = 100;
    private const double StillKnownAfter = 20;

    /// <summary>A clear noon is still for an hour: so one must have been seen, and be outlasted by half.</summary>
    private const int KnownAfterMinutes = 24 * 60;
    private const double LongerThanEver = 1.5;

    private double _last = double.NaN;
    private double _resolution = double.PositiveInfinity;
    private double _sum; // of the minute that runs, lx
    private int _count;
    private bool _hasChanged;
    private double _before = double.NaN; // mean of the minute before, lx
    private double _usual;
    private double _mean;
    private int _minutes;
    private bool _isStill;
    private double _against;
    private double _kinship;
    private double _mostKinship;
    private double _still;
    private int _stillMinutes, _longestStill, _seenMinutes;
    private double _moves, _stills; // of the others, and how often it stayed as it was
    private double _movesSince, _stillsSince; // the same since it last changed, which may be when it froze

    /// <summary>What it did in the last minute, in its own standard deviations and around its own mean; null where that is unknown, or a step.</summary>
    public double? Move { get; private set; }

    /// <summary>It goes down where the others go up, until it has made up for it.</summary>
    public bool RunsAgainstOthers { get; private set; }

    /// <summary>It has stayed as it was through more of the others' moves than it ever does.</summary>
    public bool IsStillAmongMoving => _still > Certain && _stillMinutes > LongerThanEver * _longestStill && _seenMinutes > KnownAfterMinutes;

    /// <summary>Takes a reading, lx.</summary>
    public void Add(double lux)
    {
        if (lux != _last && !double.IsNaN(_last))
        {
            _hasChanged = true;
            _resolution = Math.Min(_resolution, Math.Abs(lux - _last));
        }

        _last = lux;
        _sum += lux;
        _count++;
    }

    /// <summary>Ends a minute.</summary>
    /// <param name="isNext">Whether it follows the one before without a gap.</param>
    public void EndMinute(bool isNext)
    {
        double before = isNext ? _before : double.NaN;
        _before = _count > 0 ? _sum / _count : double.NaN;
        double change = _before - before;
        double brighter = Math.Max(_before, before);
        _isStill = !double.IsNaN(change) && !_hasChanged;
        if (_isStill) _seenMinutes++;
        if (_isStill && _before >= DimResolutions * _resolution) _stillMinutes++;
        if (_hasChanged)
        {
            (_seenMinutes, _longestStill, _stillMinutes) = (_seenMinutes + 1, Math.Max(_longestStill, _stillMinutes), 0);
            (_still, _moves, _stills) = (0, _moves + _movesSince, _stills + _stillsSince);
            (_movesSince, _stillsSince) = (0, 0);
            double kept = Math.Min(1, StillMemory / Math.Max(1, _moves));
            (_moves, _stills) = (_moves * kept, _stills * kept);
        }

        (_sum, _count, _hasChanged, Move) = (0, 0, false, null);
        if (double.IsNaN(change) || (Math.Abs(change) > StepShare * brighter && Math.Abs(change) > StepResolutions * _resolution)) return;
        if (brighter >= DarkResolutions * _resolution)
        {
            _minutes++;
            double usual = _minutes > FirstMinutes ? Math.Min(Math.Abs(change), MostUsual * _usual) : Math.Abs(change); // one outlier is not usual
            _usual += (Math.Max(usual, _resolution / MemoryMinutes) - _usual) / Math.Min(_minutes, MemoryMinutes);
        }

        if (_minutes <= FirstMinutes) return;
        double move = Math.Clamp(change / (Deviation * _usual), -MostMove, MostMove);
        Move = move - _mean;
        _mean += (move - _mean) / MeanMinutes;
    }

    /// <summary>Holds it against what the others did in the same minute.</summary>
    /// <param name="others">Their median, in standard deviations.</param>
    public void Compare(double others)
    {
        double clear = Math.Min(1, Math.Abs(others) / Clear);
        if (clear < Least) return;
        if (clear == 1) Stay(double.IsFinite(_resolution) ? Math.Min(1, _last / (DimResolutions * _resolution)) : 0);
        if (Move is not { } move || Math.Min(clear, Math.Abs(move) / Clear) is not (>= Least and var weight)) return;
        double together = double.Lerp(SmallTogether, ClearTogether, weight);
        (double same, double opposite) = (Math.Log(2 * together), Math.Log(2 * (1 - together)));
        bool isSame = move * others > 0;
        _against = Math.Clamp(_against + (isSame ? opposite : same), 0, Certain);
        _kinship = Math.Clamp(_kinship + (isSame ? same : opposite), 0, MostKinship);
        _mostKinship = Math.Max(_mostKinship, _kinship);
        RunsAgainstOthers = _against >= Certain - _mostKinship || (RunsAgainstOthers && _against > 0);
    }

    private void Stay(double weight)
    {
        if (_isStill)
        {
            if (_moves >= StillKnownAfter) _still += weight * Math.Log((_moves + 2) / (_stills + 1));
            _stillsSince += weight;
        }

        _movesSince += weight;
    }
}
