namespace Ambient.Daemon.Schedules;

/// <summary>What a schedule asks for at an instant.</summary>
/// <param name="Mood">Mood; null when the schedule leaves it to the zone's default.</param>
/// <param name="Level">0..100, before quiet hours; null when the schedule names none.</param>
/// <param name="MaxLevel">Cap of the quiet hours, 0..100; null outside them.</param>
/// <param name="IsDefault">Nothing is planned: <paramref name="Mood"/> and <paramref name="Level"/> are the schedule's default.</param>
public sealed record ScheduleState(string? Mood, int? Level, int? MaxLevel, bool IsDefault)
{
    /// <summary><see cref="Level"/> after quiet hours.</summary>
    public int? CappedLevel => Level is { } level && MaxLevel is { } cap ? Math.Min(level, cap) : Level;

    /// <summary>Whether mood and level, after quiet hours, are the same; a level left to the mood stays left to it.</summary>
    public bool SoundsLike(ScheduleState other) => Mood == other.Mood && CappedLevel == other.CappedLevel;
}
