namespace Ambient.Sensors.Fusion;

/// <summary>Watches all sources for what is wrong with them, and names the sensor.</summary>
internal sealed class FaultWatch
{
    /// <summary>Two others have contradicted it for this long.</summary>
    public static readonly TimeSpan Contradiction = TimeSpan.FromMinutes(38);

    /// <summary>Agreement with the others takes the time back; from here on it is believed to be well again.</summary>
    private static readonly TimeSpan Acquitted = TimeSpan.FromMinutes(5);

    /// <summary>No change at all while two of its kind beside it changed clearly.</summary>
    private static readonly TimeSpan FlatBesideOthers = TimeSpan.FromMinutes(45);
    private static readonly TimeSpan OthersChangedAgo = TimeSpan.FromMinutes(15);

    /// <summary>People are there, another light sensor sees its usual light, and this one next to none of its own.</summary>
    private static readonly TimeSpan DarkBesideOthers = TimeSpan.FromMinutes(45);

    /// <summary>Where there is this much light, people who move change it by more than a sensor's resolution of 1 lx, so one that keeps reporting the same is named sooner than one in the dusk.</summary>
    private const double BrightLux = 50;
    private const int ManyRepeats = 12;
    private static readonly TimeSpan LongestBright = TimeSpan.FromMinutes(55);

    /// <summary>Sources of its kind that must have changed before one that has not is called stuck.</summary>
    private const int Witnesses = 2;

    private readonly Dictionary<(string Sensor, Quantity Quantity), Watched> _all = [];
    private readonly Dictionary<(string, string), SensorFault> _faults = [];
    private readonly LightPeers _lights = new();

    /// <summary>What is wrong now, longest first.</summary>
    public IReadOnlyList<SensorFault> Faults => [.. _faults.Values.OrderBy(fault => fault.Since).ThenBy(fault => fault.Sensor, StringComparer.Ordinal)];

    /// <summary>Whether there is a fault of this source that makes its values worthless.</summary>
    public static bool IsWorthless(string? kind) => kind is "stuck" or "out_of_range" or "impossible_rate";

    /// <summary>Notes, or takes back, what is known of a source from elsewhere.</summary>
    /// <param name="sensor">Which.</param>
    /// <param name="quantity">Of what.</param>
    /// <param name="kind">What is wrong.</param>
    /// <param name="text">In words; null when all is well.</param>
    /// <param name="now">The moment.</param>
    public void Note(string sensor, string quantity, string kind, string? text, DateTimeOffset now)
    {
        if (text is null) _faults.Remove((sensor, kind));
        else if (!_faults.ContainsKey((sensor, kind))) _faults[(sensor, kind)] = new SensorFault(sensor, quantity, kind, now, text);
    }

    /// <summary>Whether one that was heard before is gone.</summary>
    public bool IsAnyMissing(Func<Quantity, bool> of, DateTimeOffset now) => _all.Values.Any(watched => of(watched.Quantity) && watched.Health.IsSilent(now));

    /// <summary>The watch of a source, new at its first reading.</summary>
    /// <param name="reading">Its reading.</param>
    /// <param name="limit">Most sources to watch.</param>
    public SourceHealth? HealthOf(in Reading reading, int limit)
    {
        var key = (reading.Sensor, reading.Quantity);
        if (_all.TryGetValue(key, out Watched? known)) return known.Health;
        if (_all.Count >= limit) return null;
        var health = new SourceHealth(reading.Quantity);
        if (health.Peer is { } peer) _lights.Add(peer);
        _all[key] = new Watched(reading.Sensor, reading.Quantity, health);
        return health;
    }

