namespace Ambient.Sensors.Fusion;

/// <summary>Turns readings, in any order and at any rate, into what the room is like now.</summary>
/// <remarks>
/// Occupancy is a recursive Bayes filter in log-odds. Each source keeps a bounded log-likelihood ratio with a memory of its own
/// (<see cref="IEvidence"/>); sources of one kind are pooled and capped (<see cref="EvidenceGroup"/>), so no broken sensor decides
/// alone; the room's log-odds follow their sum. Nothing is calibrated: floors and lamps are learnt as time passes, never ahead of it.
/// Not thread-safe: one task adds and fuses.
/// </remarks>
/// <param name="room">What the owner knows of the room; null for the defaults.</param>
/// <param name="calibration">The room's own numbers; null for the defaults.</param>
/// <param name="learnt">What was learnt about single sensors before a restart; it beats what the calibration says of them.</param>
public sealed class ContextFusion(RoomFacts? room = null, Calibration? calibration = null, IReadOnlyList<LearntSource>? learnt = null)
{
    /// <summary>Sources kept; a flood of made-up sensor names must not fill the memory.</summary>
    private const int MaximumSources = 1_000;

    /// <summary>Most rooms are empty more often than not; small, since other evidence is capped as well.</summary>
    private const double PriorNats = -0.3;

    /// <summary>Older measurements still weigh in the scaled features, but are not shown as the room's lux or dBA any more.</summary>
    private const double FreshEnough = 0.5;

    private const double SwitchedOff = 2; // nats against, which only a lamp that has just gone out reaches

    /// <summary>Whoever enters wants an answer; one false alarm costs little.</summary>
    private static readonly TimeSpan RiseTime = TimeSpan.FromSeconds(10);

    /// <summary>Trust changes over minutes; with hundreds of sensors looking at each step would cost more than it tells.</summary>
    private static readonly TimeSpan JudgedEvery = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan LongestStep = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LevelTime = TimeSpan.FromSeconds(30);

    private readonly Dictionary<(string Sensor, Quantity Quantity), Source> _sources = [];
    private readonly SortedDictionary<Quantity, EvidenceGroup> _groups = [];
    private readonly Calibration _calibration = calibration ?? Calibration.Default;
    private readonly Dictionary<(string Sensor, Quantity Quantity), LearntSource> _recalled = LearntOf([.. calibration?.Sources ?? [], .. learnt ?? []]);
    private readonly FaultWatch _watch = new();
    private readonly ToldInputs _told = new();
    private readonly RoomFacts _room = room ?? RoomFacts.Default;
    private readonly HeadCount _heads = new(room ?? RoomFacts.Default);
    private readonly BreathCount _breath = new(room?.VolumeM3, (calibration ?? Calibration.Default).AirChangesPerHour);
    private readonly DoorTally _doors = new();
    private readonly NoiseLevel _noise = new();
    private double? _logOdds;
    private double _light;
    private TimeSpan _unjudged;
    private double _activity = ContextVector.Neutral.Activity;
    private ContextVector _context = ContextVector.Neutral;

    /// <summary>The result of the last <see cref="Fuse"/>.</summary>
    public ContextVector Current => _context;

