namespace Ambient.Composer.Moods;

/// <summary>A scale as semitones over the tonic.</summary>
public sealed record MoodScale
{
    /// <summary>What musicians call it.</summary>
    public string Name { get; set; } = "";

    /// <summary>Pitch classes of the voice-led layers (bed and floor), 0..11.</summary>
    public int[] Bed { get; set; } = [];

    /// <summary>Pitch classes of the freely timed layer; a pentatonic part of the scale never clashes.</summary>
    public int[] Speak { get; set; } = [];
}
