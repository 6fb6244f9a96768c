using Ambient.Sensors.Fusion;

namespace Ambient.Sensors.Tests.Fusion;

public sealed class ContextFusionTests
{
    [Fact]
    public void A_room_of_which_nothing_is_known_is_neutral()
    {
        ContextVector context = new ContextFusion().Fuse(Some.Noon);
        Assert.Equal(ContextVector.Neutral with { Time = Some.Noon, Density = context.Density }, context);
        Assert.Equal(ContextVector.Neutral.Density, context.Density, 9);
    }

    [Fact]
    public void Motion_moves_occupancy_within_5_seconds_and_names_the_sensor()
    {
        var fusion = new ContextFusion();
        for (int minute = -60; minute <= 0; minute++)
        {
            fusion.Add(Some.Reading(minute, Quantity.Motion, 0, "pir-door"));
            fusion.Fuse(Some.At(minute));
        }

        double before = fusion.Current.Occupancy;
        fusion.Add(Some.Reading(0.01, Quantity.Motion, 1, "pir-door"));
        double after = fusion.Fuse(Some.At(0.01 + 5 / 60.0)).Occupancy;
        Assert.True(after > before + 0.2, $"{before} to {after}");
        fusion.Fuse(Some.At(1));
        Assert.True(fusion.Current.IsOccupied);
        Factor first = fusion.Factors()[0];
        Assert.Equal(("occupancy", "pir-door", "motion now"), (first.Feature, first.Sensor, first.Detail));
        Assert.Matches(@"^occupancy 0\.9\d: motion now, pir-door \(\+3\.0\)", fusion.Why());
    }

    [Fact]
    public void Every_feature_ages_to_neutral_when_its_evidence_stops()
    {
        var fusion = new ContextFusion();
        Quantity[] quantities = [Quantity.Motion, Quantity.Illuminance, Quantity.Noise, Quantity.Co2, Quantity.People];
        double[] values = [1, 900, 66, 1_200, 6];
        for (int i = 0; i < quantities.Length; i++) fusion.Add(Some.Reading(0, quantities[i], values[i]));
        fusion.Add(Some.Reading(0, Quantity.Arousal, 1));
        for (int second = 0; second <= 120; second++) fusion.Fuse(Some.At(second / 60.0));
        ContextVector fresh = fusion.Current;
        Assert.True(fresh is { Occupancy: > 0.95, Density: > 0.7, Noise: > 0.8, Light: > 0.85, Confidence: > 0.9, Arousal: > 0.4 }, $"{fresh}");

        ContextVector old = fusion.Current;
        for (int minute = 3; minute < 60 * 24; minute++) old = fusion.Fuse(Some.At(minute));
        Assert.Equal(0.5, old.Occupancy, 2);
        Assert.Equal(ContextVector.Neutral.Density, old.Density, 2);
        Assert.Equal(ContextVector.Neutral.Activity, old.Activity, 2);
        Assert.Equal(ContextVector.Neutral.Noise, old.Noise, 2);
        Assert.Equal(ContextVector.Neutral.Light, old.Light, 2);
        Assert.Equal(0, old.Arousal, 2);
        Assert.Equal(0, old.Confidence, 2);
        Assert.Null(old.NoiseDba);
        Assert.Null(old.IlluminanceLux);
    }

    [Fact]
    public void A_PIR_stuck_on_loses_its_weight_while_everything_else_is_still_and_is_named()
    {
        var fusion = new ContextFusion();
        for (int minute = 0; minute <= 240; minute++)
        {
            fusion.Add(Some.Reading(minute, Quantity.Motion, 1, "stuck"));
            fusion.Add(Some.Reading(minute, Quantity.Sound, 0.06, "microphone"));
            fusion.Add(Some.Reading(minute, Quantity.Co2, 410, "air"));
            fusion.Fuse(Some.At(minute));
            if (minute == 5) Assert.True(fusion.Current.IsOccupied);
        }

        Assert.False(fusion.Current.IsOccupied);
        Assert.Contains(fusion.Factors(), f => f.Sensor == "stuck" && f.Detail.StartsWith("motion stuck at yes", StringComparison.Ordinal));

        fusion.Add(Some.Reading(241, Quantity.Motion, 0, "stuck"));
        fusion.Fuse(Some.At(241));
        fusion.Add(Some.Reading(242, Quantity.Motion, 1, "stuck"));
        fusion.Fuse(Some.At(242));
        Assert.True(fusion.Fuse(Some.At(243)).IsOccupied); // it moves again, so it is believed again
    }

