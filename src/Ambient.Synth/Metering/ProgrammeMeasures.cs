namespace Ambient.Synth.Metering;

/// <summary>What can be measured on a stereo programme without knowing its notes.</summary>
public sealed record ProgrammeMeasures
{
    /// <summary>Length, s.</summary>
    public required double Seconds { get; init; }

    /// <summary>Integrated loudness, LUFS; -∞ for silence.</summary>
    public required double IntegratedLufs { get; init; }

    /// <summary>Loudness range, LU.</summary>
    public required double LoudnessRangeLu { get; init; }

    /// <summary>True peak, dBTP; -∞ for silence.</summary>
    public required double TruePeakDbtp { get; init; }

    /// <summary>Largest momentary loudness over the ten seconds before, LU.</summary>
    public required double JumpLu { get; init; }

    /// <summary>Largest short-term rise in ten seconds, LU.</summary>
    public required double RiseLu { get; init; }

    /// <summary>Peak over rms, dB.</summary>
    public required double CrestDb { get; init; }

    /// <summary>Octave levels' slope, dB/octave.</summary>
    public required double SlopeDbPerOctave { get; init; }

    /// <summary>Octave levels 63 Hz to 8 kHz relative to 500 Hz, dB.</summary>
    public required IReadOnlyList<double> OctavesDb { get; init; }

    /// <summary>Spectral centroid, median of seconds, Hz.</summary>
    public required double CentroidHz { get; init; }

    /// <summary>Spectral centroid, 95th percentile of seconds, Hz.</summary>
    public required double CentroidP95Hz { get; init; }

    /// <summary>Sharpness, uncalibrated (<see cref="BarkBands.Sharpness"/>).</summary>
    public required double Sharpness { get; init; }

    /// <summary>A-weighted share of 2 to 5 kHz, dB.</summary>
    public required double PresenceDb { get; init; }

    /// <summary>Rms modulation depth at 15 to 150 Hz.</summary>
    public required double Roughness { get; init; }

    /// <summary>Rms modulation depth at 1 to 12 Hz while nothing begins.</summary>
    public required double Fluctuation { get; init; }

    /// <summary>Correlation of the channels, mean of seconds.</summary>
    public required double Correlation { get; init; }

    /// <summary>Correlation of the channels, least of all five seconds.</summary>
    public required double CorrelationMin { get; init; }

    /// <summary>Most that an octave band loses in mono, dB.</summary>
    public required double FoldDownLossDb { get; init; }

    /// <summary>When something begins, s.</summary>
    public required IReadOnlyList<double> Onsets { get; init; }

    /// <summary>When something startles, s.</summary>
    public required IReadOnlyList<double> Outliers { get; init; }

    /// <summary>Cosine of the two most similar passages of ten seconds.</summary>
    public required double RepeatedPassage { get; init; }

    /// <summary>How far the best lag stands out; 1 for a loop.</summary>
    public required double LoopRidge { get; init; }

    /// <summary>Largest novelty in robust spreads, and when, s.</summary>
    public required (double Spreads, double Second) Novelty { get; init; }

    /// <summary>Constant part of the worse channel, 0..1.</summary>
    public required double Dc { get; init; }

    /// <summary>Level of the last ten seconds, dBFS rms.</summary>
    public required double EndDb { get; init; }
}
