using Ambient.Sensors.Fusion;

namespace Ambient.Sensors.Tests.Fusion;

/// <summary>How many people there are by the air that they breathe, in a room of 60 m³ with a PIR and a CO2 sensor that rounds to 1 ppm.</summary>
public sealed class BreathCountTests
{
    private const double VolumeM3 = 60;
    private const double LitresAnHour = 18;

    private ContextFusion _fusion = new(new RoomFacts { VolumeM3 = VolumeM3, Capacity = 10 });
    private double _minute;
    private double _ppm = 425;

    [Fact]
    public void Four_who_breathe_are_four_within_one_and_fill_the_room_in_part()
    {
        Pass(60, people: 0, airChanges: 0.5);
        ContextVector context = Pass(60, people: 4, airChanges: 0.5);
        Assert.InRange(context.People!.Value, 3, 5);
        Assert.Equal(0.42, context.PeopleConfidence, 2);
        Assert.InRange(context.Density, 0.3, 0.5);
    }

    [Fact]
    public void How_fast_the_empty_room_airs_teaches_how_fast_the_full_one_does()
    {
        Pass(60, people: 0, airChanges: 2);
        int before = Pass(120, people: 6, airChanges: 2).People!.Value;
        Assert.True(before < 5, $"{before}"); // half an air change is assumed, and two there are
        Pass(180, people: 0, airChanges: 2);
        Assert.InRange(Pass(120, people: 6, airChanges: 2).People!.Value, 5, 7);
    }

    [Fact]
    public void Before_the_air_has_mixed_nobody_knows()
    {
        Pass(60, people: 0, airChanges: 0.5);
        Assert.Null(Pass(10, people: 4, airChanges: 0.5).People);
        Assert.True(_fusion.Current.IsOccupied);
    }

    [Fact]
    public void Who_left_is_not_counted_though_the_air_is_bad_still()
    {
        Pass(120, people: 8, airChanges: 0.5);
        ContextVector context = Pass(40, people: 0, airChanges: 0.5);
        Assert.True(_ppm > 900, $"{_ppm}");
        Assert.False(context.IsOccupied);
        Assert.Equal(0, context.People ?? 0);
    }

    [Fact]
    public void A_room_whose_volume_nobody_says_has_no_number()
    {
        _fusion = new ContextFusion();
        Pass(60, people: 0, airChanges: 0.5);
        Assert.Null(Pass(60, people: 4, airChanges: 0.5).People);
    }

    [Fact]
    public void A_counter_knows_better_and_when_it_falls_silent_the_air_stands_in()
    {
        Pass(60, people: 0, airChanges: 0.5, counted: 0);
        Assert.Equal(7, Pass(60, people: 4, airChanges: 0.5, counted: 7).People);
        Assert.InRange(Pass(30, people: 4, airChanges: 0.5).People!.Value, 3, 5);
    }

    [Fact]
    public void A_sensor_that_falls_silent_takes_its_number_along()
    {
        Pass(60, people: 0, airChanges: 0.5);
        Assert.NotNull(Pass(60, people: 4, airChanges: 0.5).People);
        Assert.Null(Pass(8, people: 4, airChanges: 0.5, hasAir: false).People);
    }

    private ContextVector Pass(double minutes, int people, double airChanges, int? counted = null, bool hasAir = true)
    {
        for (double end = _minute + minutes; _minute < end; _minute += 0.5)
        {
            _ppm += (people * LitresAnHour * 1_000 / VolumeM3 / 60 - airChanges / 60 * (_ppm - 425)) / 2;
            if (hasAir) _fusion.Add(Some.Reading(_minute, Quantity.Co2, Math.Round(_ppm), "air"));
            _fusion.Add(Some.Reading(_minute, Quantity.Motion, people > 0 ? (int)(_minute * 2) % 2 : 0, "pir"));
            if (counted is { } count) _fusion.Add(Some.Reading(_minute, Quantity.People, count, "counter"));
            for (int second = 0; second < 30; second += 5) _fusion.Fuse(Some.At(_minute + second / 60.0));
        }

        return _fusion.Current;
    }
}
