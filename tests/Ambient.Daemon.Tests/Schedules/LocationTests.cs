using Ambient.Daemon.Schedules;
using NodaTime;

namespace Ambient.Daemon.Tests.Schedules;

public sealed class LocationTests
{
    [Theory]
    [InlineData(52.52, 13.405, "Europe/Berlin", 2026, 6, 21, "04:43", "21:33")]
    [InlineData(52.52, 13.405, "Europe/Berlin", 2026, 12, 21, "08:15", "15:54")]
    [InlineData(51.5074, -0.1278, "Europe/London", 2026, 6, 21, "04:43", "21:22")]
    [InlineData(40.7128, -74.006, "America/New_York", 2026, 6, 21, "05:25", "20:31")]
    public void Rises_and_sets_when_the_almanac_says(double latitude, double longitude, string zone, int year, int month, int day, string rise, string set)
    {
        DateTimeZone clock = DateTimeZoneProviders.Tzdb[zone];
        var location = new Location(latitude, longitude);
        foreach ((SunEvent sun, string almanac) in new[] { (SunEvent.Sunrise, rise), (SunEvent.Sunset, set) })
        {
            LocalTime ours = location.On(new LocalDate(year, month, day), sun, clock)!.Value.InZone(clock).TimeOfDay;
            LocalTime theirs = NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(almanac).Value;
            Assert.InRange(Math.Abs((ours - theirs).ToDuration().TotalMinutes), 0, 1);
        }
    }

    [Fact]
    public void At_sunrise_and_sunset_the_sun_stands_on_the_horizon_by_another_formula()
    {
        DateTimeZone clock = DateTimeZoneProviders.Tzdb["Europe/Berlin"];
        double worst = 0;
        for (int latitude = -60; latitude <= 60; latitude += 20)
        {
            for (int longitude = -170; longitude <= 180; longitude += 50)
            {
                for (LocalDate date = new(2026, 1, 5); date.Year < 2027; date = date.PlusDays(17))
                {
                    var location = new Location(latitude, longitude);
                    Instant rise = location.On(date, SunEvent.Sunrise, clock)!.Value, set = location.On(date, SunEvent.Sunset, clock)!.Value;
                    Assert.InRange((set - rise).TotalHours, 4, 20);
                    worst = Math.Max(worst, Math.Max(Math.Abs(AltitudeDegrees(rise, latitude, longitude) + 0.833), Math.Abs(AltitudeDegrees(set, latitude, longitude) + 0.833)));
                    Assert.True(AltitudeDegrees(rise + Duration.FromMinutes(10), latitude, longitude) > AltitudeDegrees(rise, latitude, longitude));
                    Assert.True(AltitudeDegrees(set + Duration.FromMinutes(10), latitude, longitude) < AltitudeDegrees(set, latitude, longitude));
                }
            }
        }

        Assert.InRange(worst, 0, 0.25); // a minute of time at the equator, the rounding to full minutes included
    }

    [Fact]
    public void In_polar_day_and_polar_night_the_sun_does_neither_and_its_slots_do_not_happen()
    {
        DateTimeZone clock = DateTimeZoneProviders.Tzdb["Europe/Oslo"];
        var tromso = new Location(69.65, 18.96);
        Assert.Null(tromso.On(new LocalDate(2026, 6, 21), SunEvent.Sunset, clock));
        Assert.Null(tromso.On(new LocalDate(2026, 12, 21), SunEvent.Sunrise, clock));
        Assert.NotNull(tromso.On(new LocalDate(2026, 3, 21), SunEvent.Sunrise, clock));
        Assert.Null(new Location(90, 0).On(new LocalDate(2026, 3, 21), SunEvent.Sunrise, clock));
        Assert.True(ScheduleFile.TryParse("""{"tz":"Europe/Oslo","location":{"lat":69.65,"lon":18.96},"weekly":{"daily":[{"at":"sunrise","mood":"day"},{"at":"sunset","mood":"night"}]}}""", out Schedule? schedule, out _));
        Assert.Equal("day", schedule.At(Instant.FromUtc(2026, 6, 21, 23, 0)).Mood); // since the last sunrise of May
        Assert.Equal("night", schedule.At(Instant.FromUtc(2026, 12, 21, 11, 0)).Mood); // since the last sunset of November
        Assert.Equal(7, schedule.Next(Instant.FromUtc(2026, 6, 21, 12, 0))!.Value.InZone(clock).Month); // the first sunset of July
    }

    // The Astronomical Almanac's low-precision formula: good to 0.01 degrees between 1950 and 2050, and other terms than the product's.
    private static double AltitudeDegrees(Instant instant, double latitude, double longitude)
    {
        double n = (instant - Instant.FromUtc(2000, 1, 1, 12, 0)).TotalDays;
        double g = Radians(357.528 + 0.9856003 * n);
        double ecliptic = Radians(280.460 + 0.9856474 * n + 1.915 * Math.Sin(g) + 0.020 * Math.Sin(2 * g));
        double obliquity = Radians(23.439 - 0.0000004 * n);
        double rightAscension = Math.Atan2(Math.Cos(obliquity) * Math.Sin(ecliptic), Math.Cos(ecliptic));
        double declination = Math.Asin(Math.Sin(obliquity) * Math.Sin(ecliptic));
        double hourAngle = Radians((18.697374558 + 24.06570982441908 * n) * 15 + longitude) - rightAscension;
        return Math.Asin(Math.Sin(Radians(latitude)) * Math.Sin(declination) + Math.Cos(Radians(latitude)) * Math.Cos(declination) * Math.Cos(hourAngle)) * 180 / Math.PI;
    }

    private static double Radians(double degrees) => degrees * Math.PI / 180;
}
