using Ambient.Sensors.Fusion;

namespace Ambient.Sensors.Trials;

/// <summary>What a lie about light starts from: the honest light of a recording, when people were there, and what the lamps give.</summary>
public sealed class LitRoom
{
    private readonly string[] _sensors;
    private readonly double[][] _lux; // [row][sensor]; what was not reported stays as it was
    private readonly bool[] _isOccupied;
    private readonly DateTimeOffset[] _times;
    private readonly double[] _lamps;

    internal LitRoom(IReadOnlyList<IReadOnlyList<Reading>> rows, IReadOnlyDictionary<string, double> lamps)
    {
        _sensors = [.. lamps.Keys.Order(StringComparer.Ordinal)];
        _lamps = [.. _sensors.Select(sensor => lamps[sensor])];
        _lux = new double[rows.Count][];
        _isOccupied = new bool[rows.Count];
        _times = new DateTimeOffset[rows.Count];
        for (int row = 0; row < rows.Count; row++)
        {
            _lux[row] = row == 0 ? new double[_sensors.Length] : [.. _lux[row - 1]];
            foreach (Reading reading in rows[row])
                if (reading.Quantity == Quantity.Illuminance) _lux[row][IndexOf(reading.Sensor)] = reading.Value;
            _isOccupied[row] = OccupancyScore.LabelOf(rows[row]) ?? (row > 0 && _isOccupied[row - 1]);
            _times[row] = rows[row][0].Time;
        }
    }

    /// <summary>Rows.</summary>
    public int Rows => _lux.Length;

    /// <summary>Light sensors.</summary>
    public int Sensors => _sensors.Length;

    /// <summary>What the lamps give each light sensor: the light that is reached in a tenth of the time in which people are there, lx.</summary>
    /// <param name="rows">A labelled recording.</param>
    /// <param name="whileOccupied">False for what daylight gives: the same for the time without people.</param>
    public static IReadOnlyDictionary<string, double> LampsOf(IEnumerable<IReadOnlyList<Reading>> rows, bool whileOccupied = true) =>
        rows.Where(row => OccupancyScore.LabelOf(row) == whileOccupied).SelectMany(row => row).Where(reading => reading.Quantity == Quantity.Illuminance)
            .GroupBy(reading => reading.Sensor)
            .ToDictionary(sensor => sensor.Key, sensor => sensor.Select(reading => reading.Value).Order().ElementAt(sensor.Count() * 9 / 10));

    /// <summary>The honest reading, lx; before the first and after the last row that of the end.</summary>
    public double Lux(int row, int sensor) => _lux[Math.Clamp(row, 0, Rows - 1)][sensor];

    /// <summary>Whether somebody was there; before the first and after the last row nobody.</summary>
    public bool IsOccupied(int row) => row >= 0 && row < Rows && _isOccupied[row];

    /// <summary>Whether anybody was there on the day of this row.</summary>
    public bool IsWorkingDay(int row) => Enumerable.Range(0, Rows).Any(other => _isOccupied[other] && _times[other].Date == _times[row].Date);

    /// <summary>The hour of the day, 0..24.</summary>
    public double Hour(int row) => _times[row].TimeOfDay.TotalHours;

    /// <summary>The row that is so much later, or earlier, by the clock.</summary>
    public int Later(int row, TimeSpan by)
    {
        DateTimeOffset time = _times[row] + by;
        if (time < _times[0]) return -1;
        int found = Array.BinarySearch(_times, time);
        return found >= 0 ? found : ~found;
    }

    /// <summary>What the lamps give this sensor, lx.</summary>
    public double Lamp(int sensor) => _lamps[sensor];

    internal int IndexOf(string sensor) => Array.IndexOf(_sensors, sensor) is var index and >= 0 ? index : throw new ArgumentException($"The lamps do not say what '{sensor}' sees of them.");
}
