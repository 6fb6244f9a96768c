namespace Ambient.Sensors.Fusion;

/// <summary>Labels for a recording that has none: what its sensors agree on once it is known how things went on.</summary>
public static class Hindsight
{
    /// <summary>The same rows with a label: occupied from when fusion believed it to the last motion before it stopped believing it.</summary>
    /// <remarks>Only for fitting. Fusion at run time never sees what comes later.</remarks>
    public static IReadOnlyList<IReadOnlyList<Reading>> Label(IReadOnlyList<IReadOnlyList<Reading>> rows, IReadOnlySet<Quantity> masked)
    {
        var isOccupied = new bool[rows.Count];
        int index = 0;
        OccupancyScore.Of(rows, new ContextFusion(), masked, (_, context) => isOccupied[index++] = context.IsOccupied);
        bool hasMotion = rows.Any(HasMotion);
        for (int i = rows.Count - 1; hasMotion && i > 0; i--)
        {
            bool isOver = isOccupied[i] && (i + 1 == rows.Count || !isOccupied[i + 1]);
            if (isOver && !HasMotion(rows[i])) isOccupied[i] = false;
        }

        return [.. rows.Select((row, i) => (IReadOnlyList<Reading>)[.. row, new Reading(row[0].Time, "hindsight", Quantity.LabelOccupied, isOccupied[i] ? 1 : 0)])];
    }

    private static bool HasMotion(IReadOnlyList<Reading> row) =>
        row.Any(reading => reading.Quantity is Quantity.Motion or Quantity.Occupancy or Quantity.Presence && reading.Value > 0.5);
}
