namespace Ambient.Composer.Moods;

/// <summary>The room around the sound.</summary>
public sealed record MoodReverb
{
    /// <summary>Time to fall by 60 dB at 1 kHz, seconds. 0.5..10.</summary>
    public double Rt60Seconds { get; set; } = 3.5;

    /// <summary>Level of the reverb against the dry sound, 1 = 0 dB. 0..1.</summary>
    public double Wet { get; set; } = 0.4;
}
