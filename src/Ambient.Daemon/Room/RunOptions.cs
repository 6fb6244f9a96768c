using Ambient.Sensors.Fusion;

namespace Ambient.Daemon.Room;

/// <summary>How the daemon was asked to run, beyond its configuration.</summary>
/// <param name="Speed">Times real time, frames driving the clock; null for real time by the system's clock.</param>
/// <param name="Start">What the clock says at the first frame; only with <paramref name="Speed"/>.</param>
/// <param name="Calibration">This room's own numbers for fusion; null for the defaults.</param>
internal sealed record RunOptions(double? Speed = null, DateTimeOffset? Start = null, Calibration? Calibration = null);
