using Ambient.Daemon.Configuration;

namespace Ambient.Daemon.Audio;

/// <summary>Shifts the level with the room's own noise, slowly and a little.</summary>
/// <remarks>
/// A third of a decibel per decibel: even where all that is taken for noise is our own music, three decibels more of it ask for one
/// more, so the loop gain never exceeds 1/3 and the shift comes to rest, whatever the coupling of the room was taken for.
/// </remarks>
internal sealed class NoiseFollower(NoiseFollowConfig config)
{
    private const double Slope = 1.0 / 3;

    /// <summary>Shift now, dB.</summary>
    public double ShiftDb { get; private set; }

    /// <summary>Lets time pass.</summary>
    /// <param name="noiseDba">The room's noise without our own sound; null where nobody measures: the shift goes back to 0.</param>
    /// <param name="isHeld">A person has set the level: what they hear stays as they set it.</param>
    /// <param name="seconds">Since the last call.</param>
    public void Advance(double? noiseDba, bool isHeld, double seconds)
    {
        if (isHeld) return;
        double target = noiseDba is { } noise ? Math.Clamp(Slope * (noise - config.ReferenceDba), -config.Db, config.Db) : 0;
        ShiftDb += (target - ShiftDb) * (1 - Math.Exp(-seconds / (60 * config.Minutes)));
    }
}
