using Ambient.Composer.Theory;

namespace Ambient.Composer.Moods;

/// <summary>Which pitches a mood has: scales, and the tonics that they may stand on.</summary>
public sealed record MoodPalette
{
    /// <summary>Tonics to choose from: <c>["C", "F", "Bb"]</c>. Neighbours by fifth or third make the smoothest key changes.</summary>
    public string[] Tonics { get; set; } = [];

    /// <summary>Scales to choose from.</summary>
    public MoodScale[] Scales { get; set; } = [];

    /// <summary>How often the key changes, times an hour. 0..12.</summary>
    public double KeyChangesPerHour { get; set; } = 4;

    /// <summary>The palette on one tonic.</summary>
    public Palette On(int tonicIndex, int scaleIndex)
    {
        int tonic = PitchClassSet.Parse(Tonics[tonicIndex])!.Value; // MoodCheck has seen to it
        MoodScale scale = Scales[scaleIndex];
        return new Palette(tonic, scale.Name, PitchClassSet.Of(scale.Bed).Transpose(tonic), PitchClassSet.Of(scale.Speak).Transpose(tonic));
    }
}
