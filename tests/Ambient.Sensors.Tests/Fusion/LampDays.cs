namespace Ambient.Sensors.Tests.Fusion;

/// <summary>Days of which the truth is known: a sky with clouds, lamps that are switched, and a sensor that sees both.</summary>
/// <param name="Weather">clear, overcast (slow), broken (cloud edges every few minutes) or mixed (all three in turn).</param>
/// <param name="NoonLux">Daylight at the sensor at noon without clouds, lx.</param>
/// <param name="Lamps">What each bank of lamps gives the sensor, lx.</param>
/// <param name="IsDimmed">Whether the lamps are dimmed to 40 % around noon.</param>
/// <param name="AreOnAtStart">Whether the first bank burns from the first reading on.</param>
internal sealed record LampDays(string Weather, double NoonLux, double[] Lamps, bool IsDimmed = false, bool AreOnAtStart = false)
{
    public const int MinutesADay = 24 * 60;

    /// <summary>A moment: what the sensor reads, and what of it is what, lx.</summary>
    public readonly record struct Moment(int Minute, double Lux, double Daylight, double Lamp);

    public double LampLux => Lamps.Sum();

    public IEnumerable<Moment> Days(int count, int seed, double scale = 1)
    {
        var chance = new Random(seed);
        double clouds = 1, towards = 1, cover = 0.4;
        double[] jitter = new double[8];
        for (int minute = 0; minute < count * MinutesADay; minute++)
        {
            double hour = minute % MinutesADay / 60.0;
            if (minute % MinutesADay == 0)
                for (int i = 0; i < jitter.Length; i++) jitter[i] = Normal(chance) * 7 / 60;
            string sky = Weather == "mixed" ? (((int)(hour * 0.7) + (minute / MinutesADay)) % 3) switch { 0 => "clear", 1 => "overcast", _ => "broken" } : Weather;
            if (chance.NextDouble() < 1 / 7.0) towards = chance.NextDouble() < 0.5 ? 1 : 0.25 + (0.25 * chance.NextDouble());
            cover = Math.Clamp(cover + (0.006 * Normal(chance)), 0.15, 0.7);
            double goal = sky switch { "clear" => 1, "overcast" => cover, _ => towards };
            clouds += (goal - clouds) * (1 - Math.Exp(-1.5)); // an edge passes within a minute or two
            double daylight = hour is > 7.5 and < 17.5 ? clouds * NoonLux * Math.Sin((hour - 7.5) / 10 * Math.PI) : 0;
            double lamp = 0;
            for (int bank = 0; bank < Lamps.Length; bank++) lamp += Lamps[bank] * Burns(bank, minute, hour, jitter);
            double reads = Math.Max(0, Math.Round((daylight + lamp) * (1 + (0.008 * Normal(chance)))));
            yield return new Moment(minute, reads * scale, daylight * scale, lamp * scale);
        }
    }

    private double Burns(int bank, int minute, double hour, double[] jitter)
    {
        bool isOn = bank == 0
            ? (hour >= 7.6 + jitter[0] && hour < 12.2 + jitter[1]) || (hour >= 13.1 + jitter[2] && hour < 18.2 + jitter[3])
            : hour >= 9 + jitter[4] && hour < 16.5 + jitter[5];
        if (AreOnAtStart && bank == 0 && minute < MinutesADay / 2 && hour < 7.6 + jitter[0]) isOn = true;
        return !isOn ? 0 : IsDimmed && hour >= 10 + jitter[6] && hour < 15.5 + jitter[7] ? 0.4 : 1;
    }

    private static double Normal(Random chance) => Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
}
