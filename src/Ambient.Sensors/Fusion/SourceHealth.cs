namespace Ambient.Sensors.Fusion;

/// <summary>What can be told about one quantity of one sensor from its own readings: how it comes, whether it moves, whether it can be true.</summary>
internal sealed class SourceHealth(Quantity quantity)
{
    /// <summary>A device that reports regularly is missed after this, or after five of its intervals.</summary>
    private const double MissedIntervals = 5;
    private static readonly TimeSpan ShortestSilence = TimeSpan.FromMinutes(5);

    /// <summary>One that reports when something changes (a battery PIR) is missed after this, or after three times its longest pause.</summary>
    private const double MissedPauses = 3;
    private static readonly TimeSpan ShortestPause = TimeSpan.FromHours(6);

    /// <summary>Share of intervals that are alike in a device that reports regularly.</summary>
    private const double RegularShare = 0.8;

    /// <summary>Weight of the latest interval.</summary>
    private const double Learning = 0.1;

    /// <summary>Intervals to know before a silence means anything.</summary>
    private const int KnownAfter = 8;

    /// <summary>Impossible values or jumps within about an hour that make a fault; a single one is dropped and forgotten.</summary>
    private const double TooMany = 2.5;
    private static readonly TimeSpan Forget = TimeSpan.FromHours(1);

    /// <summary>A clock may be this far off.</summary>
    private static readonly TimeSpan ClockLead = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ClockLag = TimeSpan.FromMinutes(5);

    /// <summary>Air that was heated or breathed upon needs longer than this to mix.</summary>
    private static readonly TimeSpan SwingBack = TimeSpan.FromMinutes(2);

    /// <summary>Less than this share of the usual light is dark, more than that share is lit; where there is hardly any, nothing is said.</summary>
    private const double DarkShare = 0.1;
    private const double LitShare = 0.25;
    private const double LeastUsualLux = 10;

    /// <summary>Time of use over which the usual light is learnt.</summary>
    private static readonly TimeSpan UsualMemory = TimeSpan.FromHours(4);

    /// <summary>Light as usual pays back time in the dark this many times faster.</summary>
    private const int PaysBack = 4;

    private TimeSpan _interval;
    private TimeSpan _inUse;
    private double _usualLux; // while the room is in use; 0 until it is known
    private TimeSpan _longestPause;
    private double _regularity = 1;
    private int _count;
    private double _value = double.NaN;
    private double _reference = double.NaN;
    private double _impossible;
    private double _jumps;
    private double _swing;
    private DateTimeOffset _swung;
    private double _skewed;
    private DateTimeOffset _impossibleTime;

    /// <summary>How it goes with the light sensors beside it; null for other quantities.</summary>
    public LightPeer? Peer { get; } = quantity == Quantity.Illuminance ? new LightPeer() : null;

    /// <summary>When the latest reading came, by its own clock.</summary>
    public DateTimeOffset Time { get; private set; }

    /// <summary>Since when the value has not changed at all.</summary>
    public DateTimeOffset UnchangedSince { get; private set; }

    /// <summary>When the value last changed so clearly that a sensor beside it must have noticed.</summary>
    public DateTimeOffset ClearChange { get; private set; }

    /// <summary>How long the room has been in use while the value did not change.</summary>
    public TimeSpan UnchangedInUse { get; set; }

    /// <summary>How long it has been dark here while the room was in use and another sensor saw its usual light.</summary>
    public TimeSpan DarkBesideOthers { get; private set; }

    /// <summary>Hardly any of the usual light, where there is some.</summary>
    private bool IsDark => _usualLux > LeastUsualLux && _value < DarkShare * _usualLux;

    /// <summary>A good part of the usual light.</summary>
    public bool IsLit => _usualLux > 0 && _value > LitShare * _usualLux;

    /// <summary>Notes a time in which somebody was there.</summary>
    /// <param name="elapsed">How long.</param>
    /// <param name="othersAreLit">Another sensor sees its usual light.</param>
    public void Use(TimeSpan elapsed, bool othersAreLit)
    {
        if (quantity != Quantity.Illuminance) return;
        bool isDark = IsDark;
        if (!isDark) _inUse += elapsed;
        if (isDark && othersAreLit) DarkBesideOthers += elapsed;
        else if (!isDark) DarkBesideOthers = DarkBesideOthers > PaysBack * elapsed ? DarkBesideOthers - PaysBack * elapsed : TimeSpan.Zero;
        TimeSpan memory = _inUse < UsualMemory ? _inUse : UsualMemory; // the plain mean at first
        if (!isDark && memory > TimeSpan.Zero) _usualLux = Decay.Towards(_usualLux, _value, elapsed, memory);
    }

