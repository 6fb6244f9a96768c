namespace Ambient.Sensors.Fusion;

/// <summary>All sources of one kind, and what they say together.</summary>
/// <param name="kind">The kind.</param>
/// <param name="weight">Share of its default weight, by calibration.</param>
internal sealed class EvidenceGroup(EvidenceKind kind, double weight)
{
    /// <summary>A sensor staler, or less trusted, than this has no say against a fresh one.</summary>
    private const double FreshEnough = 0.5;

    /// <summary>A sensor that says less than this (probability 0.74), such as light of which no switching is known yet, has no opinion, and does not hold up those that do.</summary>
    private const double Undecided = 1.05;

    /// <summary>Of several light sensors those that know must see this share of the light, so that the others can't be wrong by more than the rest.</summary>
    private const double Understood = 0.8;

    public EvidenceKind Kind { get; } = kind;

    public List<Source> Sources { get; } = [];

    /// <summary>Log-odds of the group when its sources were last weighed, within its cap.</summary>
    /// <param name="without">A source to leave out, or null.</param>
    /// <param name="noteContributions">Whether to write <see cref="Source.ContributionNats"/>.</param>
    public double LogOdds(Source? without = null, bool noteContributions = false)
    {
        Source? strongest = null;
        double best = 0, total = 0;
        bool bestHasSay = false;
        int count = 0;
        foreach (Source source in Sources)
        {
            source.ContributionNats = noteContributions ? 0 : source.ContributionNats;
            if (source == without) continue;
            double logOdds = source.LogOdds;
            total += logOdds;
            count++;
            bool hasSay = Math.Abs(logOdds) >= Undecided && source.Standing >= FreshEnough;
            if (strongest is not null && (hasSay, logOdds).CompareTo((bestHasSay, best)) <= 0) continue;
            (strongest, best, bestHasSay) = (source, logOdds, hasSay);
        }

        double mean = Kind.Pooling == Pooling.StrongestAndMean && count > 1 ? total / count : 0;
        double pooled = weight * Math.Clamp(best + mean, -Kind.NoNats * (1 + Math.Max(0, strongest?.Record?.Reliance ?? 0)), Kind.YesNats);
        if (noteContributions && strongest is not null) strongest.ContributionNats = pooled;
        return pooled;
    }

    /// <summary>The liveliest of its sensors, 0..1, and how fresh the freshest is, 0..1; both weighed by trust, 0 where none tells of activity.</summary>
    public (double Liveliest, double Freshness) Activity(DateTimeOffset now)
    {
        double liveliest = 0, freshness = 0;
        foreach (Source source in Sources)
        {
            if (source.Evidence.Activity(now) is not { } activity) continue;
            double fresh = source.Freshness(now) * source.Trust;
            liveliest = Math.Max(liveliest, activity * fresh);
            freshness = Math.Max(freshness, fresh);
        }

        return (liveliest, freshness);
    }

    /// <summary>The mean over its sensors, weighed by freshness, and how fresh the freshest is; null where none is.</summary>
    /// <param name="now">Time of the question.</param>
    /// <param name="meanOfEnergy">Whether values are decibels, of which the energies are averaged.</param>
    public (double? Value, double Freshness) Latest(DateTimeOffset now, bool meanOfEnergy)
    {
        double sum = 0, weight = 0, freshest = 0;
        foreach (Source source in Sources)
        {
            double freshness = source.Freshness(now);
            sum += freshness * (meanOfEnergy ? Math.Pow(10, source.Value / 10) : source.Value);
            weight += freshness;
            freshest = Math.Max(freshest, freshness);
        }

        if (weight == 0) return (null, 0);
        return (meanOfEnergy ? 10 * Math.Log10(sum / weight) : sum / weight, freshest);
    }

    /// <summary>The share of daylight in the light of its sensors, 0..1, weighed by freshness; null while less of the light is understood than <see cref="Understood"/>, or where there is none.</summary>
    public double? DaylightShare(DateTimeOffset now)
    {
        double light = 0, understood = 0, daylight = 0;
        foreach (Source source in Sources)
        {
            if (source.Freshness(now) is not (> 0 and var freshness)) continue;
            light += freshness * source.Value;
            if (((LightEvidence)source.Evidence).DaylightLux is not { } lux) continue;
            understood += freshness * source.Value;
            daylight += freshness * lux;
        }

        return light > 0 && understood >= Understood * light ? daylight / understood : null;
    }
}
