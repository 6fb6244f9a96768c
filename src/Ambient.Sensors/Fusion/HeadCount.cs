namespace Ambient.Sensors.Fusion;

/// <summary>How many people are in the room, from those that count them: as one answer, as far as they agree with one another and with everything else.</summary>
/// <param name="room">Whether counters see the same people or parts of the room.</param>
internal sealed class HeadCount(RoomFacts room)
{
    /// <summary>Below this weight a count is not shown any more.</summary>
    private const double FreshEnough = 0.5;

    /// <summary>Counters that differ by no more than one person or this share see the same crowd: somebody stands in the door, somebody behind another.</summary>
    private const double SameShare = 0.2;

    /// <summary>From this majority on the others are outvoted; at half, as with one against one, nothing is known.</summary>
    private const double Majority = 0.75;

    /// <summary>Counters that must agree before one that does not is called wrong.</summary>
    private const int Witnesses = 2;

    /// <summary>After this much no more is counted, so that agreement for as long makes up for it.</summary>
    private static readonly TimeSpan LongestGrudge = TimeSpan.FromHours(1.5);

    private readonly List<int> _support = []; // how many say the same as each counter, itself included
    private double _certainty;

    /// <summary>What the counters together say, 0 and up; null where none has a say.</summary>
    public double? Counted { get; private set; }

    /// <summary>How far that is to be believed, 0..1: fresh, trusted, agreed upon, and not against what the room is like.</summary>
    public double Weight { get; private set; }

    /// <summary>Asks the counters.</summary>
    /// <param name="counters">Those that there are, weighed just now; null where there are none.</param>
    /// <param name="breath">How many breathe, for when the counters can't tell; null where that is not known either.</param>
    /// <param name="occupancy">Probability that somebody is there, by all sensors, 0..1.</param>
    public void Count(EvidenceGroup? counters, (double People, double Weight)? breath, double occupancy)
    {
        (Counted, Weight, _certainty) = (null, 0, 0);
        if (counters is not null && room.CountersSeeParts) Add(counters, occupancy);
        else if (counters is not null) Agree(counters, occupancy);
        if (breath is not var (people, weight)) return;
        weight *= BorneOut(people, occupancy);
        if (weight > Weight) (Counted, Weight, _certainty) = (people, weight, BreathCount.Certainty);
    }

    /// <summary>The number to show, and how sure it is. Where nobody counts, all that can be known is that the room is empty; null rather than a guess.</summary>
    /// <param name="isOccupied">Whether somebody is there: a count never says the opposite.</param>
    /// <param name="occupancy">How probable that is.</param>
    /// <param name="confidence">How far that rests on fresh evidence.</param>
    public (int? People, double Confidence) Answer(bool isOccupied, double occupancy, double confidence)
    {
        double counted = Weight * _certainty;
        double empty = confidence * (1 - occupancy);
        if (isOccupied) return Weight >= FreshEnough && Counted >= 0.5 ? ((int)Math.Round(Counted.Value, MidpointRounding.AwayFromZero), counted) : (null, 0);
        if (Weight >= FreshEnough && Counted < 0.5) return (0, Math.Max(counted, empty));
        return empty >= FreshEnough ? (0, empty) : (null, 0);
    }

    /// <summary>Notes for how long each counter has differed from at least two that agree with each other; agreement takes it back.</summary>
    public void Judge(EvidenceGroup? counters, TimeSpan elapsed)
    {
        if (counters is null || room.CountersSeeParts) return;
        _support.Clear();
        foreach (Source source in counters.Sources)
        {
            int support = 0;
            foreach (Source other in counters.Sources)
                if (HasSay(other) && IsSame(other.Value, source.Value)) support++;
            _support.Add(HasSay(source) ? support : 0);
        }

        for (int i = 0; i < _support.Count; i++)
        {
            if (_support[i] == 0 || counters.Sources[i].Evidence is not PeopleEvidence evidence) continue;
            bool isOutvoted = false;
            for (int j = 0; j < _support.Count && !isOutvoted; j++)
                isOutvoted = _support[j] >= Witnesses && _support[j] > _support[i] && !IsSame(counters.Sources[i].Value, counters.Sources[j].Value);
            evidence.Outvoted = new TimeSpan(Math.Clamp((evidence.Outvoted + (isOutvoted ? elapsed : -elapsed)).Ticks, 0, LongestGrudge.Ticks));
        }
    }

    private void Agree(EvidenceGroup counters, double occupancy)
    {
        double total = 0, agreed = 0;
        foreach (Source one in counters.Sources)
        {
            double mine = Believed(one, occupancy), with = 0, sum = 0, strongest = 0, doubt = 1;
            total += mine;
            if (mine == 0) continue;
            foreach (Source other in counters.Sources)
            {
                double weight = Believed(other, occupancy);
                if (weight == 0 || !IsSame(other.Value, one.Value)) continue;
                (with, sum, strongest) = (with + weight, sum + weight * other.Value, Math.Max(strongest, weight));
                doubt *= 1 - counters.Kind.Certainty * weight;
            }

            if (with <= agreed) continue;
            (agreed, Counted, Weight, _certainty) = (with, sum / with, strongest, 1 - doubt);
        }

        if (agreed > 0) Weight *= Math.Clamp((agreed / total - 0.5) / (Majority - 0.5), 0, 1);
    }

    /// <summary>What one part does not tell nobody knows.</summary>
    private void Add(EvidenceGroup counters, double occupancy)
    {
        double sum = 0, weakest = 1;
        foreach (Source part in counters.Sources)
        {
            sum += part.Value;
            weakest = Math.Min(weakest, part.IsSilent ? 0 : Worth(part));
        }

        (Counted, Weight, _certainty) = (sum, weakest * BorneOut(sum, occupancy), counters.Kind.Certainty);
    }

    private static double Believed(Source source, double occupancy) => source.IsSilent ? 0 : Worth(source) * BorneOut(source.Value, occupancy);

    /// <summary>One that has long counted people in an empty room is no better by day.</summary>
    private static double Worth(Source source) => source.Standing * (source.Record?.Worth(source.Value > 0 ? 1 : -1) ?? 1);

    private static bool HasSay(Source source) => !source.IsSilent && source.Standing >= FreshEnough;

    /// <summary>Everything together is not against it: nobody in a room that seems empty, somebody in one that does not.</summary>
    private static double BorneOut(double people, double occupancy) => Math.Min(1, 2 * (people > 0 ? occupancy : 1 - occupancy));

    private static bool IsSame(double a, double b) => a > 0 == b > 0 && Math.Abs(a - b) <= Math.Max(1, SameShare * Math.Max(a, b));
}
