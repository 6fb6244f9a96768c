namespace Ambient.Daemon.Control;

/// <summary>A value that somebody asked for at some priority.</summary>
/// <typeparam name="T">Mood name or level.</typeparam>
/// <param name="Value">What was asked for.</param>
/// <param name="By">Who asked, for people.</param>
/// <param name="Until">When it lapses by itself, exclusive; null holds until released.</param>
/// <param name="Since">When it was asked for; the beginning of time where that is not known, as after a restart.</param>
public readonly record struct Command<T>(T Value, string By, DateTimeOffset? Until, DateTimeOffset Since = default)
{
    /// <summary>Whether it still holds.</summary>
    public bool HoldsAt(DateTimeOffset now) => Until is not { } until || now < until;
}
