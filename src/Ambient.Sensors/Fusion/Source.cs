namespace Ambient.Sensors.Fusion;

/// <summary>One quantity of one sensor: its evidence, how fresh it is, and how far it is believed.</summary>
internal sealed class Source(string sensor, Quantity quantity, EvidenceKind kind, Calibration calibration)
{
    /// <summary>A reading this far ahead of the clock comes from a wrong clock; nothing it says counts until time catches up.</summary>
    private static readonly TimeSpan LargestLead = TimeSpan.FromMinutes(1);

    /// <summary>A sensor that says less than this (probability 0.65) has no opinion.</summary>
    public const double Undecided = 0.6;

    /// <summary>The others contradict from here on: more than one weak kind says (probability 0.86).</summary>
    public const double Decided = 1.8;

    /// <summary>When all others are sure it is doubted this many times faster.</summary>
    private const double MostUrgent = 2.5;

    /// <summary>A yes or no that still comes and goes is not stuck, and doubted this much slower.</summary>
    private const double Lively = 0.3;

    /// <summary>One that has not changed for this long may be stuck.</summary>
    private static readonly TimeSpan HeldAfter = TimeSpan.FromMinutes(5);

    /// <summary>Changes of a yes or no within about <see cref="RestlessMemory"/> that coin flips make and people, who come, stay and go, do not.</summary>
    private const double RestlessAbove = 8;
    private static readonly TimeSpan RestlessMemory = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan FlapMemory = TimeSpan.FromHours(1);

    /// <summary>After this much contradiction no more is counted, so that agreement for as long makes up for it.</summary>
    private static readonly TimeSpan LongestGrudge = TimeSpan.FromHours(1.5);

    /// <summary>Whoever switches a lamp is seen or heard within this much before it, or after it: sensors report every half minute or so.</summary>
    private static readonly TimeSpan SwitcherLeads = TimeSpan.FromMinutes(1.5);
    private static readonly TimeSpan SwitcherFollows = TimeSpan.FromMinutes(1);

    /// <summary>A ghost in every fifth report of half a minute leaves few gaps as long as this; a door slammed next door leaves many.</summary>
    private static readonly TimeSpan SignMemory = TimeSpan.FromMinutes(5);

    /// <summary>A yes may count for 3 nats, since an empty room shows signs one twentieth of the time: that is taken to have been seen over this long.</summary>
    private static readonly TimeSpan ShareSeenOver = TimeSpan.FromHours(1);
    private const double UsualShare = 0.05;

    private TimeSpan _contradicted;
    private bool _hasSign;
    private TimeSpan _ghosts;
    private double _mostYes = double.PositiveInfinity;
    private double _flips;
    private double _says;
    private double _freshness;
    private int _opinion;
    private int _contradictedAs;
    private double _changes;
    private bool _hasMoved;
    private DateTimeOffset _changed;
    private DateTimeOffset _askedAbout;

    public string Sensor { get; } = sensor;

    public Quantity Quantity { get; } = quantity;

    public EvidenceKind Kind { get; } = kind;

    public IEvidence Evidence { get; private set; } = kind.Create(calibration);

    public DateTimeOffset Time { get; private set; }

    public double Value { get; private set; }

    /// <summary>The device said that it is gone.</summary>
    public bool IsOffline { get; set; }

    /// <summary>What it added to the room's log-odds at the last fusion.</summary>
    public double ContributionNats { get; set; }

    /// <summary>1 for a sensor that is believed, towards 0 for one that seems stuck.</summary>
    public double Trust { get; private set; } = 1;

    /// <summary>Changes its mind too often to be believed at all.</summary>
    public bool IsFlapping { get; private set; }

    /// <summary>What it sends means nothing any more: stuck, or impossible.</summary>
    public bool IsWorthless { get; set; }

    /// <summary>Quiet for longer than it ever is.</summary>
    public bool IsSilent { get; set; }

    /// <summary>How long at least two others have said the opposite; agreement takes it back.</summary>
    public TimeSpan LongContradicted { get; private set; }

    /// <summary>How much longer it has seen or heard signs than none, while at least two others and the sum of the rest say that nobody is there. One that does so most of the time cannot say it much oftener of people, so its yes tells nothing, however it comes and goes.</summary>
    public TimeSpan Haunted { get; private set; }

