namespace Ambient.Composer.Moods;

/// <summary>Where a mood leads in the course of time: its own values are the beginning, these are the end. What is left out stays.</summary>
/// <remarks>The iso principle of music therapy: meet people where they are, then lead them, so slowly that nobody is pulled.</remarks>
public sealed record MoodJourney
{
    /// <summary>How long the way is, minutes. 5..120.</summary>
    public double Minutes { get; set; } = 40;

    /// <summary>Salient notes a minute at the end.</summary>
    public Bounds? OnsetsPerMinute { get; set; }

    /// <summary>Life of a chord at the end, seconds.</summary>
    public Bounds? DwellSeconds { get; set; }

    /// <summary>Tempo at the end, beats a minute.</summary>
    public Bounds? Bpm { get; set; }

    /// <summary>Loudness at the end, LU relative to -26 LUFS.</summary>
    public double? LoudnessLu { get; set; }

    /// <summary>Timbre at the end, octaves.</summary>
    public double? BrightnessOctaves { get; set; }

    /// <summary>Share of chords without a third at the end.</summary>
    public double? OmitThird { get; set; }

    /// <summary>How far the beginning is where the room is instead of where the mood would be, 0..1.</summary>
    public double Meets { get; set; } = 0.5;
}
