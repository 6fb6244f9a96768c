namespace Ambient.Daemon.Room;

/// <summary>Lines that a score log could not keep.</summary>
/// <param name="Frame">First frame that can't be told without them.</param>
/// <param name="Lines">How many.</param>
/// <param name="Reason">Why, for people.</param>
internal sealed record ScoreGap(long Frame, long Lines, string Reason);
