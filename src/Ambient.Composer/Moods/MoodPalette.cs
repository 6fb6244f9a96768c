using System.Text.Json.Serialization;
using Ambient.Composer.Theory;

namespace Ambient.Composer.Moods;

/// <summary>Which pitches a mood has: scales, and the tonics that they may stand on.</summary>
public sealed record MoodPalette
{
    private ChordVocabulary? _vocabulary;

    /// <summary>Tonics to choose from: <c>["C", "F", "Bb"]</c>. Neighbours by fifth or third make the smoothest key changes.</summary>
    public string[] Tonics { get; set; } = [];

    /// <summary>Scales to choose from.</summary>
    public MoodScale[] Scales { get; set; } = [];

    /// <summary>How often the key changes, times an hour. 0..12.</summary>
    public double KeyChangesPerHour { get; set; } = 4;

    /// <summary>The chords there are, by name (<see cref="ChordVocabulary.Names"/>): what alto, tenor and bass sound together is one of these or part of one. Empty: any.</summary>
    public string[] Chords { get; set; } = [];

    /// <summary>Intervals in semitones, 1..11, that no two of alto, tenor and bass may form, in any octave.</summary>
    public int[] ForbiddenIntervals { get; set; } = [];

    /// <summary>Share of chords that leave their third out: better vague than wrong. 0..1.</summary>
    public double OmitThird { get; set; } = 0.3;

    /// <summary><see cref="Chords"/>, looked up.</summary>
    [JsonIgnore]
    public ChordVocabulary Vocabulary => _vocabulary ??= ChordVocabulary.Of(Chords);

    /// <summary><see cref="ForbiddenIntervals"/> with their inversions.</summary>
    [JsonIgnore]
    public PitchClassSet Forbidden => PitchClassSet.Of(ForbiddenIntervals.SelectMany(interval => new[] { interval, -interval }));

    /// <summary>The palette on one tonic.</summary>
    public Palette On(int tonicIndex, int scaleIndex)
    {
        int tonic = PitchClassSet.Parse(Tonics[tonicIndex])!.Value; // MoodCheck has seen to it
        MoodScale scale = Scales[scaleIndex];
        return new Palette(tonic, scale.Name, PitchClassSet.Of(scale.Bed).Transpose(tonic), PitchClassSet.Of(scale.Speak).Transpose(tonic));
    }
}
