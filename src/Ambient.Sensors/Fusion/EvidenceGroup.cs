namespace Ambient.Sensors.Fusion;

/// <summary>All sources of one kind, and what they say together.</summary>
internal sealed class EvidenceGroup(EvidenceKind kind)
{
    /// <summary>A sensor staler, or less trusted, than this has no say against a fresh one.</summary>
    private const double FreshEnough = 0.5;

    /// <summary>A sensor that says less than this (probability 0.65) has no opinion, and does not hold up those that do.</summary>
    private const double Undecided = 0.6;

    public List<Source> Sources { get; } = [];

    /// <summary>Log-odds of the group, within its cap.</summary>
    /// <param name="now">The moment.</param>
    /// <param name="without">A source to leave out, or null.</param>
    /// <param name="noteContributions">Whether to write <see cref="Source.ContributionNats"/>.</param>
    public double LogOdds(DateTimeOffset now, Source? without = null, bool noteContributions = false)
    {
        Source? strongest = null;
        double best = 0, total = 0;
        bool bestHasSay = false;
        int count = 0;
        foreach (Source source in Sources)
        {
            source.ContributionNats = noteContributions ? 0 : source.ContributionNats;
            if (source == without) continue;
            double logOdds = source.LogOdds(now);
            total += logOdds;
            count++;
            bool hasSay = Math.Abs(logOdds) >= Undecided && source.Freshness(now) * source.Trust >= FreshEnough;
            if (strongest is not null && (hasSay, logOdds).CompareTo((bestHasSay, best)) <= 0) continue;
            (strongest, best, bestHasSay) = (source, logOdds, hasSay);
        }

        double mean = kind.Pooling == Pooling.StrongestAndMean && count > 1 ? total / count : 0;
        double pooled = Math.Clamp(best + mean, -kind.CapNats, kind.CapNats);
        if (noteContributions && strongest is not null) strongest.ContributionNats = pooled;
        return pooled;
    }
}
