namespace Ambient.Sensors.Fusion;

/// <summary>A door or window contact: whoever moved it is near, for a moment. Standing open or closed it says nothing.</summary>
internal sealed class ContactEvidence : IEvidence
{
    /// <summary>They may come or go: a nudge towards "there" that other sensors confirm or not.</summary>
    private const double Moved = 1;

    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(3);

    private double? _state;
    private DateTimeOffset? _moved;

    /// <inheritdoc/>
    public void Add(DateTimeOffset time, double value)
    {
        if (_state is not null && _state != value) _moved = time;
        _state = value;
    }

    /// <inheritdoc/>
    public double LogOdds(DateTimeOffset now) => _moved is { } moved ? Moved * Decay.Left(now - moved, Memory) : 0;

    /// <inheritdoc/>
    public string Describe(DateTimeOffset now) => _moved is { } moved ? $"door moved {Decay.Say(now - moved)} ago" : "door at rest";
}
