namespace Ambient.Sensors.Acoustics;

/// <summary>What one second sounded like, in levels only: no order, phase or waveform from which speech could be rebuilt.</summary>
public sealed record SoundLevels
{
    /// <summary>A-weighted equivalent level of this second, the microphone's own noise taken away, dB.</summary>
    public required double LAeq1s { get; init; }

    /// <summary>C-weighted equivalent level of this second, dB.</summary>
    public required double LCeq1s { get; init; }

    /// <summary>A-weighted equivalent level of the last minute (as much of it as there is), dB.</summary>
    public required double LAeq1min { get; init; }

    /// <summary>Highest A-weighted level of this second with time weighting F (125 ms), dB.</summary>
    public required double LAFmax { get; init; }

    /// <summary>Level exceeded during 10 % of the last minute: what stands out, dB.</summary>
    public required double LA10 { get; init; }

    /// <summary>Level exceeded during half of the last minute, dB.</summary>
    public required double LA50 { get; init; }

    /// <summary>Level exceeded during 90 % of the last minute: the background, dB.</summary>
    public required double LA90 { get; init; }

    /// <summary>Unweighted equivalent level of this second per octave, 31.5 Hz to 8 kHz, dB.</summary>
    public required IReadOnlyList<double> OctavesDb { get; init; }

    /// <summary>The converter was driven to its end: the true level is higher.</summary>
    public required bool IsOverloaded { get; init; }

    /// <summary>The room is quieter than the microphone can tell; the level is an upper bound, its own noise.</summary>
    public required bool IsBelowRange { get; init; }
}