    /// <summary>Takes a reading. What can't be true, labels, and readings older than the sensor's latest are ignored.</summary>
    public void Add(in Reading reading)
    {
        if (Quantities.IsLabel(reading.Quantity)) return;
        SourceHealth? health = reading.Quantity is Quantity.Available || ToldInputs.Takes(reading.Quantity) ? null : _watch.HealthOf(reading, MaximumSources);
        if (!Quantities.CanBe(reading.Quantity, reading.Value))
        {
            health?.AddImpossible(reading.Time);
            return;
        }

        if (health is not null && reading.Time >= health.Time) health.Add(reading.Time, reading.Value);
        _told.Add(reading);
        if (reading.Quantity == Quantity.Available) SetAvailable(reading.Sensor, reading.Value > 0.5);
        if (DoorTally.Takes(reading.Quantity) && _doors.Add(reading)) CountAtDoors(reading.Time);
        if (EvidenceCatalog.Find(reading.Quantity, _room) is not { } kind) return;

        var key = (reading.Sensor, reading.Quantity);
        if (!_sources.TryGetValue(key, out Source? source))
        {
            if (_sources.Count >= MaximumSources) return;
            _sources[key] = source = new Source(reading.Sensor, reading.Quantity, kind, _calibration);
            if (_recalled.Remove(key, out LearntSource? learnt)) source.Recall(learnt);
            if (!_groups.TryGetValue(reading.Quantity, out EvidenceGroup? group)) _groups[reading.Quantity] = group = new EvidenceGroup(kind, kind.Weight(_calibration));
            group.Sources.Add(source);
        }

        source.Add(reading, _context.Time);
    }

    /// <summary>What the room is like at <paramref name="now"/>, from everything added so far.</summary>
    /// <param name="now">Not before the last call; an earlier time counts as no time passed.</param>
    public ContextVector Fuse(DateTimeOffset now)
    {
        TimeSpan elapsed = now > _context.Time ? now - _context.Time : TimeSpan.Zero;
        foreach (Source source in _sources.Values) source.Weigh(now);
        // What happened in a gap nobody saw, so it counts neither for nor against a sensor.
        if (_logOdds is not null && elapsed < LongestStep) _unjudged += elapsed;
        if (_unjudged >= JudgedEvery) Judge(now);
        NoticeDeparture(now);
        if (_doors.Sensor is not null && _doors.Settle(now, Others() < -Source.Decided)) CountAtDoors(now);
        double confidence = Confidence(now);
        double evidence = PriorNats * confidence + Total(without: null, noteContributions: true);
        _logOdds = _logOdds is { } before ? Decay.Towards(before, evidence, elapsed, evidence > before ? RiseTime : TimeSpan.FromSeconds(_calibration.LeavingSeconds)) : evidence;

        double occupancy = 1 / (1 + Math.Exp(-_logOdds.Value));
        double activity = _told.Over(Activity(now, elapsed), Quantity.Intensity, now);
        _noise.Fuse(_groups.GetValueOrDefault(Quantity.Noise), _groups.GetValueOrDefault(Quantity.Sound), now, elapsed);
        (double? lux, double luxFreshness) = Latest(Quantity.Illuminance, now);
        bool isOccupied = ContextScale.IsOccupied(_context.IsOccupied, _logOdds.Value);
        _heads.Count(_groups.GetValueOrDefault(Quantity.People), _breath.Count(_groups.GetValueOrDefault(Quantity.Co2), isOccupied, occupancy, now, elapsed), occupancy);
        (int? people, double peopleConfidence) = _heads.Answer(isOccupied, occupancy, confidence);
        double guessedDensity = Blend(ContextVector.Neutral.Density, ContextScale.Density(occupancy, activity), confidence);
        return _context = new ContextVector
        {
            Time = now,
            Occupancy = occupancy,
            IsOccupied = isOccupied,
            People = people,
            PeopleConfidence = peopleConfidence,
            Density = _told.Over(Blend(guessedDensity, Math.Min(1, (_heads.Counted ?? 0) / _room.Capacity), _heads.Weight), Quantity.Crowd, now),
            Activity = activity,
            NoiseDba = _noise.Dba,
            Noise = _noise.Scaled,
            IlluminanceLux = luxFreshness >= FreshEnough ? lux : null,
            DaylightLux = luxFreshness >= FreshEnough ? Daylight(lux, now) : null,
            Light = Blend(ContextVector.Neutral.Light, ContextScale.Light(lux ?? 0), luxFreshness),
            Arousal = _told.Fading(Quantity.Arousal, now),
            HeartRateBpm = _told.Fresh(Quantity.HeartRate, now),
            BreathsPerMinute = _told.Fresh(Quantity.BreathingRate, now),
            Confidence = confidence,
        };
    }

