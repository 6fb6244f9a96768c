namespace Ambient.Daemon.Control;

/// <summary>All that a control plane has to know again after a restart.</summary>
/// <param name="SavedAt">By the clock that drives the daemon.</param>
/// <param name="Schedules">As they were sent, by id.</param>
/// <param name="Calendars">As they were sent, by name.</param>
/// <param name="Overrides">What still holds.</param>
/// <param name="Deliveries">Marks of the last commands, see <see cref="Delivery"/>.</param>
public sealed record ControlMemento(
    DateTimeOffset SavedAt, IReadOnlyDictionary<string, string> Schedules, IReadOnlyDictionary<string, string> Calendars, IReadOnlyList<ControlMemento.Held> Overrides, IReadOnlyList<string>? Deliveries = null)
{
    /// <summary>A mood or a level at a priority.</summary>
    /// <param name="Priority">1..14.</param>
    /// <param name="Mood">Null where it is about the level.</param>
    /// <param name="Level">Null where it is about the mood.</param>
    /// <param name="By">Who asked.</param>
    /// <param name="Until">The instant at which it lapses, restart or not; null holds until released.</param>
    public sealed record Held(int Priority, string? Mood, int? Level, string By, DateTimeOffset? Until);
}
