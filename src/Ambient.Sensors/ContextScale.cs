namespace Ambient.Sensors;

/// <summary>How measured quantities become features of <see cref="ContextVector"/>.</summary>
public static class ContextScale
{
    private const double SwitchNats = 0.5;

    /// <summary><see cref="ContextVector.Noise"/> of a level.</summary>
    /// <param name="dba">Level of the room, dBA.</param>
    public static double Noise(double dba) => Math.Clamp((dba - 30) / 40, 0, 1);

    /// <summary><see cref="ContextVector.Light"/> of an illuminance.</summary>
    /// <param name="lux">Illuminance, lx, 0 and up.</param>
    public static double Light(double lux) => Math.Clamp(Math.Log(1 + lux) / Math.Log(2_001), 0, 1);

    /// <summary>How full a room is taken to be in which nobody counts.</summary>
    /// <param name="occupancy">Probability that somebody is there, 0..1.</param>
    /// <param name="activity">How much is going on, 0..1.</param>
    public static double Density(double occupancy, double activity) => occupancy * (0.2 + (0.5 * activity));

    /// <summary><see cref="ContextVector.IsOccupied"/>, with hysteresis: probability 0.62 on, 0.38 off.</summary>
    /// <param name="wasOccupied">Until now.</param>
    /// <param name="logOdds">Of somebody being there, nats.</param>
    public static bool IsOccupied(bool wasOccupied, double logOdds) => logOdds > (wasOccupied ? -SwitchNats : SwitchNats);
}