    /// <summary>Why <see cref="Current"/> says what it says about occupancy: the strongest reason first.</summary>
    public IReadOnlyList<Factor> Factors() =>
    [
        .. _sources.Values
            .Where(source => Math.Abs(source.ContributionNats) >= 0.1 || source.Trust < 0.5)
            .OrderByDescending(source => Math.Abs(source.ContributionNats))
            .Select(source => new Factor("occupancy", source.Sensor, source.Describe(_context.Time), source.ContributionNats)),
    ];

    /// <summary><see cref="Factors"/> in one line: <c>occupancy 0.93: motion 14 s ago, S6 (+2.1); …</c></summary>
    public string Why()
    {
        string reasons = string.Join("; ", Factors().Select(f => FormattableString.Invariant($"{f.Detail}, {f.Sensor} ({f.Weight:+0.0;-0.0})")));
        return FormattableString.Invariant($"occupancy {_context.Occupancy:0.00}: {(reasons.Length > 0 ? reasons : "no evidence")}");
    }

    private double Total(Source? without, EvidenceGroup? withoutGroup = null, bool noteContributions = false)
    {
        double total = 0;
        foreach (EvidenceGroup group in _groups.Values)
            if (group != withoutGroup) total += group.LogOdds(without, noteContributions);
        return total;
    }

    /// <summary>What has been learnt about single sensors, kept over a restart.</summary>
    public IReadOnlyList<LearntSource> Learnt =>
    [
        .. _recalled.Values,
        .. _sources.Values.Where(source => source.Record is not null).Select(source => source.Learnt),
    ];

    /// <summary>Everything that is wrong with sensors now; each names the sensor.</summary>
    public IReadOnlyList<SensorFault> Faults => _watch.Faults;

    private static Dictionary<(string Sensor, Quantity Quantity), LearntSource> LearntOf(IReadOnlyList<LearntSource> sources)
    {
        Dictionary<(string, Quantity), LearntSource> learnt = [];
        foreach (LearntSource source in sources.Take(MaximumSources))
            if (source.IsUsable && Quantities.TryParse(source.Quantity, out Quantity quantity)) learnt[(source.Sensor, quantity)] = source;
        return learnt;
    }

    private void Judge(DateTimeOffset now)
    {
        int yes = 0, no = 0;
        foreach (Source source in _sources.Values)
        {
            if (source.Opinion > 0) yes++;
            if (source.Opinion < 0) no++;
        }

        AskWhoSwitched(now);
        EvidenceGroup? lamps = _groups.GetValueOrDefault(Quantity.Illuminance);
        bool isFoundOut = false;
        foreach (EvidenceGroup group in _groups.Values)
        {
            double together = group.Kind.FooledTogether ? group.LogOdds() : 0;
            foreach (Source source in group.Sources)
            {
                source.Judge(Total(source, group.Kind.FooledTogether ? group : null), Witnessed(source, lamps), together, yes, no, _unjudged);
                isFoundOut |= source.IsFoundOut;
            }
        }

        _heads.Judge(_groups.GetValueOrDefault(Quantity.People), _unjudged);
        if (isFoundOut && lamps is not null)
            foreach (Source lamp in lamps.Sources) lamp.Record?.Restore();
        _watch.Look(now, _unjudged, _context is { IsOccupied: true, Occupancy: > 0.9 }, _sources);
        WatchDoors(now);
        _unjudged = TimeSpan.Zero;
    }

    /// <summary>Lamps are asked only where something watches for people, and works.</summary>
    private void AskWhoSwitched(DateTimeOffset now)
    {
        DateTimeOffset lastSign = DateTimeOffset.MinValue;
        bool isWatched = false;
        foreach (Source source in _sources.Values)
        {
            if (source.Standing < FreshEnough || source.Evidence.LastSign(now) is not { } sign) continue;
            isWatched |= source.Quantity is Quantity.Motion or Quantity.Occupancy or Quantity.Presence;
            if (sign > lastSign) lastSign = sign;
        }

        if (!isWatched || !_groups.TryGetValue(Quantity.Illuminance, out EvidenceGroup? lamps)) return;
        foreach (Source lamp in lamps.Sources) lamp.AskWhoSwitched(now, lastSign);
    }

