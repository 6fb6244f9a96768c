namespace Ambient.Sensors.Fusion;

/// <summary>What one quantity of one sensor says about whether somebody is there: a small recursive filter of its own.</summary>
internal interface IEvidence
{
    /// <summary>Takes a reading; times never go back.</summary>
    void Add(DateTimeOffset time, double value);

    /// <summary>Log-likelihood ratio, occupied over empty, in nats: positive speaks for somebody, 0 says nothing. Bounded.</summary>
    double LogOdds(DateTimeOffset now);

    /// <summary>The lamps went out: what was seen before was, as likely as not, somebody on the way out, and only what comes from now on tells of those who stay.</summary>
    void Depart()
    {
    }

    /// <summary>The size of what it watches, once that is known (a lamp, lx); kept over a restart. Null where there is none.</summary>
    double? LearntSize
    {
        get => null;
        set { }
    }

    /// <summary>When somebody last moved or was heard there; null where this quantity can't tell.</summary>
    DateTimeOffset? LastSign(DateTimeOffset now) => null;

    /// <summary>When it last switched; null where nothing is switched.</summary>
    DateTimeOffset? LastSwitch => null;

    /// <summary>The last switch was nobody's doing: it tells no more than the light that there is.</summary>
    void SwitchedByNobody()
    {
    }

    /// <summary>Nothing of what it watches is known yet, so that what it says is a guess, and no lie where others say the opposite.</summary>
    bool IsGuess => false;

    /// <summary>How much is going on there, 0..1; null where this quantity can't tell.</summary>
    double? Activity(DateTimeOffset now) => null;

    /// <summary>How long at least two that measure the same have agreed on another number; zero where there is no number to agree on.</summary>
    TimeSpan Outvoted => TimeSpan.Zero;

    /// <summary>What it rests on, for people: <c>motion 14 s ago</c>.</summary>
    string Describe(DateTimeOffset now);
}
