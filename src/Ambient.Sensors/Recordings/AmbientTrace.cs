using System.Globalization;

namespace Ambient.Sensors.Recordings;

/// <summary>Ambient's own trace: <c>time,sensor,quantity,value,unit</c>, RFC 3339 times, one reading a line; labels are the quantities <c>label_occupied</c> and <c>label_people</c>.</summary>
public sealed class AmbientTrace : IRecordingFormat
{
    private const string Header = "time,sensor,quantity,value,unit";

    /// <inheritdoc/>
    public string Name => "ambient";

    /// <inheritdoc/>
    /// <remarks>Lines in sequence with the same time are one row. The times carry their own offset, <paramref name="offset"/> is not used.</remarks>
    public IEnumerable<IReadOnlyList<Reading>> Read(IEnumerable<string> lines, TimeSpan offset)
    {
        var row = new List<Reading>();
        foreach (CsvLine line in CsvLine.After(Name, Header, lines, columns: 5))
        {
            Reading reading = ReadingOf(line);
            if (row.Count > 0 && row[0].Time != reading.Time)
            {
                yield return row;
                row = [];
            }

            row.Add(reading);
        }

        if (row.Count > 0) yield return row;
    }

    private static Reading ReadingOf(CsvLine line)
    {
        if (!DateTimeOffset.TryParse(line.Text(0), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            throw line.Wrong($"time is '{line.Text(0)}'; RFC 3339 such as 2017-12-22T14:15:00+01:00 would be right");
        if (!Quantities.TryParse(line.Text(2), out Quantity quantity))
            throw line.Wrong($"quantity is '{line.Text(2)}'. There are: {Quantities.KnownNames}");
        if (!UnitConversion.TryConvert(quantity, line.Value(3), line.Text(4), out double value))
            throw line.Wrong($"unit of {Quantities.NameOf(quantity)} is '{line.Text(4)}'. There are: {UnitConversion.KnownUnits(quantity)}");
        if (!Quantities.CanBe(quantity, value))
            throw line.Wrong($"{Quantities.NameOf(quantity)} is {line.Text(3)} {line.Text(4)}, outside {Quantities.RangeOf(quantity)}");
        return new Reading(time, line.Text(1), quantity, value);
    }
}
