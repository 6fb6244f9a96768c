namespace Ambient.Sensors.Fusion;

/// <summary>One quantity of one sensor: its evidence, how fresh it is, and how far it is believed.</summary>
internal sealed class Source(string sensor, Quantity quantity, EvidenceKind kind)
{
    /// <summary>A reading this far ahead of the clock comes from a wrong clock; nothing it says counts until time catches up.</summary>
    private static readonly TimeSpan LargestLead = TimeSpan.FromMinutes(1);

    private TimeSpan _contradicted;

    public string Sensor { get; } = sensor;

    public Quantity Quantity { get; } = quantity;

    public EvidenceKind Kind { get; } = kind;

    public IEvidence Evidence { get; private set; } = kind.Create();

    public DateTimeOffset Time { get; private set; }

    public double Value { get; private set; }

    /// <summary>The device said that it is gone.</summary>
    public bool IsOffline { get; set; }

    /// <summary>What it added to the room's log-odds at the last fusion.</summary>
    public double ContributionNats { get; set; }

    /// <summary>1 for a sensor that is believed, towards 0 for one that seems stuck.</summary>
    public double Trust { get; private set; } = 1;

    /// <summary>Takes a reading; an older one than the latest is out of date and ignored.</summary>
    /// <param name="reading">The reading.</param>
    /// <param name="now">The latest fusion, default before the first; tells a wrong clock from a late message.</param>
    public void Add(in Reading reading, DateTimeOffset now)
    {
        if (reading.Time < Time)
        {
            if (now == default || Time <= now + LargestLead) return;
            Evidence = Kind.Create(); // what came before was stamped by a wrong clock
        }

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

    /// <summary>Its log-odds now, weighed with freshness and trust.</summary>
    public double LogOdds(DateTimeOffset now) => Evidence.LogOdds(now) * Freshness(now) * Trust;

    /// <summary>Whether it has been saying yes without a break, so that it may be stuck.</summary>
    public bool MayStick => Kind.StuckAfter is not null && Value > 0.5;

    /// <summary>Learns whether to believe a lasting yes: each moment that all others together say no counts against it.</summary>
    /// <param name="others">Log-odds of everything but this source.</param>
    /// <param name="elapsed">Since the last judgement.</param>
    public void Judge(double others, TimeSpan elapsed)
    {
        if (Kind.StuckAfter is not { } limit) return;
        if (!MayStick) _contradicted = TimeSpan.Zero;
        else if (others < 0) _contradicted += elapsed;
        Trust = _contradicted <= limit ? 1 : double.Exp2(-((_contradicted - limit) / limit));
    }

    public string Describe(DateTimeOffset now) =>
        Trust < 0.5 ? $"{Quantities.NameOf(Quantity)} stuck at yes for {Decay.Say(_contradicted)} against all others" : Evidence.Describe(now);
}
