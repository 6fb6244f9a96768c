namespace Ambient.Sensors.Fusion;

/// <summary>Fits a <see cref="Calibration"/> to a recording.</summary>
/// <remarks>
/// Coordinate descent over short tables of values that a room can have, judged by causal replay (Brier score: a doubt that nearly turned counts, too). The recording is judged several times
/// over: as it is, by motion and sound alone, and with its lamps left on and dead. So a fit can't buy accuracy with a trust in light that
/// the next week would punish, and one file serves whatever sensors are left. Leaving a default costs a little, so noise does not move it.
/// </remarks>
public static class Calibrator
{
    private const int Passes = 2;

    /// <summary>Accuracy that a change must win for each e-fold away from its default.</summary>
    private const double ChangeCost = 0.001;

    private static readonly Parameter[] Parameters =
    [
        new([4, 5, 6, 8, 10, 13], c => c.StillnessMinutes, (c, v) => c with { StillnessMinutes = v }, [Quantity.Motion, Quantity.Occupancy]),
        new([3, 4.5, 7, 10, 14], c => c.SilenceMinutes, (c, v) => c with { SilenceMinutes = v }, [Quantity.Sound, Quantity.Noise]),
        new([5, 6, 8], c => c.SoundEventDb, (c, v) => c with { SoundEventDb = v }, [Quantity.Sound, Quantity.Noise]),
        new([0.25, 0.35, 0.5, 0.7, 1, 1.5, 2.5], c => c.AirChangesPerHour, (c, v) => c with { AirChangesPerHour = v }, [Quantity.Co2]),
        new([0.6, 0.9, 1.2, 1.6, 2.2, 3], c => c.Co2PpmPerMinute, (c, v) => c with { Co2PpmPerMinute = v }, [Quantity.Co2]),
        new([0.25, 0.5, 0.75, 1], c => c.Co2Weight, (c, v) => c with { Co2Weight = v }, [Quantity.Co2]),
        new([0.5, 0.7, 0.85, 1], c => c.LightWeight, (c, v) => c with { LightWeight = v }, [Quantity.Illuminance]),
        new([20, 40, 60, 90], c => c.LeavingSeconds, (c, v) => c with { LeavingSeconds = v }, []),
    ];

    /// <summary>The calibration that follows the recording best; the default where there is nothing to learn from.</summary>
    /// <param name="rows">Labelled rows. Days that were left out may leave gaps.</param>
    /// <param name="masked">Quantities that fusion will not see.</param>
    public static Calibration Fit(IReadOnlyList<IReadOnlyList<Reading>> rows, IReadOnlySet<Quantity> masked)
    {
        if (rows.Count == 0) return Calibration.Default;
        var present = rows.SelectMany(row => row).Select(reading => reading.Quantity).Where(quantity => !masked.Contains(quantity)).ToHashSet();
        List<Trial> trials = TrialsOf(rows, masked, present);
        Calibration best = Calibration.Default;
        double bestScore = Score(best, trials);
        for (int pass = 0; pass < Passes; pass++)
        {
            foreach (Parameter parameter in Parameters)
            {
                if (parameter.Needs.Length > 0 && !parameter.Needs.Any(present.Contains)) continue;
                Calibration[] candidates = [.. parameter.Values.Where(value => value != parameter.Get(best)).Select(value => parameter.Set(best, value))];
                double[] scores = new double[candidates.Length];
                Parallel.For(0, candidates.Length, i => scores[i] = Score(candidates[i], trials));
                for (int i = 0; i < candidates.Length; i++)
                    if (scores[i] > bestScore) (best, bestScore) = (candidates[i], scores[i]);
            }
        }

        return best with { Sources = SourcesOf(rows, masked, best) };
    }

    /// <summary>What a replay with the fitted numbers teaches about single sensors.</summary>
    internal static IReadOnlyList<LearntSource> SourcesOf(IReadOnlyList<IReadOnlyList<Reading>> rows, IReadOnlySet<Quantity> masked, Calibration calibration)
    {
        var fusion = new ContextFusion(calibration: calibration);
        OccupancyScore.Of(rows, fusion, masked);
        return fusion.Learnt;
    }

    private static double Score(Calibration calibration, List<Trial> trials)
    {
        double sum = 0, weight = 0, change = 0;
        foreach (Trial trial in trials)
        {
            double squares = 0, count = 0;
            OccupancyScore.Of(trial.Rows, new ContextFusion(calibration: calibration), trial.Masked, (row, context) =>
            {
                if (OccupancyScore.LabelOf(row) is not { } label) return;
                squares += Math.Pow(context.Occupancy - (label ? 1 : 0), 2);
                count++;
            });
            sum += trial.Weight * (1 - squares / Math.Max(1, count));
            weight += trial.Weight;
        }

        foreach (Parameter parameter in Parameters) change += Math.Abs(Math.Log(parameter.Get(calibration) / parameter.Get(Calibration.Default)));
        return sum / weight - ChangeCost * change;
    }

    private static List<Trial> TrialsOf(IReadOnlyList<IReadOnlyList<Reading>> rows, IReadOnlySet<Quantity> masked, HashSet<Quantity> present)
    {
        List<Trial> trials = [new(rows, masked, 1)];
        if (!present.Contains(Quantity.Illuminance)) return trials;
        bool sees = present.Overlaps([Quantity.Motion, Quantity.Occupancy, Quantity.Presence]);
        if (!sees)
        {
            if (present.Contains(Quantity.Co2)) trials.Add(new(rows, masked.Append(Quantity.Illuminance).ToHashSet(), 0.25));
            return trials;
        }

        trials.Add(new(rows, masked.Concat([Quantity.Illuminance, Quantity.Co2]).ToHashSet(), 1));
        var lit = rows.SelectMany(row => row).Where(reading => reading.Quantity == Quantity.Illuminance).GroupBy(reading => reading.Sensor)
            .ToDictionary(sensor => sensor.Key, sensor => sensor.Select(reading => reading.Value).Order().ElementAt(sensor.Count() * 9 / 10));
        trials.Add(new(WithLight(rows, reading => reading.Value + lit[reading.Sensor]), masked, 0.5));
        trials.Add(new(WithLight(rows, _ => 0), masked, 0.25));
        return trials;
    }

    private static IReadOnlyList<Reading>[] WithLight(IReadOnlyList<IReadOnlyList<Reading>> rows, Func<Reading, double> lux) =>
        [.. rows.Select(row => (IReadOnlyList<Reading>)[.. row.Select(reading => reading.Quantity == Quantity.Illuminance ? reading with { Value = lux(reading) } : reading)])];

    /// <summary>One number, the values it may have, and which quantities it needs.</summary>
    private sealed record Parameter(double[] Values, Func<Calibration, double> Get, Func<Calibration, double, Calibration> Set, Quantity[] Needs);

    /// <summary>One way of looking at the recording.</summary>
    private sealed record Trial(IReadOnlyList<IReadOnlyList<Reading>> Rows, IReadOnlySet<Quantity> Masked, double Weight);
}
