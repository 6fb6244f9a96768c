namespace Ambient.Sensors.Fusion;

/// <summary>A people counter: strong, but it drifts when it misses somebody at the door.</summary>
internal sealed class PeopleEvidence : IEvidence
{
    private const double Counted = 3;

    private double? _people;

    /// <inheritdoc/>
    public TimeSpan Outvoted { get; set; }

    /// <inheritdoc/>
    public void Add(DateTimeOffset time, double value) => _people = value;

    /// <inheritdoc/>
    public double LogOdds(DateTimeOffset now) => _people switch { null => 0, > 0 => Counted, _ => -Counted };

    /// <inheritdoc/>
    public string Describe(DateTimeOffset now) => FormattableString.Invariant($"{_people:0} people counted");
}
