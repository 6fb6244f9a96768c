namespace Ambient.Sensors.Trials;

/// <summary>A way in which the light of a room stops telling whether people are there.</summary>
/// <param name="Name">In a word or two, as it is printed.</param>
/// <param name="Tell">What each light sensor reads instead, lx, asked row by row and in each row sensor by sensor.</param>
public sealed record LightLie(string Name, Func<LitRoom, Random, Func<int, int, double>> Tell)
{
    /// <summary>The same rows with light that lies. All else, labels included, stays as it is.</summary>
    /// <param name="rows">A labelled recording with light.</param>
    /// <param name="lamps">What the lamps give each light sensor, see <see cref="LitRoom.LampsOf"/>; of a longer recording than these rows, in which lamps may never burn.</param>
    /// <param name="seed">Of everything that is left to chance.</param>
    public IReadOnlyList<IReadOnlyList<Reading>> Of(IReadOnlyList<IReadOnlyList<Reading>> rows, IReadOnlyDictionary<string, double> lamps, int seed)
    {
        var room = new LitRoom(rows, lamps);
        Func<int, int, double> tell = Tell(room, new Random(seed));
        var lied = new IReadOnlyList<Reading>[rows.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            Reading[] readings = [.. rows[row]];
            for (int i = 0; i < readings.Length; i++)
                if (readings[i].Quantity == Quantity.Illuminance)
                    readings[i] = readings[i] with { Value = Math.Max(0, Math.Round(tell(row, room.IndexOf(readings[i].Sensor)))) };
            lied[row] = readings;
        }

        return lied;
    }
}
