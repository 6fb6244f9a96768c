using Ambient.Sensors;
using Ambient.Sensors.Fusion;
using Ambient.Sensors.Trials;

namespace Ambient.Daemon.Bench;

/// <summary>How fusion comes through when the light of a recorded room lies, and when one sensor breaks: every lie and every defect there is, on a labelled recording.</summary>
internal static class LieBench
{
    private static readonly HashSet<Quantity> Nothing = [];
    private static readonly HashSet<Quantity> Light = [Quantity.Illuminance];

    /// <summary>Runs the whole matrix; the same recording and seeds give the same figures.</summary>
    /// <param name="rows">A labelled recording.</param>
    /// <param name="calibration">The room's own numbers; null for the defaults.</param>
    /// <param name="leaveOneDayOut">Fit them for each day to the other days instead.</param>
    /// <param name="seeds">Runs of each lie about light and each defect that leaves something to chance, 1 and up.</param>
    public static LieReport Run(IReadOnlyList<IReadOnlyList<Reading>> rows, Calibration? calibration, bool leaveOneDayOut, int seeds)
    {
        List<IReadOnlyList<IReadOnlyList<Reading>>> days = [.. rows.GroupBy(row => row[0].Time.Date).Select(day => (IReadOnlyList<IReadOnlyList<Reading>>)[.. day])];
        Calibration?[] fitted = [.. days.Select(day => leaveOneDayOut ? Calibrator.Fit([.. days.Where(other => other != day).SelectMany(other => other)], Nothing) : calibration)];
        return new LieReport(Honest(rows, days, fitted), Lies(rows, days, fitted, seeds), Defects(rows, days, fitted, seeds));
    }

    private static HonestRow Honest(IReadOnlyList<IReadOnlyList<Reading>> rows, List<IReadOnlyList<IReadOnlyList<Reading>>> days, Calibration?[] fitted)
    {
        OccupancyScore all = Pooled(days, fitted, Nothing), dark = Pooled(days, fitted, Light);
        var fusion = new ContextFusion(calibration: fitted[0]);
        HashSet<SensorFault> alarms = [];
        OccupancyScore.Of(rows, fusion, Nothing, (_, _) => alarms.UnionWith(fusion.Faults));
        int most = alarms.Count == 0 ? 0 : alarms.GroupBy(alarm => alarm.Since.Date).Max(day => day.Count());
        return new HonestRow(Rounded(all.Accuracy), Rounded(dark.Accuracy), most);
    }

    private static List<LieRow> Lies(IReadOnlyList<IReadOnlyList<Reading>> rows, List<IReadOnlyList<IReadOnlyList<Reading>>> days, Calibration?[] fitted, int seeds)
    {
        IReadOnlyDictionary<string, double> lamps = LitRoom.LampsOf(rows);
        if (lamps.Count == 0) return [];
        double?[] without = [.. days.Select((day, i) => OccupancyScore.Of(day, new ContextFusion(calibration: fitted[i]), Light).Accuracy)];
        var found = new LieRow[LightLies.All.Count];
        Parallel.For(0, found.Length, index =>
        {
            LightLie lie = LightLies.All[index];
            var pooled = new OccupancyScore(0, 0, 0, 0, 0);
            double worst = 1, most = double.NegativeInfinity;
            for (int day = 0; day < days.Count; day++)
            {
                for (int seed = 1; seed <= seeds; seed++)
                {
                    OccupancyScore score = OccupancyScore.Of(lie.Of(days[day], lamps, seed), new ContextFusion(calibration: fitted[day]), Nothing);
                    pooled = pooled.Pool(score);
                    worst = Math.Min(worst, score.Accuracy ?? 1);
                    most = Math.Max(most, 100 * (without[day] - score.Accuracy) ?? most);
                }
            }

            found[index] = new LieRow(lie.Name, Rounded(pooled.Accuracy), Rounded(worst), Rounded(most));
        });
        return [.. found];
    }

