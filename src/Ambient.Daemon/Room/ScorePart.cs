namespace Ambient.Daemon.Room;

/// <summary>Which file of a run of the daemon.</summary>
/// <param name="Run">The run, named by the time it began at: <c>20260302T090000</c>.</param>
/// <param name="Number">Counted from 0.</param>
/// <param name="FirstFrame">Where the music stood when the file began.</param>
internal sealed record ScorePart(string Run, int Number, long FirstFrame);
