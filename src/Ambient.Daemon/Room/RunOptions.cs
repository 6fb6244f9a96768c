namespace Ambient.Daemon.Room;

/// <summary>How the daemon was asked to run, beyond its configuration.</summary>
/// <param name="Speed">Times real time, frames driving the clock; null for real time by the system's clock.</param>
/// <param name="Start">What the clock says at the first frame; only with <paramref name="Speed"/>.</param>
internal sealed record RunOptions(double? Speed = null, DateTimeOffset? Start = null);
