namespace Ambient.Sensors.Trials;

/// <summary>Many ways in which light stops telling whether people are there. Lamps are lamps of the recorded room; times are its wall clock.</summary>
public static class LightLies
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<LightLie> All { get; } =
    [
        // Lamps that burn without people.
        new("never switched off", (room, chance) => Burning(room, chance, Held(room, room.IsOccupied, _ => true))),
        new("on until the next arrival", (room, chance) => Burning(room, chance, LeftOnOvernight(room))),
        new("on day and night", (room, chance) => Burning(room, chance, _ => true)),
        new("on for days without people", (room, chance) =>
        {
            bool[] isWorkingDay = [.. Enumerable.Range(0, room.Rows).Select(room.IsWorkingDay)];
            return Burning(room, chance, row => !isWorkingDay[row] || room.IsOccupied(row));
        }),
        new("two hours before and after", (room, chance) => Burning(room, chance, row => Around(room, row, 2 * Hour, 2 * Hour))),
        new("cleaners at 5 and 21", (room, _) => (row, sensor) => room.Lux(row, sensor) + (room.Hour(row) % 16 is >= 5 and < 5.67 ? room.Lamp(sensor) : 0)),
        new("lamps of a corridor", (room, chance) =>
        {
            Func<int, bool> passing = Switching(room, chance, offMinutes: (5, 40), onMinutes: (2, 8));
            return (row, sensor) => room.Lux(row, sensor) + (passing(row) ? room.Lamp(sensor) : 0);
        }),

        // People without lamps.
        new("dead", (_, _) => (_, _) => 0),
        new("out for hours with people inside", (room, chance) =>
        {
            Func<int, bool> isOut = Switching(room, chance, offMinutes: (20, 90), onMinutes: (20, 120));
            return (row, sensor) => isOut(row) ? room.Lux(row, sensor) * 0.05 : room.Lux(row, sensor);
        }),
        new("lamps only after dusk", (room, chance) => Burning(room, chance, row => room.IsOccupied(row) && room.Hour(row) is < 7 or > 17)),
        new("every second visit in the dark", (room, chance) => Burning(room, chance, HalfOfTheVisits(room))),

        // Lamps that go by something else.
        new("inverted", (room, chance) => Burning(room, chance, row => !room.IsOccupied(row))),
        new("by timer, 7 to 19", (room, chance) => Burning(room, chance, row => room.Hour(row) is >= 7 and < 19)),
        new("by timer, 16 to 23", (room, chance) => Burning(room, chance, row => room.Hour(row) is >= 16 and < 23)),
        new("switched at random", (room, chance) => Burning(room, chance, Switching(room, chance, (30, 150), (30, 150)))),
        new("half an hour late", (room, chance) => Burning(room, chance, row => room.IsOccupied(room.Later(row, -0.5 * Hour)))),
        new("an hour late", (room, chance) => Burning(room, chance, row => room.IsOccupied(room.Later(row, -Hour)))),
        new("two hours late", (room, chance) => Burning(room, chance, row => room.IsOccupied(room.Later(row, -2 * Hour)))),
        new("an hour early", (room, chance) => Burning(room, chance, row => room.IsOccupied(room.Later(row, Hour)))),

        // Daylight.
        new("daylight instead of lamps", (room, chance) => Sky(room, chance, 200, 0.3)),
        new("daylight and lamps", (room, chance) =>
        {
            Func<int, int, double> sky = Sky(room, chance, 200, 0.3);
            return (row, sensor) => room.Lux(row, sensor) + sky(row, sensor);
        }),
        new("sun on one window", (room, chance) =>
        {
            Func<int, int, double> sky = Sky(room, chance, 800, 1);
            return (row, sensor) => room.Lux(row, sensor) + sky(row, sensor) * (sensor == room.Sensors - 1 ? 1 : 0.15);
        }),
        new("dimmed to the daylight", (room, chance) =>
        {
            Func<int, int, double> sky = Sky(room, chance, 150, 0.5);
            return (row, sensor) => room.Hour(row) is >= 7 and < 19 ? Math.Max(sky(row, sensor), room.Lamp(sensor)) + chance.Next(-2, 3) : sky(row, sensor);
        }),

        // Sensors that read wrong.
        new("times 0.3", (room, _) => (row, sensor) => 0.3 * room.Lux(row, sensor)),
        new("fading to a fifth in a day", (room, _) => (row, sensor) => room.Lux(row, sensor) * (1 - 0.8 * row / room.Rows)),
        new("an offset that grows to the lamp's light", (room, _) => (row, sensor) => room.Lux(row, sensor) + room.Lamp(sensor) * row / room.Rows),
        new("one sensor inverted", (room, _) => (row, sensor) => sensor == 0 ? Math.Max(0, room.Lamp(sensor) - room.Lux(row, sensor)) : room.Lux(row, sensor)),
        new("one sensor by chance", (room, chance) =>
        {
            int liar = chance.Next(room.Sensors);
            Func<int, bool> isOn = Switching(room, chance, (20, 90), (20, 90));
            return (row, sensor) => sensor != liar ? room.Lux(row, sensor) : isOn(row) ? room.Lamp(sensor) + chance.Next(-1, 2) : 0;
        }),
        new("one sensor lit for good", (room, chance) =>
        {
            int liar = chance.Next(room.Sensors);
            return (row, sensor) => sensor == liar ? room.Lamp(sensor) + chance.Next(-1, 2) : room.Lux(row, sensor);
        }),
    ];

    private static Func<int, int, double> Burning(LitRoom room, Random chance, Func<int, bool> isOn)
    {
        bool[] burns = [.. Enumerable.Range(0, room.Rows).Select(isOn)];
        return (row, sensor) => burns[row] ? room.Lamp(sensor) + chance.Next(-1, 2) : chance.Next(0, 2);
    }

    /// <summary>On from the first time that <paramref name="on"/> holds, for as long as <paramref name="stays"/> does.</summary>
    private static Func<int, bool> Held(LitRoom room, Func<int, bool> on, Func<int, bool> stays)
    {
        bool[] burns = new bool[room.Rows];
        for (int row = 0; row < room.Rows; row++) burns[row] = on(row) || (row > 0 && burns[row - 1] && stays(row));
        return row => burns[row];
    }

    /// <summary>Off in the breaks of a day, forgotten when the last one goes.</summary>
    private static Func<int, bool> LeftOnOvernight(LitRoom room) =>
        Held(room, row => room.IsOccupied(row) || (row == 0 && room.Hour(0) < 7), row => !Around(room, row, 4 * Hour, TimeSpan.Zero));

    private static Func<int, bool> HalfOfTheVisits(LitRoom room)
    {
        bool[] isLit = new bool[room.Rows];
        int visit = 0;
        for (int row = 0; row < room.Rows; row++)
        {
            if (room.IsOccupied(row) && !room.IsOccupied(row - 1)) visit++;
            isLit[row] = room.IsOccupied(row) && visit % 2 == 0;
        }

        return row => isLit[row];
    }

    private static bool Around(LitRoom room, int row, TimeSpan before, TimeSpan after)
    {
        int last = Math.Min(room.Later(row, before), room.Rows - 1);
        for (int other = Math.Max(0, room.Later(row, -after)); other <= last; other++)
            if (room.IsOccupied(other)) return true;
        return false;
    }

    private static Func<int, bool> Switching(LitRoom room, Random chance, (int Least, int Most) offMinutes, (int Least, int Most) onMinutes)
    {
        bool[] isOn = new bool[room.Rows];
        bool on = chance.Next(2) == 0;
        for (int row = 0; row < room.Rows; on = !on)
        {
            (int least, int most) = on ? onMinutes : offMinutes;
            int end = Math.Min(room.Rows, Math.Max(row + 1, room.Later(row, TimeSpan.FromMinutes(chance.Next(least, most)))));
            while (row < end) isOn[row++] = on;
        }

        return row => isOn[row];
    }

    /// <summary>Daylight of a day of nine hours, under clouds that drift.</summary>
    private static Func<int, int, double> Sky(LitRoom room, Random chance, double noonLux, double cloudy)
    {
        double[] lux = new double[room.Rows];
        double clear = 1;
        for (int row = 0; row < room.Rows; row++)
        {
            clear = Math.Clamp(clear + 0.1 * cloudy * (chance.NextDouble() - 0.5), 1 - 0.8 * cloudy, 1.1);
            lux[row] = room.Hour(row) is > 8 and < 17 ? noonLux * clear * Math.Sin((room.Hour(row) - 8) / 9 * Math.PI) : 0;
        }

        return (row, _) => lux[row] + chance.Next(0, 2);
    }
}