    /// <summary>It turned out at the last <see cref="Judge"/> that it sees ghosts: whatever it spoke against deserves another hearing.</summary>
    public bool IsFoundOut { get; private set; }

    /// <summary>1 for yes, -1 for no, 0 for no opinion, at the last <see cref="Weigh"/>; what is stale or not trusted has none.</summary>
    public int Opinion => Standing < 0.5 || Math.Abs(Said) < Undecided ? 0 : Math.Sign(_says);

    /// <summary>What it says, its yes no more than is left to tell after the ghosts that it sees.</summary>
    private double Said => Math.Min(_says, _mostYes);

    /// <summary>What is worth keeping over a restart; a size only where others have borne the lamp out, since a sunbeam may have made it.</summary>
    public LearntSource Learnt => new(Sensor, Quantities.NameOf(Quantity), Record?.Reliance ?? 0, Record is { IsBorneOut: true } ? Evidence.LearntSize : null);

    /// <summary>Goes on from what was learnt before a restart.</summary>
    public void Recall(LearntSource learnt)
    {
        if (Record is not null) Record.Reliance = learnt.Reliance;
        Evidence.LearntSize = learnt.Size;
    }

    /// <summary>Takes a reading; an older one than the latest is out of date and ignored.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="now">The latest fusion, default before the first; tells a wrong clock from a late message.</param>
    public void Add(in Reading reading, DateTimeOffset now)
    {
        if (reading.Time < Time)
        {
            if (now == default || Time <= now + LargestLead) return;
            Evidence = Kind.Create(calibration); // what came before was stamped by a wrong clock
        }

        if (reading.IsRepeat && reading.Value == Value && Time != default)
        {
            (Time, IsOffline) = (reading.Time, false); // alive, but nothing was seen
            return;
        }

        if (Quantities.IsBinary(Quantity) && reading.Value != Value && Time != default && !_hasMoved && !IsRestless)
        {
            Record?.Pardon();
            (_hasMoved, _contradicted, LongContradicted) = (true, TimeSpan.Zero, TimeSpan.Zero); // not stuck; if it lies on, it gets no second pardon
        }

        _changes *= Decay.Left(reading.Time - Time, RestlessMemory);
        if (reading.Value != Value) (_changes, _changed) = (_changes + 1, reading.Time);
        (Time, Value, IsOffline) = (reading.Time, reading.Value, false);
        Evidence.Add(reading.Time, reading.Value);
    }

    /// <summary>1 while its readings come as usual, ageing to 0 in silence.</summary>
    public double Freshness(DateTimeOffset now)
    {
        TimeSpan age = now - Time;
        if (IsOffline || age < -LargestLead) return 0;
        return Decay.Left(age - Kind.Memory / 3, Kind.Memory);
    }

    /// <summary>Its own log-odds at the last <see cref="Weigh"/>, weighed with freshness, trust and record.</summary>
    public double LogOdds => Said * Standing * (Record?.Worth(_says) ?? 1);

    /// <summary>How it has gone with the others in this room; null for a kind that is taken as it is.</summary>
    public TrackRecord? Record { get; } = kind.CreateRecord?.Invoke();

    /// <summary>How far it had a say at the last <see cref="Weigh"/>: freshness and trust, 0..1.</summary>
    public double Standing => _freshness * Trust;

    /// <summary>Asks it what it says now.</summary>
    public void Weigh(DateTimeOffset now) =>
        (_says, _freshness, _hasSign) = (Evidence.LogOdds(now), Freshness(now), Evidence.LastSign(now) is { } sign && now - sign < SignMemory);

    private bool IsHeld => !Quantities.IsBinary(Quantity) || Time - _changed > HeldAfter;

    /// <summary>Comes and goes as people do not: by chance.</summary>
    private bool IsRestless => _changes > RestlessAbove;