    /// <summary>What at least two kinds other than lamps agree on, log-odds; 0 where a single kind says so, since that one may be broken.</summary>
    private double Witnessed(Source source, EvidenceGroup? lamps)
    {
        double total = PriorNats;
        int yes = 0, no = 0;
        foreach (EvidenceGroup group in _groups.Values)
        {
            if (group == lamps) continue;
            double says = group.LogOdds(source);
            total += says;
            if (says > Source.Undecided) yes++;
            if (says < -Source.Undecided) no++;
        }

        return (total > 0 ? yes : no) >= 2 ? total : 0;
    }

    /// <summary>When the lamps as a whole go out, what was seen before loses its say.</summary>
    private void NoticeDeparture(DateTimeOffset now)
    {
        if (!_groups.TryGetValue(Quantity.Illuminance, out EvidenceGroup? lamps)) return;
        double light = lamps.LogOdds(); // those that flap or are doubted have no say
        if (_light > -1 && light < -SwitchedOff)
        {
            foreach (Source source in _sources.Values)
            {
                source.Evidence.Depart();
                source.Weigh(now);
            }
        }

        _light = light;
    }

    /// <summary>What everything but counters of people says, log-odds.</summary>
    private double Others() => PriorNats * _context.Confidence + Total(without: null, _groups.GetValueOrDefault(Quantity.People));

    /// <summary>What the doors add up to is a count like any other: as fresh as the latest of them, doubted and named.</summary>
    private void CountAtDoors(DateTimeOffset time) => Add(new Reading(time, _doors.Sensor!, Quantity.People, _doors.People));

    private void WatchDoors(DateTimeOffset now)
    {
        if (_doors.Sensor is not { } doors) return;
        _watch.Note(doors, Quantities.NameOf(Quantity.People), "drift", _doors.Drift, now);
        if (_sources.TryGetValue((doors, Quantity.People), out Source? tally)) tally.IsSilent |= _watch.IsAnyMissing(DoorTally.Takes, now);
    }

    private void SetAvailable(string sensor, bool isAvailable)
    {
        foreach (Source source in _sources.Values)
            if (source.Sensor == sensor) source.IsOffline = !isAvailable;
    }

    private double Confidence(DateTimeOffset now)
    {
        double doubt = 1;
        foreach (Source source in _sources.Values) doubt *= 1 - source.Kind.Certainty * source.Freshness(now) * source.Trust;
        return 1 - doubt;
    }

    private double Activity(DateTimeOffset now, TimeSpan elapsed)
    {
        double sum = 0, weight = 0;
        foreach (EvidenceGroup group in _groups.Values)
        {
            (double liveliest, double freshness) = group.Activity(now);
            sum += liveliest;
            weight += freshness;
        }

        // Below one fresh kind of sensor, the rest is the neutral value.
        double target = (sum + ContextVector.Neutral.Activity * Math.Max(0, 1 - weight)) / Math.Max(1, weight);
        return _activity = Decay.Towards(_activity, target, elapsed, LevelTime);
    }

    private (double? Value, double Freshness) Latest(Quantity quantity, DateTimeOffset now) =>
        _groups.TryGetValue(quantity, out EvidenceGroup? group) ? group.Latest(now, meanOfEnergy: false) : (null, 0);

    private double? Daylight(double? lux, DateTimeOffset now) =>
        lux is 0 ? 0 : lux * _groups.GetValueOrDefault(Quantity.Illuminance)?.DaylightShare(now);

    private static double Blend(double neutral, double measured, double freshness) => neutral + (measured - neutral) * freshness;
}