    /// <summary>Looks at all sources.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="elapsed">Since the last look.</param>
    /// <param name="isInUse">Whether somebody is in the room, by all sensors together.</param>
    /// <param name="sources">Those that say something about presence.</param>
    public void Look(DateTimeOffset now, TimeSpan elapsed, bool isInUse, IReadOnlyDictionary<(string Sensor, Quantity Quantity), Source> sources)
    {
        _lights.Look(now);
        int lit = 0;
        foreach (Watched watched in _all.Values)
            if (watched.Quantity == Quantity.Illuminance && watched.Health.IsLit && !watched.Health.IsSilent(now)) lit++;
        foreach (Watched watched in _all.Values)
        {
            SourceHealth health = watched.Health;
            if (health.Time != watched.Compared) health.CompareClock(now);
            watched.Compared = health.Time;
            if (isInUse)
            {
                health.UnchangedInUse += elapsed;
                health.Use(elapsed, lit > (watched.Quantity == Quantity.Illuminance && health.IsLit ? 1 : 0));
            }

            sources.TryGetValue((watched.Sensor, watched.Quantity), out Source? source);
            string? kind = KindOf(watched, source, now);
            string name = Quantities.NameOf(watched.Quantity);
            if (kind is null) _faults.Remove((watched.Sensor, name));
            else if (!_faults.TryGetValue((watched.Sensor, name), out SensorFault? before) || before.Kind != kind)
                _faults[(watched.Sensor, name)] = new SensorFault(watched.Sensor, name, kind, now, $"Sensor {watched.Sensor}: {name} {InWords(kind, watched.Health, now)}");
            if (source is not null) (source.IsWorthless, source.IsSilent) = (IsWorthless(kind), kind == "silent");
        }
    }

    private string? KindOf(Watched watched, Source? source, DateTimeOffset now)
    {
        SourceHealth health = watched.Health;
        if (source is { IsOffline: true }) return "offline";
        if (health.IsSkewed) return "clock";
        if (health.IsSilent(now)) return "silent";
        if (health.IsOutOfRange) return "out_of_range";
        if (health.IsJumping) return "impossible_rate";
        if (IsStuck(watched, now)) return "stuck";
        if (source is { IsFlapping: true }) return "flapping";
        bool isNamed = _faults.TryGetValue((watched.Sensor, Quantities.NameOf(watched.Quantity)), out SensorFault? before) && before.Kind == "contradicted";
        TimeSpan limit = isNamed ? Acquitted : Contradiction;
        return source?.LongContradicted > limit || source?.Haunted > limit || source?.Evidence.Outvoted > limit || health.DarkBesideOthers > DarkBesideOthers || health.Peer is { RunsAgainstOthers: true } ? "contradicted" : null;
    }

    private bool IsStuck(Watched watched, DateTimeOffset now)
    {
        if (Quantities.IsBinary(watched.Quantity)) return false; // no change is what they do; the others contradict them
        SourceHealth health = watched.Health;
        if (health.UnchangedInUse > LongestUnchangedInUse(watched.Quantity)) return true;
        if (watched.Quantity == Quantity.Illuminance && health.Value > BrightLux && health.Repeats > ManyRepeats && health.UnchangedInUse > LongestBright) return true;
        if (now - health.UnchangedSince < FlatBesideOthers) return false;
        if (health.Peer is { IsStillAmongMoving: true }) return true;
        int witnesses = 0;
        foreach (Watched other in _all.Values)
        {
            if (other.Quantity == watched.Quantity && other != watched && other.Health.ClearChange > health.UnchangedSince + TimeSpan.FromMinutes(1)
                && now - other.Health.ClearChange > OthersChangedAgo) witnesses++;
        }

        return witnesses >= Witnesses;
    }

    /// <summary>In a room in use the air and its sounds move; daylight and lamps may stand still for longer.</summary>
    private static TimeSpan LongestUnchangedInUse(Quantity quantity) => quantity switch
    {
        Quantity.Sound => TimeSpan.FromMinutes(25),
        Quantity.Noise or Quantity.Co2 => TimeSpan.FromMinutes(45),
        Quantity.Illuminance => TimeSpan.FromMinutes(100),
        _ => TimeSpan.MaxValue,
    };

    private static string InWords(string kind, SourceHealth health, DateTimeOffset now) => kind switch
    {
        "offline" => "is offline, it says",
        "clock" => "comes with a clock that is wrong",
        "silent" => $"has been silent for {Decay.Say(now - health.Time)}",
        "out_of_range" => "reports values that can't be",
        "impossible_rate" => "jumps faster than a room can",
        "stuck" => $"has not changed for {Decay.Say(now - health.UnchangedSince)} while all around it did",
        "flapping" => "changes its mind too often to be believed",
        _ when health.Peer is { RunsAgainstOthers: true } => "goes down where the light sensors beside it go up",
        _ => $"has been contradicted by two others and more for {Decay.Say(Contradiction)}",
    };

    private sealed record Watched(string Sensor, Quantity Quantity, SourceHealth Health)
    {
        public DateTimeOffset Compared { get; set; }
    }
}
