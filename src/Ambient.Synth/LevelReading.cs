namespace Ambient.Synth;

/// <summary>How loud the programme was over some stretch.</summary>
/// <param name="PeakDbfs">Highest sample; -120 for silence.</param>
/// <param name="RmsDbfs">Root mean square over both channels, a full-scale square being 0; -120 for silence.</param>
public readonly record struct LevelReading(double PeakDbfs, double RmsDbfs)
{
    /// <summary>What stands for digital silence.</summary>
    public const double SilentDbfs = -120;
}
