using System.Text.Json.Serialization;

namespace Ambient.Daemon.Control;

/// <summary>What the room should sound like at an instant, and because of whom. Published as <c>ambient/&lt;zone&gt;/effective</c>.</summary>
/// <param name="Mood">Mood name.</param>
/// <param name="Level">0..100, after quiet hours; where nobody names a level, the mood's own.</param>
/// <param name="Priority">Priority that decided the mood, see <see cref="Priorities"/>.</param>
/// <param name="Source">Who decided the mood: the author of an override, <c>schedule</c> or <c>default</c>.</param>
/// <param name="Until">When that source lets go of the mood or changes it; null if not by itself.</param>
/// <param name="Next">The next planned change of mood or level; null if there is none.</param>
/// <param name="LevelSource">Who decided the level, in the same words; <c>mood</c> for the mood's own level; with <c>, quiet hours</c> where those capped it.</param>
public sealed record EffectiveState(string Mood, int Level, int Priority, string Source, DateTimeOffset? Until, NextChange? Next, string LevelSource)
{
    /// <summary>Whether an override decided the level: somebody wants it as it is. Not published.</summary>
    [JsonIgnore]
    public bool IsLevelByPerson { get; init; }
}
