namespace Ambient.Sensors.Fusion;

/// <summary>How many people breathe in a room of known volume: the mass balance of its carbon dioxide, with the ventilation that its air shows while the room is empty.</summary>
/// <remarks>people = volume (dC/dt + k (C - C_outdoors)) / exhaled. A number to within one or two: ventilation changes with every window, and people differ.</remarks>
/// <param name="volumeM3">Of the room, m³; null where nobody says, and then nothing is told.</param>
/// <param name="airChangesPerHour">Ventilation until it is learnt.</param>
internal sealed class BreathCount(double? volumeM3, double airChangesPerHour)
{
    /// <summary>What one adult who sits exhales, ppm a minute in 1 m³: 18 l/h. Source: Persily and de Jonge 2017, "Carbon dioxide generation rates for building occupants", 1.2 met.</summary>
    private const double ExhaledPpmPerMinute = 300;

    /// <summary>Air less far above outdoors clears too slowly to tell how fast.</summary>
    private const double ClearlyAbovePpm = 100;

    private const double SurelyEmpty = 0.2;

    private const double LeastAirChanges = 0.05;
    private const double MostAirChanges = 20;

    /// <summary>Believed less than a counter.</summary>
    private const double BestWeight = 0.7;

    /// <summary>The slope looks back ten minutes, and the air has to mix.</summary>
    private static readonly TimeSpan AirMixes = TimeSpan.FromMinutes(15);

    /// <summary>Time in the empty room over which ventilation is averaged, the plain mean at first.</summary>
    private static readonly TimeSpan LearningMemory = TimeSpan.FromHours(8);

    private TimeSpan _learnt;
    private bool _wasOccupied;
    private DateTimeOffset _since;

    /// <summary>How sure a number is that is believed in full, 0..1.</summary>
    public static double Certainty => 0.6;

    /// <summary>Ventilation of the room, air changes an hour.</summary>
    public double AirChangesPerHour { get; private set; } = airChangesPerHour;

    /// <summary>Looks at the air.</summary>
    /// <param name="air">CO2 sensors, weighed just now; null where there are none.</param>
    /// <param name="isOccupied">Whether somebody is there, at the last fusion.</param>
    /// <param name="occupancy">How probable that is.</param>
    /// <param name="now">The moment.</param>
    /// <param name="elapsed">Since the last look.</param>
    /// <returns>People, and how far that is to be believed; null before the air can tell.</returns>
    public (double People, double Weight)? Count(EvidenceGroup? air, bool isOccupied, double occupancy, DateTimeOffset now, TimeSpan elapsed)
    {
        if (isOccupied != _wasOccupied || _since == default) (_wasOccupied, _since) = (isOccupied, now);
        if (volumeM3 is not { } volume || air is null || now - _since < AirMixes) return null;
        double slope = 0, above = 0, weight = 0, freshest = 0;
        foreach (Source source in air.Sources)
        {
            if (source.IsSilent || source.Standing <= 0 || ((Co2Evidence)source.Evidence).Balance is not var (itsSlope, itsRise)) continue;
            (slope, above, weight) = (slope + source.Standing * itsSlope, above + source.Standing * itsRise, weight + source.Standing);
            freshest = Math.Max(freshest, source.Standing);
        }

        if (weight == 0) return null;
        (slope, above) = (slope / weight, above / weight);
        if (!isOccupied)
        {
            if (occupancy < SurelyEmpty && above > ClearlyAbovePpm) Learn(-60 * slope / above, elapsed);
            return null;
        }

        return (Math.Max(1, volume * (slope + AirChangesPerHour / 60 * above) / ExhaledPpmPerMinute), BestWeight * freshest);
    }

    private void Learn(double airChanges, TimeSpan elapsed)
    {
        _learnt = _learnt + elapsed < LearningMemory ? _learnt + elapsed : LearningMemory;
        if (_learnt == TimeSpan.Zero) return;
        double sample = Math.Clamp(airChanges, LeastAirChanges, MostAirChanges);
        AirChangesPerHour += (sample - AirChangesPerHour) * Math.Min(1, elapsed / _learnt);
    }
}
