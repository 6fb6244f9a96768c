namespace Ambient.Sensors.Fusion;

/// <summary>Sound above the room's own floor, which is learnt: people are intermittent, machines are steady.</summary>
/// <param name="calibration">What counts as an event, and how long people are inaudible.</param>
/// <param name="isVolts">Readings are volts (an uncalibrated amplifier) and not dBA.</param>
internal sealed class SoundEvidence(Calibration calibration, bool isVolts) : IEvidence
{
    /// <summary>An event may come from next door: weaker than being seen.</summary>
    private const double Heard = 1.5;

    /// <summary>People can be silent for long.</summary>
    private const double Silent = -1.2;

    /// <summary>Sound 20 dB above the floor counts as full activity: conversation over a quiet office.</summary>
    private const double FullActivityDb = 20;

    /// <summary>Below this an amplifier reports its own zero.</summary>
    private const double SmallestVolts = 0.001;

    private static readonly TimeSpan HeardTime = TimeSpan.FromMinutes(2);
    private readonly TimeSpan _silentTime = TimeSpan.FromMinutes(calibration.SilenceMinutes);

    // The floor falls at once to what is quieter, and rises only over hours: a meeting must not become the floor.
    private static readonly TimeSpan FloorFallTime = TimeSpan.FromMinutes(2.5);
    private static readonly TimeSpan FloorRiseTime = TimeSpan.FromHours(8);

    private DateTimeOffset _time;
    private double? _floorDb;
    private double _aboveDb;
    private double _logOdds;
    private DateTimeOffset? _heard;

    /// <summary>How far the latest reading stood above the floor, dB.</summary>
    public double AboveFloorDb => Math.Max(0, _aboveDb);

    /// <inheritdoc/>
    public void Add(DateTimeOffset time, double value)
    {
        double levelDb = isVolts ? 20 * Math.Log10(Math.Max(value, SmallestVolts)) : value;
        TimeSpan elapsed = time - _time;
        _time = time;
        if (_floorDb is not { } floorDb)
        {
            _floorDb = levelDb;
            return;
        }

        _floorDb = Decay.Towards(floorDb, levelDb, elapsed, levelDb < floorDb ? FloorFallTime : FloorRiseTime);
        _aboveDb = levelDb - _floorDb.Value;
        bool isEvent = _aboveDb > calibration.SoundEventDb;
        if (isEvent) _heard = time;
        _logOdds = Decay.Towards(_logOdds, isEvent ? Heard : Silent, elapsed, isEvent ? HeardTime : _silentTime);
    }

    /// <inheritdoc/>
    public double LogOdds(DateTimeOffset now) => _logOdds;

    /// <inheritdoc/>
    public DateTimeOffset? LastSign(DateTimeOffset now) => _heard;

    /// <inheritdoc/>
    public void Depart() => _logOdds = Math.Min(_logOdds, 0);

    /// <inheritdoc/>
    public double? Activity(DateTimeOffset now) => Math.Clamp(_aboveDb / FullActivityDb, 0, 1);

    /// <inheritdoc/>
    public string Describe(DateTimeOffset now) => FormattableString.Invariant($"sound {AboveFloorDb:0} dB above its floor");
}
