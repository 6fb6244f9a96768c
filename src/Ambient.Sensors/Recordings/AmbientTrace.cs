using System.Globalization;

namespace Ambient.Sensors.Recordings;

/// <summary>Ambient's own trace: <c>time,sensor,quantity,value,unit</c>, RFC 3339 times, one reading a line; labels are the quantities <c>label_occupied</c> and <c>label_people</c>.</summary>
public sealed class AmbientTrace : IRecordingFormat
{
    internal const string Header = "time,sensor,quantity,value,unit";

    /// <summary>In the column of the unit: the reading only repeats a state.</summary>
    internal const string Repeat = "repeat";

    /// <inheritdoc/>
    public string Name => "ambient";

    /// <inheritdoc/>
    /// <remarks>
    /// Lines in sequence with the same time are one row. Where the daemon's own contexts were recorded, a row is all that came up to a fusion, with the context's lines at its head:
    /// its time is the fusion's, so a replay fuses when the daemon did. The times carry their own offset, <paramref name="offset"/> is not used.
    /// </remarks>
    public IEnumerable<IReadOnlyList<Reading>> Read(IEnumerable<string> lines, TimeSpan offset)
    {
        var row = new List<Reading>();
        int marks = 0; // lines of a context at the head of the row
        bool isMarked = false;
        foreach (CsvLine line in CsvLine.After(Name, Header, lines, columns: 5))
        {
            Reading reading = ReadingOf(line);
            if (isMarked || (row.Count == 0 && reading.Quantity == Quantity.Context))
            {
                isMarked = true;
                if (marks > 0 && (reading.Quantity != Quantity.Context || reading.Time != row[0].Time))
                {
                    yield return row;
                    (row, marks) = ([], 0);
                }

                if (reading.Quantity == Quantity.Context) row.Insert(marks++, reading);
                else row.Add(reading);
                continue;
            }

            if (row.Count > 0 && row[0].Time != reading.Time)
            {
                yield return row;
                row = [];
            }

            row.Add(reading);
        }

        if (row.Count > 0 && (!isMarked || marks > 0)) yield return row; // what came after the last fusion led to no context
    }

    private static Reading ReadingOf(CsvLine line)
    {
        if (!DateTimeOffset.TryParse(line.Text(0), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time))
            throw line.Wrong($"time is '{line.Text(0)}'; RFC 3339 such as 2017-12-22T14:15:00+01:00 would be right");
        if (!Quantities.TryParse(line.Text(2), out Quantity quantity))
            throw line.Wrong($"quantity is '{line.Text(2)}'. There are: {Quantities.KnownNames}");
        bool isRepeat = line.Text(4) == Repeat && Quantities.IsBinary(quantity);
        if (!UnitConversion.TryConvert(quantity, line.Value(3), isRepeat ? "" : line.Text(4), out double value))
            throw line.Wrong($"unit of {Quantities.NameOf(quantity)} is '{line.Text(4)}'. There are: {UnitConversion.KnownUnits(quantity)}");
        if (!Quantities.CanBe(quantity, value))
            throw line.Wrong($"{Quantities.NameOf(quantity)} is {line.Text(3)} {line.Text(4)}, outside {Quantities.RangeOf(quantity)}");
        return new Reading(time, line.Text(1), quantity, value) { IsRepeat = isRepeat };
    }
}
