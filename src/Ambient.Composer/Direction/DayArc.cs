namespace Ambient.Composer.Direction;

/// <summary>The arc of a day: most open in the middle of the morning, thinnest and darkest late in the evening and through the small hours.</summary>
public static class DayArc
{
    private const double MorningHour = 10;
    private const double NightHour = 22;
    private const double NightEndsHour = 5;
    private const double MorningDensity = 1.15;
    private const double NightDensity = 0.5;
    private const double MorningOctaves = 0.38; // cutoff times 1.3
    private const double NightOctaves = -0.42; // cutoff times 0.75

    /// <summary>Factor of density at a time of day; 1 for a time without date (<c>default</c>), which no clock has set.</summary>
    public static double Density(DateTimeOffset time) =>
        time == default ? 1 : NightDensity * Math.Pow(MorningDensity / NightDensity, Openness(time));

    /// <summary>Timbre at a time of day, octaves of cutoff; 0 for a time without date.</summary>
    public static double BrightnessOctaves(DateTimeOffset time) =>
        time == default ? 0 : double.Lerp(NightOctaves, MorningOctaves, Openness(time));

    // 1 at ten in the morning, 0 from ten at night to five.
    private static double Openness(DateTimeOffset time)
    {
        double hour = time.TimeOfDay.TotalHours;
        double way = hour switch
        {
            < NightEndsHour or >= NightHour => 0,
            < MorningHour => (hour - NightEndsHour) / (MorningHour - NightEndsHour),
            _ => (NightHour - hour) / (NightHour - MorningHour),
        };
        return 0.5 - (0.5 * Math.Cos(Math.PI * way));
    }
}