    /// <summary>Learns whether to believe a lasting opinion: each moment that the others say the opposite counts against it, until it changes its mind.</summary>
    /// <param name="others">Log-odds of everything that witnesses for or against it.</param>
    /// <param name="witnessed">What two kinds other than lamps agree on.</param>
    /// <param name="together">What its kind as a whole says, where one thing may fool all of them; else 0.</param>
    /// <param name="yes">Sources that say yes.</param>
    /// <param name="no">Sources that say no.</param>
    /// <param name="elapsed">Since the last judgement.</param>
    public void Judge(double others, double witnessed, double together, int yes, int no, TimeSpan elapsed)
    {
        int opinion = Math.Abs(_says) < Undecided ? 0 : Math.Sign(_says);
        _flips *= Decay.Left(elapsed, FlapMemory);
        if (opinion != 0 && opinion != _opinion)
        {
            if (_opinion != 0) _flips++;
            (_opinion, _contradicted) = (opinion, TimeSpan.Zero);
        }

        if (_flips > Kind.MostFlips) IsFlapping = true;
        if (_flips < Kind.MostFlips / 2) IsFlapping = false;
        TimeSpan limit = _opinion > 0 ? Kind.DoubtYesAfter : Kind.DoubtNoAfter;
        if (others * _opinion < -Decided) _contradicted += elapsed * (IsHeld || IsRestless ? Math.Min(-others * _opinion / Decided, MostUrgent) : Lively);
        if (others * _opinion > Decided) (_hasMoved, _contradicted) = (false, new TimeSpan(Math.Clamp((_contradicted - elapsed).Ticks, 0, 3 * limit.Ticks)));
        int shared = opinion == 0 && Math.Abs(together) > Undecided && others * together < 0 ? Math.Sign(together) : opinion; // silent about this lamp so far, but what fools one fools all
        Record?.Keep(shared, others, witnessed, elapsed);
        int against = opinion > 0 ? no : opinion < 0 && !Kind.MayMissPeople ? yes : 0;
        if (opinion * others < -Decided && against >= 2 && !Evidence.IsGuess)
            (LongContradicted, _contradictedAs) = (LongContradicted + elapsed is var longer && longer < LongestGrudge ? longer : LongestGrudge, opinion);
        else if (opinion * others > Decided && (opinion != _contradictedAs || !Quantities.IsBinary(Quantity)))
            LongContradicted = LongContradicted > elapsed ? LongContradicted - elapsed : TimeSpan.Zero; // what never says anything else agrees by chance
        CountGhosts(others, witnessed, no - (opinion < 0 ? 1 : 0), elapsed);
        Trust = IsFlapping || IsWorthless ? 0 : _contradicted <= limit ? 1 : double.Exp2(-((_contradicted - limit) / limit));
    }

    /// <summary>Others name it; it is weighed only by what two kinds other than lamps agree on, since lamps may lie as well.</summary>
    private void CountGhosts(double others, double witnessed, int otherNo, TimeSpan elapsed)
    {
        IsFoundOut = false;
        if (others > -Decided || otherNo < 2 || (_hasSign && IsHeld && Quantities.IsBinary(Quantity))) return;
        TimeSpan change = _hasSign ? elapsed : -elapsed, before = _ghosts;
        Haunted = Within(Haunted + change);
        if (witnessed > -Decided) return;
        _ghosts = Within(_ghosts + change);
        IsFoundOut = before <= FaultWatch.Contradiction && _ghosts > FaultWatch.Contradiction;
        TimeSpan counted = _ghosts - SignMemory; // whoever has just left was seen within that
        _mostYes = counted > TimeSpan.Zero ? Math.Log((ShareSeenOver + counted) / (UsualShare * ShareSeenOver + counted)) : double.PositiveInfinity;

        static TimeSpan Within(TimeSpan sum) => new(Math.Clamp(sum.Ticks, 0, LongestGrudge.Ticks));
    }

    /// <summary>Learns whether somebody was about when it last switched: a lamp that goes on or off with nobody moving is on a timer, or tells of another room.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="lastSign">When somebody last moved or was heard.</param>
    public void AskWhoSwitched(DateTimeOffset now, DateTimeOffset lastSign)
    {
        if (Evidence.LastSwitch is not { } switched || switched == _askedAbout || now - switched < SwitcherFollows) return;
        _askedAbout = switched;
        if (lastSign >= switched - SwitcherLeads) return;
        Record?.SwitchedByNobody();
        Evidence.SwitchedByNobody();
    }

    public string Describe(DateTimeOffset now) =>
        IsFlapping ? $"{Quantities.NameOf(Quantity)} flapping" : Trust < 0.5 ? $"{Quantities.NameOf(Quantity)} stuck at {(_opinion > 0 ? "yes" : "no")} for {Decay.Say(_contradicted)} against all others" : Evidence.Describe(now);
}
