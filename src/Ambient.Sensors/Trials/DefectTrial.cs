using Ambient.Sensors.Fusion;

namespace Ambient.Sensors.Trials;

/// <summary>How fusion came through with one sensor broken.</summary>
/// <param name="Sensor">Which sensor.</param>
/// <param name="Quantity">Which of its quantities.</param>
/// <param name="Defect">How it broke, see <see cref="SensorDefect.All"/>.</param>
/// <param name="From">When it broke.</param>
/// <param name="Accuracy">Share of labelled rows that were right.</param>
/// <param name="NamedAs">The kind of the first fault that names it, or null.</param>
/// <param name="NamedMinutes">From the break to being named, minutes.</param>
/// <param name="UnnamedMinutes">The longest that two others contradicted it, or that it was silent, without its being named, minutes; null where nothing ever contradicted it.</param>
/// <param name="OtherAlarms">Faults that name other sensors after the break.</param>
public sealed record DefectTrial(string Sensor, Quantity Quantity, string Defect, DateTimeOffset From, double Accuracy, string? NamedAs, double? NamedMinutes, double? UnnamedMinutes, int OtherAlarms)
{
    /// <summary>Replays a recording with one sensor broken.</summary>
    /// <param name="honest">The labelled recording.</param>
    /// <param name="contradiction">Judges when the sensor is contradicted.</param>
    /// <param name="defect">How it breaks.</param>
    /// <param name="sensor">Which sensor.</param>
    /// <param name="quantity">Which of its quantities.</param>
    /// <param name="from">When.</param>
    /// <param name="calibration">The room's own numbers; null for the defaults.</param>
    /// <param name="seed">Of what is left to chance.</param>
    public static DefectTrial Run(
        IReadOnlyList<IReadOnlyList<Reading>> honest, Contradiction contradiction, SensorDefect defect, string sensor, Quantity quantity, DateTimeOffset from, Calibration? calibration, int seed = 1)
    {
        IReadOnlyList<IReadOnlyList<Reading>> rows = defect.Of(honest, sensor, quantity, from, seed);
        var fusion = new ContextFusion(calibration: calibration);
        string name = Quantities.NameOf(quantity);
        HashSet<SensorFault> faults = [];
        List<DateTimeOffset> named = []; // every moment at which it stood named
        OccupancyScore score = OccupancyScore.Of(rows, fusion, new HashSet<Quantity>(), (row, context) =>
        {
            IReadOnlyList<SensorFault> now = fusion.Faults;
            if (context.Time < from) return;
            faults.UnionWith(now);
            if (now.Any(fault => fault.Sensor == sensor && fault.Quantity == name)) named.Add(context.Time);
        });
        SensorFault? first = faults.Where(fault => fault.Sensor == sensor && fault.Quantity == name).MinBy(fault => fault.Since);
        DateTimeOffset end = rows[^1][0].Time;
        IReadOnlyList<(DateTimeOffset From, DateTimeOffset To)> stretches = defect.Name == "silent" ? [(from, end)] : contradiction.Of(rows, sensor, quantity, from);
        double? unnamed = stretches.Count == 0 ? null : stretches.Max(UnnamedIn);
        return new DefectTrial(sensor, quantity, defect.Name, from, score.Accuracy ?? double.NaN, first?.Kind, (first?.Since - from)?.TotalMinutes, unnamed,
            faults.Count(fault => fault.Since >= from && (fault.Sensor != sensor || fault.Quantity != name)));

        double UnnamedIn((DateTimeOffset From, DateTimeOffset To) stretch)
        {
            int found = named.FindIndex(time => time >= stretch.From && time <= stretch.To);
            return ((found < 0 ? stretch.To : named[found]) - stretch.From).TotalMinutes;
        }
    }
}
