namespace Ambient.Sensors.Recordings;

/// <summary>"Occupancy Detection", UCI machine learning repository dataset 357 (Candanedo and Feldheim 2016): one office, a row a minute.</summary>
/// <remarks>Times are the place's wall clock without a zone. The header has one column fewer than the rows, which begin with a row number.</remarks>
public sealed class Uci357 : IRecordingFormat
{
    private const string Header = "\"date\",\"Temperature\",\"Humidity\",\"Light\",\"CO2\",\"HumidityRatio\",\"Occupancy\"";

    /// <inheritdoc/>
    public string Name => "uci357";

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<Reading>> Read(IEnumerable<string> lines, TimeSpan offset)
    {
        foreach (CsvLine line in CsvLine.After(Name, Header, lines, columns: 8))
        {
            DateTimeOffset time = line.LocalTime(line.Text(1), "yyyy-MM-dd HH:mm:ss", offset);
            yield return
            [
                new Reading(time, "room", Quantity.Temperature, line.Value(2)),
                new Reading(time, "room", Quantity.Humidity, line.Value(3)),
                new Reading(time, "room", Quantity.Illuminance, line.Value(4)),
                new Reading(time, "room", Quantity.Co2, line.Value(5)),
                new Reading(time, "label", Quantity.LabelOccupied, line.Value(7)),
            ];
        }
    }
}
