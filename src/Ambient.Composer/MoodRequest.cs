namespace Ambient.Composer;

/// <summary>What is asked of the conductor.</summary>
/// <param name="Mood">Name of a mood in the library.</param>
/// <param name="Level">0 (silent) to 100 (the zone's maximum), 0.5 dB a step; null is the mood's own.</param>
/// <param name="IsUrgent">On the next beat instead of as the moods' rules have it: life safety, critical equipment.</param>
/// <param name="IsByPerson">Somebody pressed a button and wants an answer: the music bows at once, and changes as promptly as an urgent request.</param>
public readonly record struct MoodRequest(string Mood, double? Level = null, bool IsUrgent = false, bool IsByPerson = false)
{
    /// <summary>Levels are this many dB apart.</summary>
    public const double DbPerLevelStep = 0.5;
}
