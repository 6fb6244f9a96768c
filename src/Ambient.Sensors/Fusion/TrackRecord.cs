namespace Ambient.Sensors.Fusion;

/// <summary>How well a source has gone with all else in this room, over hours and days: whether people keep to their lamps, whether a PIR sees ghosts.</summary>
/// <param name="best">Most that it can earn: 1 where a good record makes its no count double, 0 where it only restores the default.</param>
/// <param name="losesYes">Time of a contradicted yes that costs 1, in the good half.</param>
/// <param name="losesNo">The same for a no; null where a no is never held against it.</param>
internal sealed class TrackRecord(double best, TimeSpan losesYes, TimeSpan? losesNo)
{
    /// <summary>The others contradict, or agree, from here on: more than one weak kind says (probability 0.86).</summary>
    private const double Decided = 1.8;

    /// <summary>When all others are sure it counts this much more.</summary>
    private const double MostUrgent = 2.5;

    /// <summary>Once in the bad half it falls this much faster: one quarrel is an exception, a second a habit.</summary>
    private const double FallsFaster = 4;

    /// <summary>What a switch by nobody costs a good record: two of them end it.</summary>
    private const double UnseenSwitch = 0.6;

    /// <summary>Before anything is known: most people do switch lamps, so they begin with some credit.</summary>
    private const double AtFirst = 0.5;

    /// <summary>Agreement that earns 1: a working day and its night undo a bad record, one quiet hour does not.</summary>
    private static readonly TimeSpan Earns = TimeSpan.FromHours(6);

    /// <summary>A witness that turns out to lie had so long to do it.</summary>
    private static readonly TimeSpan LossMemory = TimeSpan.FromHours(3);

    private double _lost;

    /// <summary>1 for one that has long gone with all else, 0 unknown, -1 for one that tells nothing in this room.</summary>
    public double Reliance
    {
        get;
        set => field = Math.Clamp(value, -1, best);
    } = Math.Min(AtFirst, best);

    /// <summary>Better than at first.</summary>
    public bool IsBorneOut => Reliance > AtFirst;

    /// <summary>What its words are worth, as a share of the default.</summary>
    public double Worth(double says) => (Reliance > 0 ? says < 0 : says > 0 || losesNo is not null) ? 1 + Reliance : 1;

    /// <summary>It turned out not to be stuck: a bad record came from that.</summary>
    public void Pardon() => Reliance = Math.Max(Reliance, 0);

    /// <summary>Somebody who spoke against it sees ghosts: what its "nobody there" has cost it of late is given back.</summary>
    public void Restore() => (Reliance, _lost) = (Reliance + _lost, 0);

    /// <summary>It switched with nobody moving or to be heard: a good record was luck. No worse than unknown, since whoever switched may have stood where no sensor looks.</summary>
    public void SwitchedByNobody() => Reliance = Math.Min(Reliance, Math.Max(Reliance - UnseenSwitch, 0));

    /// <summary>Takes down how its opinion went with the others.</summary>
    /// <param name="opinion">1, -1, or 0 for none.</param>
    /// <param name="others">Log-odds of the others.</param>
    /// <param name="witnessed">What two kinds other than lamps agree on: where lamps lie, a PIR must not be judged by them, nor lamps by a broken PIR alone.</param>
    /// <param name="elapsed">Since the last time.</param>
    public void Keep(int opinion, double others, double witnessed, TimeSpan elapsed)
    {
        double agreement = opinion * (others * witnessed <= 0 ? 0 : Math.MinMagnitude(others, witnessed));
        _lost *= Decay.Left(elapsed, LossMemory);
        double before = Reliance;
        bool isToItsCredit = losesNo is null ? opinion < 0 : opinion > 0; // a ghost seer is right whenever people are there, and dark at night costs nothing to say
        if (agreement > Decided && isToItsCredit)
            Reliance += elapsed / Earns;
        else if (agreement < -Decided && (opinion > 0 ? losesYes : losesNo) is { } limit)
            Reliance -= elapsed / limit * (Reliance < 0 ? FallsFaster : 1) * Math.Min(-agreement / Decided, MostUrgent);
        if (opinion < 0) _lost += Math.Max(0, before - Reliance);
    }
}
