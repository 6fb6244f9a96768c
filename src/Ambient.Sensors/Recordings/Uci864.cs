namespace Ambient.Sensors.Recordings;

/// <summary>"Room Occupancy Estimation", UCI machine learning repository dataset 864 (Singh et al. 2018): seven sensor nodes in one office, a row every 30 s.</summary>
/// <remarks>Times are the place's wall clock without a zone. Sound is a microphone amplifier's volts, not dBA.</remarks>
public sealed class Uci864 : IRecordingFormat
{
    private const string Header = "Date,Time,S1_Temp,S2_Temp,S3_Temp,S4_Temp,S1_Light,S2_Light,S3_Light,S4_Light,S1_Sound,S2_Sound,S3_Sound,S4_Sound,"
        + "S5_CO2,S5_CO2_Slope,S6_PIR,S7_PIR,Room_Occupancy_Count";

    /// <summary>Columns 2 onwards; the CO2 slope (null) is derived by the data's authors and not a measurement.</summary>
    private static readonly (string Sensor, Quantity Quantity)?[] Columns =
    [
        ("S1", Quantity.Temperature), ("S2", Quantity.Temperature), ("S3", Quantity.Temperature), ("S4", Quantity.Temperature),
        ("S1", Quantity.Illuminance), ("S2", Quantity.Illuminance), ("S3", Quantity.Illuminance), ("S4", Quantity.Illuminance),
        ("S1", Quantity.Sound), ("S2", Quantity.Sound), ("S3", Quantity.Sound), ("S4", Quantity.Sound),
        ("S5", Quantity.Co2), null, ("S6", Quantity.Motion), ("S7", Quantity.Motion), ("label", Quantity.LabelPeople),
    ];

    /// <inheritdoc/>
    public string Name => "uci864";

    /// <inheritdoc/>
    public IEnumerable<IReadOnlyList<Reading>> Read(IEnumerable<string> lines, TimeSpan offset)
    {
        foreach (CsvLine line in CsvLine.After(Name, Header, lines, Columns.Length + 2))
        {
            DateTimeOffset time = line.LocalTime($"{line.Text(0)} {line.Text(1)}", "yyyy/MM/dd HH:mm:ss", offset);
            var row = new List<Reading>(Columns.Length);
            for (int i = 0; i < Columns.Length; i++)
                if (Columns[i] is var (sensor, quantity))
                    row.Add(new Reading(time, sensor, quantity, line.Value(i + 2)));
            row.Add(new Reading(time, "label", Quantity.LabelOccupied, line.Value(Columns.Length + 1) > 0 ? 1 : 0));
            yield return row;
        }
    }
}
