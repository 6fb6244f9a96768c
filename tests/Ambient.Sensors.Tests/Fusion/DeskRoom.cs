namespace Ambient.Sensors.Tests.Fusion;

/// <summary>Days of a room with several light sensors, each beside a window or a desk lamp of its own, all under one sky.</summary>
/// <param name="Weather">clear, broken (cloud edges every few minutes), overcast (slow) or none (a room without windows).</param>
/// <param name="Sensors">How many light sensors.</param>
/// <param name="HasTwoFronts">Every second sensor sees the morning sun and the others that of the afternoon; else all see the same.</param>
/// <param name="Scale">By how much all sensors read too much.</param>
internal sealed record DeskRoom(string Weather, int Sensors = 4, bool HasTwoFronts = false, double Scale = 1)
{
    public const int MinutesADay = 24 * 60;

    /// <summary>Minute by minute what each sensor reads, lx.</summary>
    public IEnumerable<(int Minute, double[] Lux)> Days(int count, int seed)
    {
        var chance = new Random(seed);
        double clouds = 1, towards = 1, cover = 0.5;
        double[] gain = [.. Enumerable.Range(0, Sensors).Select(_ => 15 * Math.Pow(20, chance.NextDouble()))]; // 15 to 300 lx at noon
        double[] lamp = [.. Enumerable.Range(0, Sensors).Select(_ => 80 + (220 * chance.NextDouble()))];
        double[] shadow = new double[Sensors];
        bool[] isOn = new bool[Sensors];
        for (int minute = 0; minute < count * MinutesADay; minute++)
        {
            double hour = minute % MinutesADay / 60.0;
            if (chance.NextDouble() < 1 / 7.0) towards = chance.NextDouble() < 0.5 ? 1 : 0.25 + (0.25 * chance.NextDouble());
            cover = Math.Clamp(cover + (0.01 * Normal(chance)), 0.15, 0.8);
            double goal = Weather switch { "clear" => 1, "overcast" => cover, _ => towards };
            clouds += (goal - clouds) * (1 - Math.Exp(-1.5));
            double[] lux = new double[Sensors];
            for (int i = 0; i < Sensors; i++)
            {
                double noon = !HasTwoFronts ? 12.5 : i % 2 == 0 ? 9.5 : 15.5;
                double sun = Weather == "none" ? 0 : Math.Max(0, Math.Cos((hour - noon) / 10 * Math.PI)) * (hour is > 7.5 and < 17.5 ? 1 : 0);
                bool isAtWork = hour is > 8 and < 18.5;
                if (isAtWork ? chance.NextDouble() < (isOn[i] ? 0.005 : 0.02) : isOn[i] && chance.NextDouble() < 0.05) isOn[i] = !isOn[i];
                shadow[i] = isOn[i] ? (0.8 * shadow[i]) + (0.008 * Normal(chance)) : 0; // whoever works there moves
                double light = ((gain[i] * clouds * sun) + (isOn[i] ? lamp[i] : 0)) * (1 + shadow[i] + (0.003 * Normal(chance)));
                lux[i] = Scale * Math.Max(0, Math.Round(light));
            }

            yield return (minute, lux);
        }
    }

    private static double Normal(Random chance) => Math.Sqrt(-2 * Math.Log(1 - chance.NextDouble())) * Math.Cos(2 * Math.PI * chance.NextDouble());
}
