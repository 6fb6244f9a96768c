namespace Ambient.Daemon.Control;

/// <summary>When the room will next sound different by plan, and how.</summary>
/// <param name="At">When, with the site's offset.</param>
/// <param name="Mood">The mood that holds from then on.</param>
public sealed record NextChange(DateTimeOffset At, string Mood);
