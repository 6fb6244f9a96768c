namespace Ambient.Daemon.Control;

/// <summary>What overrides and schedule come to, before the zone's own defaults.</summary>
/// <param name="Mood">Null: nobody names one, the zone's default holds.</param>
/// <param name="MoodPriority">Priority that decided the mood.</param>
/// <param name="MoodSource">Who decided the mood: an author, <c>schedule</c> or <c>default</c>.</param>
/// <param name="MoodUntil">When an override of the mood lapses; null for every other source.</param>
/// <param name="Level">0..100, before quiet hours. Null: nobody names one, the mood's own holds.</param>
/// <param name="LevelPriority">Priority that decided the level; the mood's where nobody names one.</param>
/// <param name="LevelSource">As <paramref name="MoodSource"/>; <c>mood</c> where nobody names a level.</param>
/// <param name="MaxLevel">Cap of the quiet hours; null outside them, and above them for life safety.</param>
public sealed record Resolution(string? Mood, int MoodPriority, string MoodSource, DateTimeOffset? MoodUntil, int? Level, int LevelPriority, string LevelSource, int? MaxLevel)
{
    /// <summary><see cref="Level"/> after quiet hours.</summary>
    public int? CappedLevel => Level is { } level && MaxLevel is { } cap ? Math.Min(level, cap) : Level;
}
