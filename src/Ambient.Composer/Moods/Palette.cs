using Ambient.Composer.Theory;

namespace Ambient.Composer.Moods;

/// <summary>The pitch classes in force: one scale of a mood on one tonic.</summary>
/// <param name="Tonic">Pitch class of the tonic, 0..11.</param>
/// <param name="ScaleName">What musicians call the scale.</param>
/// <param name="Bed">What alto, tenor and bass may sound.</param>
/// <param name="Speak">What the soprano may sound.</param>
public sealed record Palette(int Tonic, string ScaleName, PitchClassSet Bed, PitchClassSet Speak)
{
    /// <summary>For people: <c>F major pentatonic</c>.</summary>
    public string Name => $"{PitchClassSet.NameOf(Tonic)} {ScaleName}";
}
