namespace Ambient.Daemon.Cli;

/// <summary>What fusion said at one row of a recording.</summary>
internal readonly record struct ReplayedMoment(DateTimeOffset Time, bool? Label, double Occupancy, bool IsOccupied);
