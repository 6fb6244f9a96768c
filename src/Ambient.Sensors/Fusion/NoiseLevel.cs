namespace Ambient.Sensors.Fusion;

/// <summary>The room's noise: the energy mean of those that measure it, smoothed; of sensors in volts their rise over their floor.</summary>
internal sealed class NoiseLevel
{
    /// <summary>What a room's floor is taken to be where only volts are measured.</summary>
    private const double QuietFloorDba = 35;

    /// <summary>An older level still weighs on the scale, but is not shown as the room's dBA any more.</summary>
    private const double FreshEnough = 0.5;

    private static readonly TimeSpan LevelTime = TimeSpan.FromSeconds(30);

    /// <summary>The level, dBA; null where nothing fresh measures it.</summary>
    public double? Dba { get; private set; }

    /// <summary>On the scale of <see cref="ContextVector.Noise"/>, ageing to neutral.</summary>
    public double Scaled { get; private set; } = ContextVector.Neutral.Noise;

    /// <summary>Listens to all.</summary>
    /// <param name="meters">Sensors in dBA; null where there are none.</param>
    /// <param name="amplifiers">Sensors in volts; null where there are none.</param>
    /// <param name="now">The moment.</param>
    /// <param name="elapsed">Since the last call.</param>
    public void Fuse(EvidenceGroup? meters, EvidenceGroup? amplifiers, DateTimeOffset now, TimeSpan elapsed)
    {
        (double? dba, double freshness) = meters?.Latest(now, meanOfEnergy: true) ?? (null, 0);
        if (freshness < FreshEnough) dba = null;
        Dba = (Dba, dba) is ({ } before, { } latest) ? Decay.Towards(before, latest, elapsed, LevelTime) : dba;
        double level = Dba ?? QuietFloorDba;
        if (Dba is null && amplifiers is not null)
        {
            foreach (Source source in amplifiers.Sources)
            {
                freshness = Math.Max(freshness, source.Freshness(now));
                level = Math.Max(level, QuietFloorDba + ((SoundEvidence)source.Evidence).AboveFloorDb * source.Freshness(now));
            }
        }

        double target = double.Lerp(ContextVector.Neutral.Noise, ContextScale.Noise(level), freshness);
        Scaled = Decay.Towards(Scaled, target, elapsed, LevelTime);
    }
}
