namespace Ambient.Composer.Moods;

/// <summary>Echoes in time with the hidden pulse, from side to side, each softer and rounder than the one before.</summary>
public sealed record MoodDelay
{
    /// <summary>Longest time between two echoes that the synthesiser has room for, seconds.</summary>
    public const double MaxSeconds = 2.7;

    /// <summary>Beats from one echo to the next. 0.25..4, and no longer than 2.7 s at the mood's slowest tempo.</summary>
    public double Beats { get; set; } = 1;

    /// <summary>What an echo leaves to the next one: 0.5 is half, -6 dB. 0..0.9.</summary>
    public double Feedback { get; set; } = 0.5;

    /// <summary>Level of the first echo against what is sent to the reverb, 1 = 0 dB. 0..1; 0 is no delay.</summary>
    public double Wet { get; set; }
}
