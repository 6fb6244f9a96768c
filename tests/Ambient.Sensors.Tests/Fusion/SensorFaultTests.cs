using Ambient.Sensors.Fusion;

namespace Ambient.Sensors.Tests.Fusion;

public sealed class SensorFaultTests
{
    private static readonly DateTimeOffset TwoInTheAfternoon = new(2017, 12, 22, 14, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_afternoon_in_which_all_is_well_has_at_most_one_false_alarm() =>
        Assert.InRange(FaultsOf(Some.OfficeAfternoon()).Count, 0, 1);

    [Theory]
    [InlineData("S6", Quantity.Motion)]
    [InlineData("S2", Quantity.Illuminance)]
    [InlineData("S5", Quantity.Co2)]
    [InlineData("S3", Quantity.Temperature)]
    public void A_sensor_that_falls_silent_is_named_within_10_minutes(string sensor, Quantity quantity)
    {
        var silent = Some.OfficeAfternoon().Select(row => row.Where(r => !(r.Sensor == sensor && r.Quantity == quantity && r.Time > TwoInTheAfternoon)).ToList());
        SensorFault fault = Assert.Single(FaultsOf(silent), fault => fault.Kind == "silent");
        Assert.Equal((sensor, Quantities.NameOf(quantity)), (fault.Sensor, fault.Quantity));
        Assert.InRange((fault.Since - TwoInTheAfternoon).TotalMinutes, 0, 10);
        Assert.Contains(sensor, fault.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_PIR_stuck_on_is_named_within_an_hour_of_the_others_contradicting_it()
    {
        var everybodyLeft = new DateTimeOffset(2017, 12, 22, 14, 16, 0, TimeSpan.Zero);
        var stuck = Some.OfficeAfternoon().Select(row => row.Select(r => r.Sensor == "S6" ? r with { Value = 1 } : r).ToList());
        SensorFault fault = Assert.Single(FaultsOf(stuck), fault => fault.Sensor == "S6");
        Assert.Equal("contradicted", fault.Kind);
        Assert.InRange((fault.Since - everybodyLeft).TotalMinutes, 30, 70);
    }

    [Fact]
    public void A_microphone_that_is_frozen_in_a_room_in_use_is_named()
    {
        var frozen = Some.OfficeAfternoon().Select(row => row.Select(r => r is { Sensor: "S2", Quantity: Quantity.Sound } ? r with { Value = 0.06 } : r).ToList());
        Assert.Contains(FaultsOf(frozen), fault => fault is { Sensor: "S2", Quantity: "sound", Kind: "stuck" });
    }

    [Fact]
    public void A_light_sensor_that_is_frozen_under_a_lamp_is_named_within_an_hour_of_use()
    {
        var fiveOClock = new DateTimeOffset(2017, 12, 22, 17, 0, 0, TimeSpan.Zero); // the room is in use from 15:25 on
        double held = 0;
        var frozen = Some.OfficeAfternoon().Select(row => row.Select(r =>
        {
            if (r is not { Sensor: "S1", Quantity: Quantity.Illuminance }) return r;
            if (r.Time < fiveOClock) held = r.Value;
            return r with { Value = held };
        }).ToList());
        SensorFault fault = Assert.Single(FaultsOf(frozen), fault => fault is { Sensor: "S1", Kind: "stuck" });
        Assert.InRange((fault.Since - fiveOClock).TotalMinutes, 40, 60);
    }

    [Theory]
    [InlineData("S1")]
    [InlineData("S3")]
    public void A_light_sensor_that_goes_dark_while_people_are_there_and_others_see_light_is_named_within_an_hour(string sensor)
    {
        var halfPastFour = new DateTimeOffset(2017, 12, 22, 16, 30, 0, TimeSpan.Zero); // in use from 15:25 on
        var dead = Some.OfficeAfternoon().Select(row => row.Select(r => r.Sensor == sensor && r.Quantity == Quantity.Illuminance && r.Time >= halfPastFour ? r with { Value = r.Time.Minute % 2 } : r).ToList());
        SensorFault fault = Assert.Single(FaultsOf(dead), fault => fault.Sensor == sensor && fault.Quantity == "illuminance");
        Assert.InRange((fault.Since - halfPastFour).TotalMinutes, 30, 60);
    }

    [Fact]
    public void A_light_sensor_that_reports_only_changes_is_not_taken_for_frozen()
    {
        var fusion = new ContextFusion();
        fusion.Add(Some.Reading(0, Quantity.Illuminance, 300, "lamp"));
        for (int minute = 0; minute < 90; minute++)
        {
            fusion.Add(Some.Reading(minute, Quantity.Motion, 1, "pir"));
            fusion.Add(Some.Reading(minute, Quantity.Presence, 1, "radar"));
            fusion.Fuse(Some.At(minute));
        }

        Assert.Empty(fusion.Faults);
    }

    [Fact]
    public void A_lamp_sensor_with_a_loose_contact_is_named_and_loses_its_say()
    {
        int row = 0;
        var flapping = Some.OfficeAfternoon().Select(readings =>
        {
            row++;
            return readings.Select(r => r is { Sensor: "S1", Quantity: Quantity.Illuminance } ? r with { Value = row % 4 < 2 ? 300 : 0 } : r).ToList();
        }).ToList();
        Assert.Contains(FaultsOf(flapping), fault => fault is { Sensor: "S1", Quantity: "illuminance", Kind: "flapping" });
        Assert.True(OccupancyScore.Of(flapping, new ContextFusion(), new HashSet<Quantity>()).Accuracy > 0.94);
    }

    [Fact]
    public void Values_that_cannot_be_true_and_jumps_that_air_cannot_make_are_named()
    {
        var fusion = new ContextFusion();
        for (int minute = 0; minute < 30; minute++)
        {
            fusion.Add(Some.Reading(minute, Quantity.Humidity, 130, "broken"));
            fusion.Add(Some.Reading(minute, Quantity.Temperature, minute % 2 == 0 ? 20 : 60, "loose"));
            fusion.Add(Some.Reading(minute, Quantity.Temperature, 21, "well"));
            fusion.Fuse(Some.At(minute));
        }

        Assert.Equal([("broken", "out_of_range"), ("loose", "impossible_rate")], fusion.Faults.Select(fault => (fault.Sensor, fault.Kind)).Order());
    }

    [Fact]
    public void CO2_that_jumps_up_and_down_is_named_and_a_breath_on_the_sensor_is_not()
    {
        var fusion = new ContextFusion();
        for (int minute = 0; minute < 30; minute++)
        {
            fusion.Add(Some.Reading(minute, Quantity.Co2, minute % 2 == 0 ? 450 : 1_200, "loose"));
            fusion.Add(Some.Reading(minute, Quantity.Co2, 450 + (minute % 10) switch { 0 => 900, 1 => 800, 2 => 600, 3 => 400, 4 => 200, _ => 0 }, "breathed upon"));
            fusion.Fuse(Some.At(minute));
        }

        SensorFault fault = Assert.Single(fusion.Faults);
        Assert.Equal(("loose", "impossible_rate"), (fault.Sensor, fault.Kind));
    }

    [Fact]
    public void A_PIR_that_never_sees_anybody_stays_named_over_an_empty_night()
    {
        var fusion = new ContextFusion();
        List<bool> named = [];
        for (int minute = 0; minute < 1_200; minute++)
        {
            bool isThere = minute is > 10 and < 160;
            fusion.Add(Some.Reading(minute, Quantity.Motion, 0, "dead"));
            fusion.Add(Some.Reading(minute, Quantity.Motion, isThere && minute % 3 == 0 ? 1 : 0, "well"));
            fusion.Add(Some.Reading(minute, Quantity.Presence, isThere ? 1 : 0, "radar"));
            fusion.Fuse(Some.At(minute));
            named.Add(fusion.Faults.Any(fault => fault is { Sensor: "dead", Kind: "contradicted" }));
        }

        Assert.InRange(named.IndexOf(true), 11, 11 + 60);
        Assert.DoesNotContain(false, named[160..]);
    }

    [Theory]
    [InlineData(Quantity.Motion, 1)]
    [InlineData(Quantity.Sound, 0.4)]
    public void A_sensor_that_sees_or_hears_ghosts_in_an_empty_room_is_named_within_an_hour_and_one_that_hears_the_corridor_is_not(Quantity quantity, double sign)
    {
        var fusion = new ContextFusion();
        List<bool> named = [];
        for (int minute = 0; minute < 300; minute++)
        {
            bool isThere = minute is > 10 and < 120;
            fusion.Add(Some.Reading(minute, quantity, minute % 5 == 0 || (isThere && minute % 3 == 0) ? sign : 0.05 * (1 - (int)sign), "ghost"));
            fusion.Add(Some.Reading(minute, quantity, minute % 20 == 0 || (isThere && minute % 3 == 0) ? sign : 0.05 * (1 - (int)sign), "corridor"));
            fusion.Add(Some.Reading(minute, Quantity.Motion, isThere && minute % 2 == 0 ? 1 : 0, "well"));
            fusion.Add(Some.Reading(minute, Quantity.Presence, isThere ? 1 : 0, "radar"));
            fusion.Add(Some.Reading(minute, Quantity.Illuminance, isThere ? 400 : 2, "lamp"));
            fusion.Fuse(Some.At(minute));
            named.Add(fusion.Faults.Any(fault => fault is { Sensor: "ghost", Kind: "contradicted" }));
            Assert.DoesNotContain(fusion.Faults, fault => fault is { Sensor: "corridor", Kind: "contradicted" });
        }

        Assert.InRange(named.IndexOf(true), 120, 120 + 60);
    }

    [Fact]
    public void A_PIR_that_saw_ghosts_for_an_hour_wakes_nobody_until_it_has_been_still_for_as_long()
    {
        var fusion = new ContextFusion();
        int wakes = 0;
        for (int minute = 0; minute < 600; minute++)
        {
            bool isThere = minute < 120, seesGhosts = minute is >= 240 and < 360;
            fusion.Add(Some.Reading(minute, Quantity.Motion, isThere || minute == 599 || (seesGhosts && minute % 4 == 0) ? 1 : 0, "ghost"));
            fusion.Add(Some.Reading(minute, Quantity.Motion, isThere && minute % 2 == 0 ? 1 : 0, "well"));
            fusion.Add(Some.Reading(minute, Quantity.Sound, isThere && minute % 3 == 0 ? 0.4 : 0.05, "microphone"));
            fusion.Add(Some.Reading(minute, Quantity.Illuminance, isThere ? 400 : 2, "lamp"));
            fusion.Fuse(Some.At(minute));
            if (minute == 599) continue;
            if (minute is > 140 and < 300 && fusion.Current.IsOccupied) wakes++;
            Assert.False(minute > 300 && fusion.Current.Occupancy > 0.05, $"{fusion.Current.Occupancy} at {minute}: {fusion.Why()}");
        }

        Assert.InRange(wakes, 0, 10);
        Assert.True(fusion.Factors()[0] is { Sensor: "ghost", Weight: > 2.5 }, fusion.Why());
    }

    [Fact]
    public void A_clock_that_is_wrong_and_a_device_that_says_it_is_gone_are_named()
    {
        var fusion = new ContextFusion();
        for (int minute = 0; minute < 30; minute++)
        {
            fusion.Add(Some.Reading(minute + 60, Quantity.Motion, 0, "ahead"));
            fusion.Add(Some.Reading(minute, Quantity.Motion, 0, "gone"));
            if (minute == 20) fusion.Add(Some.Reading(minute, Quantity.Available, 0, "gone"));
            fusion.Fuse(Some.At(minute));
            if (minute == 19) Assert.DoesNotContain(fusion.Faults, fault => fault.Sensor == "gone");
            if (minute == 20) break;
        }

        fusion.Fuse(Some.At(21));
        Assert.Equal([("ahead", "clock"), ("gone", "offline")], fusion.Faults.Select(fault => (fault.Sensor, fault.Kind)).Order());
    }

    private static List<SensorFault> FaultsOf(IEnumerable<IReadOnlyList<Reading>> rows)
    {
        var fusion = new ContextFusion();
        HashSet<SensorFault> faults = [];
        OccupancyScore.Of(rows, fusion, new HashSet<Quantity>(), (_, _) => faults.UnionWith(fusion.Faults));
        return [.. faults];
    }
}
