using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>Where on Earth a site is, and when the sun rises and sets there.</summary>
/// <remarks>
/// Meeus, Astronomical Algorithms, chapters 15, 25 and 28, in the form that NOAA's solar calculator uses: within a minute between
/// the polar circles. The horizon is flat and at sea level; refraction and the sun's radius make 50 minutes of arc.
/// </remarks>
/// <param name="LatitudeDegrees">North is positive; -90..90.</param>
/// <param name="LongitudeDegrees">East is positive; -180..180.</param>
public sealed record Location(double LatitudeDegrees, double LongitudeDegrees)
{
    private const double HorizonDegrees = -0.833;
    private const double MinutesPerDegree = 4; // the Earth's turn
    private const double DaysPerCentury = 36_525;
    private static readonly Instant Epoch2000 = Instant.FromUtc(2000, 1, 1, 12, 0);

    /// <summary>When the sun rises or sets on a local day, to the full minute; null where it does neither: polar day and polar night.</summary>
    /// <remarks>The event belongs to the day whose noon by the clock is nearest to the sun's noon, also where a late sunset comes after midnight.</remarks>
    public Instant? On(LocalDate date, SunEvent sun, DateTimeZone zone)
    {
        Instant noon = SolarNoonNear(LocalTimeRules.ToInstant(date + LocalTime.Noon, zone));
        Instant guess = noon;
        bool isSeen = false;
        for (int i = 0; i < 4; i++) // the sun moves on while the Earth turns; after the second pass nothing moves by a second
        {
            (double declination, double equationMinutes) = SunAt(guess);
            double latitude = double.DegreesToRadians(LatitudeDegrees);
            double cosine = (Math.Sin(double.DegreesToRadians(HorizonDegrees)) - Math.Sin(latitude) * Math.Sin(declination)) / (Math.Cos(latitude) * Math.Cos(declination));
            // Only the last pass decides: the night before the first polar day still ends with a sunrise.
            isSeen = Math.Abs(cosine) <= 1;
            double minutes = MinutesPerDegree * double.RadiansToDegrees(Math.Acos(Math.Clamp(cosine, -1, 1))) * (sun == SunEvent.Sunrise ? -1 : 1);
            (_, double equationAtNoon) = SunAt(noon);
            guess = noon + Duration.FromMinutes(minutes - (equationMinutes - equationAtNoon));
        }

        if (!isSeen) return null;
        return Instant.FromUnixTimeSeconds((long)Math.Round(guess.ToUnixTimeSeconds() / 60.0) * 60);
    }

    private Instant SolarNoonNear(Instant clockNoon)
    {
        (_, double equationMinutes) = SunAt(clockNoon);
        double utcMinutes = 720 - MinutesPerDegree * LongitudeDegrees - equationMinutes;
        long midnight = clockNoon.ToUnixTimeSeconds() / 86_400 * 86_400;
        double days = Math.Round((clockNoon.ToUnixTimeSeconds() - midnight - utcMinutes * 60) / 86_400);
        return Instant.FromUnixTimeSeconds(midnight) + Duration.FromMinutes(utcMinutes) + Duration.FromDays(days);
    }

    // Declination in radians, and the equation of time: solar minus mean time, in minutes.
    private static (double Declination, double EquationMinutes) SunAt(Instant instant)
    {
        double t = (instant - Epoch2000).TotalDays / DaysPerCentury;
        double meanLongitude = double.DegreesToRadians(280.46646 + t * (36_000.76983 + t * 0.0003032));
        double meanAnomaly = double.DegreesToRadians(357.52911 + t * (35_999.05029 - t * 0.0001537));
        double eccentricity = 0.016708634 - t * (0.000042037 + t * 0.0000001267);
        double centre = double.DegreesToRadians(
            Math.Sin(meanAnomaly) * (1.914602 - t * (0.004817 + t * 0.000014)) + Math.Sin(2 * meanAnomaly) * (0.019993 - t * 0.000101) + Math.Sin(3 * meanAnomaly) * 0.000289);
        double node = double.DegreesToRadians(125.04 - 1_934.136 * t);
        double apparentLongitude = meanLongitude + centre - double.DegreesToRadians(0.00569 + 0.00478 * Math.Sin(node));
        double obliquity = double.DegreesToRadians(23.4392911 - t * 0.0130042 + 0.00256 * Math.Cos(node));
        double y = Math.Pow(Math.Tan(obliquity / 2), 2);
        double equation = y * Math.Sin(2 * meanLongitude) - 2 * eccentricity * Math.Sin(meanAnomaly) + 4 * eccentricity * y * Math.Sin(meanAnomaly) * Math.Cos(2 * meanLongitude)
            - 0.5 * y * y * Math.Sin(4 * meanLongitude) - 1.25 * eccentricity * eccentricity * Math.Sin(2 * meanAnomaly);
        return (Math.Asin(Math.Sin(obliquity) * Math.Sin(apparentLongitude)), MinutesPerDegree * double.RadiansToDegrees(equation));
    }
}