    [Fact]
    public void An_unplugged_device_loses_its_say_at_once_and_gets_it_back()
    {
        var fusion = new ContextFusion();
        fusion.Add(Some.Reading(0, Quantity.Presence, 1, "radar"));
        Assert.True(fusion.Fuse(Some.At(1)).IsOccupied);
        fusion.Add(Some.Reading(1, Quantity.Available, 0, "radar"));
        Assert.Equal(0, fusion.Fuse(Some.At(10)).Confidence);
        Assert.Equal(0.5, fusion.Current.Occupancy, 2);
        fusion.Add(Some.Reading(11, Quantity.Presence, 1, "radar"));
        Assert.True(fusion.Fuse(Some.At(12)).Occupancy > 0.9);
    }

    [Fact]
    public void Occupied_holds_between_its_two_thresholds()
    {
        var fusion = new ContextFusion();
        fusion.Add(Some.Reading(0, Quantity.Motion, 1));
        fusion.Add(Some.Reading(0.5, Quantity.Motion, 0));
        bool held = false;
        for (double minute = 0.5; minute < 60; minute += 0.5)
        {
            fusion.Add(Some.Reading(minute, Quantity.Motion, 0));
            ContextVector context = fusion.Fuse(Some.At(minute));
            held |= context is { IsOccupied: true, Occupancy: < 0.5 };
            Assert.False(context is { IsOccupied: true, Occupancy: < 0.37 });
        }

        Assert.True(held);
        Assert.False(fusion.Current.IsOccupied);
    }

    [Fact]
    public void Order_of_arrival_within_a_moment_does_not_matter_and_late_readings_are_ignored()
    {
        Reading[] readings = [Some.Reading(1, Quantity.Motion, 1), Some.Reading(1, Quantity.Co2, 800), Some.Reading(1, Quantity.Sound, 0.4)];
        ContextFusion forward = new(), backward = new();
        foreach (Reading reading in readings) forward.Add(reading);
        foreach (Reading reading in readings.Reverse()) backward.Add(reading);
        backward.Add(Some.Reading(0, Quantity.Motion, 0));
        Assert.Equal(forward.Fuse(Some.At(2)), backward.Fuse(Some.At(2)));
    }

    [Fact]
    public void A_sensor_whose_clock_is_ahead_is_not_believed_until_it_is_right()
    {
        var fusion = new ContextFusion();
        fusion.Fuse(Some.Noon);
        fusion.Add(Some.Reading(60 * 24, Quantity.Motion, 1));
        Assert.Equal(0, fusion.Fuse(Some.At(1)).Confidence);
        fusion.Add(Some.Reading(2, Quantity.Motion, 1));
        Assert.True(fusion.Fuse(Some.At(3)).IsOccupied);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(-5)]
    [InlineData(double.PositiveInfinity)]
    public void What_cannot_be_true_is_ignored(double lux)
    {
        var fusion = new ContextFusion();
        fusion.Add(Some.Reading(0, Quantity.Illuminance, lux));
        Assert.Equal(0, fusion.Fuse(Some.Noon).Confidence);
    }

    [Fact]
    public void Counted_people_give_density_by_room_capacity()
    {
        var fusion = new ContextFusion(new RoomFacts { Capacity = 20 });
        fusion.Add(Some.Reading(0, Quantity.People, 5));
        Assert.Equal(0.25, fusion.Fuse(Some.Noon).Density, 6);
    }

    [Fact]
    public void The_table_of_features_tells_the_neutral_values_as_they_are()
    {
        foreach (ContextFeature feature in ContextFeatures.All)
            if (feature.Neutral is { } neutral) Assert.Equal(neutral, feature.Value(ContextVector.Neutral));
    }

    [Fact]
    public void A_repeated_occupancy_is_no_fresh_evidence()
    {
        // Somebody was seen once; then the temperature changes every five minutes, and the message repeats that state.
        double After(bool isRepeat)
        {
            var fusion = new ContextFusion();
            for (int minute = 0; minute <= 60; minute += 5)
            {
                fusion.Add(Some.Reading(minute, Quantity.Occupancy, 1) with { IsRepeat = isRepeat && minute > 0 });
                fusion.Fuse(Some.At(minute));
            }

            return fusion.Current.Occupancy;
        }

        Assert.True(After(isRepeat: false) > 0.9);
        Assert.True(After(isRepeat: true) < 0.3);
    }
}
