namespace Ambient.Sensors.Trials;

/// <summary>A way in which one sensor breaks.</summary>
/// <param name="Name">In a word or two, as it is printed.</param>
/// <param name="Broken">What it reports instead of an honest value, given that value, the last one before it broke, its least and its most; null for nothing at all.</param>
/// <param name="IsByChance">Whether another seed makes another run of it.</param>
public sealed record SensorDefect(string Name, Func<DefectInput, Random, double?> Broken, bool IsByChance = false)
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<SensorDefect> All { get; } =
    [
        new("silent", (_, _) => null),
        new("stuck at its last value", (input, _) => input.Last),
        new("stuck at its least", (input, _) => input.Least),
        new("stuck at its most", (input, _) => input.Most),
        new("inverted", (input, _) => input.Least + input.Most - input.Honest),
        new("ghosts, one in five", (input, chance) => chance.Next(5) > 0 ? input.Least : input.Most, IsByChance: true),
        new("coin flips", (input, chance) => chance.Next(2) == 0 ? input.Least : input.Most, IsByChance: true),
    ];

    /// <summary>The same rows with one sensor broken. All else, labels included, stays as it is.</summary>
    /// <param name="rows">The recording.</param>
    /// <param name="sensor">Which sensor.</param>
    /// <param name="quantity">Which of its quantities.</param>
    /// <param name="from">When it breaks.</param>
    /// <param name="seed">Of what is left to chance.</param>
    public IReadOnlyList<IReadOnlyList<Reading>> Of(IReadOnlyList<IReadOnlyList<Reading>> rows, string sensor, Quantity quantity, DateTimeOffset from, int seed = 1)
    {
        double[] values = [.. rows.SelectMany(row => row).Where(IsIt).Select(reading => reading.Value)];
        if (values.Length == 0) return rows;
        var chance = new Random(seed);
        double least = values.Min(), most = values.Max(), last = values[0];
        return
        [
            .. rows.Select(row =>
            {
                if (!row.Any(IsIt)) return row;
                List<Reading> broken = [];
                foreach (Reading reading in row)
                {
                    bool isIt = IsIt(reading);
                    if (isIt && reading.Time < from) last = reading.Value;
                    if (!isIt || reading.Time < from) broken.Add(reading);
                    else if (Broken(new DefectInput(reading.Value, last, least, most), chance) is { } value) broken.Add(reading with { Value = value });
                }

                return (IReadOnlyList<Reading>)broken;
            }),
        ];

        bool IsIt(Reading reading) => reading.Sensor == sensor && reading.Quantity == quantity;
    }
}

/// <summary>What a <see cref="SensorDefect"/> starts from.</summary>
/// <param name="Honest">The honest value.</param>
/// <param name="Last">The last honest one before it broke.</param>
/// <param name="Least">Its smallest in the recording.</param>
/// <param name="Most">Its largest.</param>
public readonly record struct DefectInput(double Honest, double Last, double Least, double Most);