    /// <summary>The latest possible value.</summary>
    public double Value => _value;

    /// <summary>How often the value has been reported again without a change.</summary>
    public int Repeats { get; private set; }

    /// <summary>Values outside the possible range keep coming.</summary>
    public bool IsOutOfRange => _impossible > TooMany;

    /// <summary>The value keeps jumping faster than what it measures can.</summary>
    public bool IsJumping => _jumps > TooMany;

    /// <summary>Its times are not the daemon's.</summary>
    public bool IsSkewed => _skewed > TooMany;

    /// <summary>Takes a possible reading.</summary>
    public void Add(DateTimeOffset time, double value)
    {
        TimeSpan gap = time - Time;
        if (_count++ > 0)
        {
            LearnInterval(gap);
            Age(time);
            double minutes = Math.Max(gap.TotalMinutes, 1);
            double step = value - _value;
            if (Math.Abs(step) > LargestRatePerMinute() * minutes) _jumps++;
            if (Math.Abs(step) > LargestSwing())
            {
                if (step * _swing < 0 && time - _swung < SwingBack) _jumps++;
                (_swing, _swung) = (step, time);
            }
        }

        if (value != _value) (UnchangedSince, UnchangedInUse, Repeats) = (time, TimeSpan.Zero, 0);
        else Repeats++;
        Peer?.Add(value);
        double before = quantity == Quantity.Illuminance ? _value : _reference; // dusk is no lamp: light must step
        if (double.IsNaN(before)) _reference = value;
        else if (IsClear(before, value)) (_reference, ClearChange) = (value, time);
        (Time, _value) = (time, value);
    }

    /// <summary>Notes a reading that can't be true.</summary>
    public void AddImpossible(DateTimeOffset time)
    {
        Age(time);
        _impossible++;
    }

    /// <summary>Compares its clock with the daemon's at the moment of a fusion that follows a reading.</summary>
    public void CompareClock(DateTimeOffset now) =>
        _skewed = now - Time > ClockLag || Time - now > ClockLead ? _skewed + 1 : Math.Max(0, _skewed - 1);

    /// <summary>Whether it has been quiet for longer than it ever is.</summary>
    public bool IsSilent(DateTimeOffset now)
    {
        if (_count < KnownAfter) return false;
        TimeSpan limit = _regularity > RegularShare ? Longer(MissedIntervals * _interval, ShortestSilence) : Longer(MissedPauses * _longestPause, ShortestPause);
        return now - Time > limit;
    }

    private void LearnInterval(TimeSpan gap)
    {
        if (gap <= TimeSpan.Zero) return;
        if (_interval == TimeSpan.Zero) _interval = gap;
        bool isAlike = gap > _interval / 2 && gap < _interval * 2;
        _regularity += Learning * ((isAlike ? 1 : 0) - _regularity);
        _interval += Learning * (TimeSpan.FromTicks(Math.Clamp(gap.Ticks, _interval.Ticks / 2, _interval.Ticks * 2)) - _interval);
        _longestPause = Longer(gap, _longestPause);
    }

    private void Age(DateTimeOffset time)
    {
        double left = Decay.Left(time - _impossibleTime, Forget);
        (_impossible, _jumps, _impossibleTime) = (_impossible * left, _jumps * left, time);
    }

    /// <summary>What air in a room, or people at its doors, can't do, per minute; a hand on the sensor may, once.</summary>
    private double LargestRatePerMinute() => quantity switch
    {
        Quantity.Temperature => 6,
        Quantity.Humidity => 40,
        Quantity.Co2 => 3_000,
        Quantity.People => 600, // a hall with five doors
        Quantity.PeopleIn or Quantity.PeopleOut => 120, // two a second
        _ => double.PositiveInfinity,
    };

    /// <summary>A change that air may make one way in a minute, as by a breath on the sensor, but never back at once.</summary>
    private double LargestSwing() => quantity switch
    {
        Quantity.Temperature => 3,
        Quantity.Humidity => 15,
        Quantity.Co2 => 300,
        _ => double.PositiveInfinity,
    };

    private bool IsClear(double before, double after)
    {
        double change = Math.Abs(after - before);
        return quantity switch
        {
            Quantity.Illuminance => change > 20 && Math.Max(before, after) > 1.5 * Math.Min(before, after),
            Quantity.Temperature => change > 0.7,
            Quantity.Humidity => change > 4,
            Quantity.Co2 => change > 100,
            Quantity.Noise => change > 10,
            Quantity.Sound => Math.Max(before, after) > 3 * Math.Min(before, after),
            _ => false,
        };
    }

    private static TimeSpan Longer(TimeSpan a, TimeSpan b) => a > b ? a : b;
}
