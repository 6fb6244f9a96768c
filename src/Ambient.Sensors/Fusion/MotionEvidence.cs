namespace Ambient.Sensors.Fusion;

/// <summary>Something that sees people move (PIR, radar): sure while it sees somebody, doubtful afterwards, against after a long stillness.</summary>
/// <param name="stillness">How long people may sit unseen: e-folding time from "there" to "gone".</param>
/// <param name="seesStillness">It sees people who sit still, so that its yes says nothing of how much is going on.</param>
internal sealed class MotionEvidence(TimeSpan stillness, bool seesStillness = false) : IEvidence
{
    /// <summary>A PIR sees a warm body that moves; draughts and sunlight fool it perhaps once in 20 times.</summary>
    private const double Seen = 3;

    /// <summary>An empty view is weaker evidence: PIRs have blind corners and miss people who sit still.</summary>
    private const double Unseen = -2;

    /// <summary>Window over which activity is the share of time with motion.</summary>
    private static readonly TimeSpan ActivityMemory = TimeSpan.FromMinutes(3);

    /// <summary>People pause. What has seen motion for longer than this without a break is held on by its own timer, or stuck, and tells nothing of how much is going on.</summary>
    private static readonly TimeSpan LongestActivity = TimeSpan.FromHours(1);

    /// <summary>A device that reports changes only says nothing while it keeps seeing somebody; longer than this without a word, it is taken to have stopped.</summary>
    private static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(10);

    /// <summary>A single blip (a draught, somebody who looks in) is remembered this share of the time that a visit is.</summary>
    private const double BlipHold = 0.15;

    /// <summary>From this sustained motion on it is a visit.</summary>
    private const double Visit = 0.6;

    /// <summary>Two minutes of motion make a visit; sitting still for a quarter of an hour does not end one.</summary>
    private static readonly TimeSpan SustainedRise = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan SustainedFall = TimeSpan.FromMinutes(20);

    private DateTimeOffset _time;
    private double _sustained;
    private DateTimeOffset? _lastSeen;
    private bool _isSeeing;
    private DateTimeOffset _seeingSince;
    private DateTimeOffset? _sign;
    private double _activity;

    /// <inheritdoc/>
    public void Add(DateTimeOffset time, double value)
    {
        _lastSeen ??= Neutral(time); // a start with no motion says nothing
        _activity = Decay.Towards(_activity, _isSeeing ? 1 : 0, time - _time, ActivityMemory);
        _sustained = Decay.Towards(_sustained, _isSeeing ? 1 : 0, time - _time, _isSeeing ? SustainedRise : SustainedFall);
        if (_isSeeing) _lastSeen = LatestSight(time);
        if (value > 0.5 && !_isSeeing) _seeingSince = time;
        _isSeeing = value > 0.5;
        if (_isSeeing) _lastSeen = _sign = time;
        _time = time;
    }

    /// <inheritdoc/>
    public double LogOdds(DateTimeOffset now) =>
        Decay.Towards(Seen, Unseen, now - LatestSight(now), Hold);

    /// <inheritdoc/>
    public DateTimeOffset? LastSign(DateTimeOffset now) => _isSeeing ? now : _sign;

    /// <inheritdoc/>
    public void Depart() => _lastSeen = Neutral(_time);

    /// <inheritdoc/>
    public double? Activity(DateTimeOffset now) => seesStillness || (_isSeeing && now - _seeingSince > LongestActivity)
        ? null
        : Decay.Towards(_activity, _isSeeing && now - _time < LongestHold ? 1 : 0, now - _time, ActivityMemory);

    /// <inheritdoc/>
    public string Describe(DateTimeOffset now) => _isSeeing ? "motion now" : $"motion {Decay.Say(now - LatestSight(now))} ago";

    private TimeSpan Hold => stillness * Math.Min(1, BlipHold + (1 - BlipHold) * _sustained / Visit);

    /// <summary>When somebody must have been seen last so that the decay now crosses 0.</summary>
    private DateTimeOffset Neutral(DateTimeOffset now) => now - Hold * Math.Log((Seen - Unseen) / -Unseen);

    private DateTimeOffset LatestSight(DateTimeOffset now)
    {
        DateTimeOffset lastSeen = _lastSeen ?? now;
        if (!_isSeeing) return lastSeen;
        DateTimeOffset limit = _time + LongestHold;
        return now < limit ? now : limit;
    }
}
