namespace Ambient.Composer.Moods;

/// <summary>The pulse behind the music; in most moods nobody should hear one.</summary>
public sealed record MoodPulse
{
    /// <summary>Beats a minute. 30..120.</summary>
    public Bounds Bpm { get; set; } = new(56, 60);

    /// <summary>How strongly notes are drawn to it: 0 not at all, 1 on the grid of half beats.</summary>
    public double Strength { get; set; } = 0.4;
}
