namespace Ambient.Sensors.Fusion;

/// <summary>How well <see cref="ContextVector.IsOccupied"/> follows the labels of a recording, judged strictly causally: each row with what came up to it.</summary>
/// <param name="Rows">Rows replayed.</param>
/// <param name="TruePositive">Labelled occupied, said occupied.</param>
/// <param name="FalsePositive">Labelled empty, said occupied.</param>
/// <param name="TrueNegative">Labelled empty, said empty.</param>
/// <param name="FalseNegative">Labelled occupied, said empty.</param>
public sealed record OccupancyScore(int Rows, int TruePositive, int FalsePositive, int TrueNegative, int FalseNegative)
{
    /// <summary>Rows that carry a label.</summary>
    public int Labelled => TruePositive + FalsePositive + TrueNegative + FalseNegative;

    /// <summary>Share of labelled rows that are right, 0..1; null without labels.</summary>
    public double? Accuracy => Labelled == 0 ? null : (double)(TruePositive + TrueNegative) / Labelled;

    /// <summary>F1 of "occupied", 0..1; null where nothing is occupied, in label or answer.</summary>
    public double? F1 => 2 * TruePositive + FalsePositive + FalseNegative == 0
        ? null
        : 2.0 * TruePositive / (2 * TruePositive + FalsePositive + FalseNegative);

    /// <summary>Two recordings as one: the counts are pooled, not the shares averaged.</summary>
    public OccupancyScore Pool(OccupancyScore other) => new(
        Rows + other.Rows, TruePositive + other.TruePositive, FalsePositive + other.FalsePositive, TrueNegative + other.TrueNegative, FalseNegative + other.FalseNegative);

    /// <summary>Replays a recording through a fusion.</summary>
    /// <param name="rows">The recording.</param>
    /// <param name="fusion">A fresh fusion; it learns as it goes.</param>
    /// <param name="masked">Quantities that the fusion is not shown.</param>
    /// <param name="observe">Called after each row with its readings and what fusion made of them.</param>
    public static OccupancyScore Of(
        IEnumerable<IReadOnlyList<Reading>> rows,
        ContextFusion fusion,
        IReadOnlySet<Quantity> masked,
        Action<IReadOnlyList<Reading>, ContextVector>? observe = null)
    {
        var score = new OccupancyScore(0, 0, 0, 0, 0);
        foreach (IReadOnlyList<Reading> row in rows)
        {
            foreach (Reading reading in row)
                if (!masked.Contains(reading.Quantity)) fusion.Add(reading);
            ContextVector context = fusion.Fuse(row[0].Time);
            score = score.With(LabelOf(row), context.IsOccupied);
            observe?.Invoke(row, context);
        }

        return score;
    }

    /// <summary>The truth of a row: its label, or its number of people; null where it has neither.</summary>
    public static bool? LabelOf(IReadOnlyList<Reading> row)
    {
        foreach (Reading reading in row)
            if (reading.Quantity is Quantity.LabelOccupied or Quantity.LabelPeople) return reading.Value > 0;
        return null;
    }

    private OccupancyScore With(bool? label, bool isOccupied) => (label, isOccupied) switch
    {
        (true, true) => this with { Rows = Rows + 1, TruePositive = TruePositive + 1 },
        (false, true) => this with { Rows = Rows + 1, FalsePositive = FalsePositive + 1 },
        (false, false) => this with { Rows = Rows + 1, TrueNegative = TrueNegative + 1 },
        (true, false) => this with { Rows = Rows + 1, FalseNegative = FalseNegative + 1 },
        _ => this with { Rows = Rows + 1 },
    };
}
