using Ambient.Sensors.Recordings;

namespace Ambient.Sensors.Tests.Recordings;

public sealed class RecordingTests
{
    [Fact]
    public void Uci864_has_four_lights_four_volts_two_PIRs_CO2_and_a_head_count()
    {
        IReadOnlyList<Reading> row = Some.OfficeAfternoon()[0];
        Assert.Equal(4, row.Count(r => r.Quantity == Quantity.Illuminance));
        Assert.Equal(4, row.Count(r => r.Quantity == Quantity.Sound));
        Assert.Equal(["S6", "S7"], row.Where(r => r.Quantity == Quantity.Motion).Select(r => r.Sensor));
        Assert.Equal(1, row.Single(r => r.Quantity == Quantity.LabelOccupied).Value);
        Assert.All(row, r => Assert.True(Quantities.CanBe(r.Quantity, r.Value)));
    }

    [Fact]
    public void Wall_clock_times_take_the_offset_they_are_given()
    {
        string[] lines = ["\"date\",\"Temperature\",\"Humidity\",\"Light\",\"CO2\",\"HumidityRatio\",\"Occupancy\"", "\"1\",\"2015-02-04 17:51:00\",23.18,27.272,426,721.25,0.0047,1"];
        Reading light = new Uci357().Read(lines, TimeSpan.FromHours(1)).Single().Single(r => r.Quantity == Quantity.Illuminance);
        Assert.Equal(new DateTimeOffset(2015, 2, 4, 17, 51, 0, TimeSpan.FromHours(1)), light.Time);
        Assert.Equal(426, light.Value);
    }

    [Fact]
    public void A_trace_groups_readings_of_one_moment_and_converts_units()
    {
        string[] lines =
        [
            "time,sensor,quantity,value,unit",
            "2026-01-02T03:04:05+01:00,desk,temperature,68,°F",
            "2026-01-02T03:04:05+01:00,label,label_occupied,1,",
            "2026-01-02T03:04:35+01:00,desk,illuminance,0.3,klx",
        ];
        List<IReadOnlyList<Reading>> rows = [.. new AmbientTrace().Read(lines, TimeSpan.Zero)];
        Assert.Equal([2, 1], rows.Select(r => r.Count));
        Assert.Equal(20, rows[0][0].Value, 6);
        Assert.Equal(300, rows[1][0].Value, 6);
        Assert.Equal(TimeSpan.FromHours(1), rows[1][0].Time.Offset);
    }

    [Theory]
    [InlineData("2026-01-02T03:04:05Z,desk,brightness,3,lx", "ambient, line 2: quantity is 'brightness'. There are: occupancy")]
    [InlineData("yesterday,desk,illuminance,3,lx", "ambient, line 2: time is 'yesterday'; RFC 3339")]
    [InlineData("2026-01-02T03:04:05Z,desk,illuminance,-5,lx", "ambient, line 2: illuminance is -5 lx, outside (0, 200000)")]
    [InlineData("2026-01-02T03:04:05Z,desk,illuminance,3,°C", "ambient, line 2: unit of illuminance is '°C'. There are: lx")]
    [InlineData("2026-01-02T03:04:05Z,desk,illuminance,3", "ambient, line 2: has 4 columns; 5 would be right.")]
    public void A_wrong_line_is_named_with_what_would_be_right(string line, string message)
    {
        var wrong = Assert.Throws<InvalidDataException>(() => new AmbientTrace().Read(["time,sensor,quantity,value,unit", line], TimeSpan.Zero).Count());
        Assert.StartsWith(message, wrong.Message, StringComparison.Ordinal);
    }
}