    /// <summary>Each defect begins an hour after the first arrival of each day, in a room in use.</summary>
    private static List<DefectRow> Defects(IReadOnlyList<IReadOnlyList<Reading>> rows, List<IReadOnlyList<IReadOnlyList<Reading>>> days, Calibration?[] fitted, int seeds)
    {
        var contradiction = new Contradiction(rows);
        var onsets = days.Select((day, i) => (Arrival: day.FirstOrDefault(row => OccupancyScore.LabelOf(row) == true)?[0].Time, Fitted: fitted[i])).Where(day => day.Arrival is not null).ToList();
        double[] honest = [.. onsets.Select(onset => OccupancyScore.Of(rows, new ContextFusion(calibration: onset.Fitted), Nothing).Accuracy ?? double.NaN)];
        var sources = rows.SelectMany(row => row).Where(reading => !Quantities.IsLabel(reading.Quantity)).Select(reading => (reading.Sensor, reading.Quantity)).Distinct().ToList();
        var cases = sources.SelectMany(source => SensorDefect.All.Where(defect => Contradiction.Judges(source.Quantity) || defect.Name is "silent" or "stuck at its last value").Select(defect => (Source: source, Defect: defect))).ToList();
        var found = new DefectRow[cases.Count];
        Parallel.For(0, cases.Count, index =>
        {
            (var (sensor, quantity), SensorDefect defect) = cases[index];
            int runs = defect.IsByChance ? seeds : 1;
            List<DefectTrial> trials = [.. onsets.SelectMany(onset => Enumerable.Range(1, runs).Select(seed => DefectTrial.Run(rows, contradiction, defect, sensor, quantity, onset.Arrival!.Value.AddHours(1), onset.Fitted, seed)))];
            found[index] = new DefectRow(
                sensor, Quantities.NameOf(quantity), defect.Name, Rounded(trials.Select((trial, i) => 100 * (honest[i / runs] - trial.Accuracy)).DefaultIfEmpty().Max()),
                string.Join(' ', trials.Select(trial => trial.NamedAs ?? "-").Distinct()), Rounded(trials.Max(trial => trial.UnnamedMinutes)),
                trials.Select(trial => trial.OtherAlarms).DefaultIfEmpty().Max() / (double)days.Count);
        });
        return [.. found];
    }

    private static OccupancyScore Pooled(List<IReadOnlyList<IReadOnlyList<Reading>>> days, Calibration?[] fitted, HashSet<Quantity> masked)
    {
        var pooled = new OccupancyScore(0, 0, 0, 0, 0);
        for (int day = 0; day < days.Count; day++) pooled = pooled.Pool(OccupancyScore.Of(days[day], new ContextFusion(calibration: fitted[day]), masked));
        return pooled;
    }

    private static double? Rounded(double? value) => value is { } number ? Math.Round(number, 4) : null;
}

/// <summary>The whole matrix.</summary>
/// <param name="Honest">The recording as it is.</param>
/// <param name="Lies">Every lie about light, each day told it from its first row on.</param>
/// <param name="Defects">Every defect of every sensor.</param>
internal sealed record LieReport(HonestRow Honest, IReadOnlyList<LieRow> Lies, IReadOnlyList<DefectRow> Defects);

/// <summary>The recording as it is.</summary>
/// <param name="Accuracy">Share of labelled rows that were right, days pooled.</param>
/// <param name="WithoutLight">The same with light hidden.</param>
/// <param name="FalseAlarmsADay">Faults on the day that has most.</param>
internal sealed record HonestRow(double? Accuracy, double? WithoutLight, int FalseAlarmsADay);

/// <summary>One lie about light.</summary>
/// <param name="Lie">Which.</param>
/// <param name="Accuracy">Days and seeds pooled.</param>
/// <param name="WorstDay">Accuracy on the worst day.</param>
/// <param name="LossPoints">Most that a day loses against the same day without light, points; below 0 where light that lies still helps.</param>
internal sealed record LieRow(string Lie, double? Accuracy, double? WorstDay, double? LossPoints);

/// <summary>One defect of one sensor.</summary>
/// <param name="Sensor">Which sensor.</param>
/// <param name="Quantity">Which of its quantities.</param>
/// <param name="Defect">How it breaks.</param>
/// <param name="LossPoints">Most that the whole recording loses, points.</param>
/// <param name="NamedAs">Kinds of faults that named it; <c>-</c> where none did.</param>
/// <param name="UnnamedMinutes">The longest that two others contradicted it, or that it was silent, before it was named; null where nothing contradicted it.</param>
/// <param name="OtherAlarmsADay">Faults that name other sensors.</param>
internal sealed record DefectRow(string Sensor, string Quantity, string Defect, double? LossPoints, string NamedAs, double? UnnamedMinutes, double OtherAlarmsADay);
