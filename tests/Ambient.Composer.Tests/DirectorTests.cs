using Ambient.Composer.Direction;
using Ambient.Composer.Moods;
using Ambient.Sensors;

namespace Ambient.Composer.Tests;

public class DirectorTests
{
    private readonly Director _director = new();
    private readonly Mood _calm = Some.Moods()["calm"];

    [Fact]
    public void A_person_who_comes_moves_every_axis_within_five_seconds_monotonically_and_nearly_all_the_way_in_three_minutes()
    {
        Settle(Some.EmptyRoom, 600);
        double start = _director.Intent.OnsetsPerMinute;
        Settle(Some.InhabitedRoom, 5);
        Assert.True(_director.Intent.OnsetsPerMinute > start);
        double before = _director.Intent.OnsetsPerMinute;
        double after5 = before;
        for (int s = 5; s < 180; s++)
        {
            Settle(Some.InhabitedRoom, 1);
            Assert.True(_director.Intent.OnsetsPerMinute >= before);
            before = _director.Intent.OnsetsPerMinute;
        }

        Settle(Some.InhabitedRoom, 1_200);
        double end = _director.Intent.OnsetsPerMinute;
        Assert.True(after5 < end);
        Assert.True((before - start) / (end - start) >= 0.9, $"{(before - start) / (end - start):0.00} of the way after three minutes");
    }

    [Fact]
    public void No_axis_moves_more_than_ten_percent_of_its_range_in_ten_seconds()
    {
        Settle(Some.EmptyRoom, 600);
        double[] Axes() => [.. Enum.GetValues<IntentAxis>().Select(axis => _director[axis])];
        double[] before = Axes();
        for (int s = 0; s < 300; s += 10)
        {
            Settle(Some.InhabitedRoom, 10);
            double[] after = Axes();
            Assert.All(before.Zip(after), pair => Assert.True(Math.Abs(pair.First - pair.Second) <= 0.2 + 1e-9));
            before = after;
        }
    }

    [Fact]
    public void An_empty_room_is_half_as_dense_as_an_inhabited_one()
    {
        Settle(Some.EmptyRoom, 900);
        double empty = _director.Intent.OnsetsPerMinute;
        Settle(Some.InhabitedRoom, 900);
        Assert.InRange(empty / _director.Intent.OnsetsPerMinute, 0.25, 0.6);
        Assert.True(_director.Intent.OnsetsPerMinute > Math.Sqrt(_calm.OnsetsPerMinute.Min * _calm.OnsetsPerMinute.Max), "upper half of the mood's range");
    }

    [Fact]
    public void It_says_that_the_room_emptied_and_that_it_is_evening()
    {
        var evening = new DateTimeOffset(2026, 1, 9, 22, 0, 0, TimeSpan.FromHours(1));
        Settle(Some.InhabitedRoom with { Time = evening }, 60);
        Settle(Some.EmptyRoom with { Time = evening.AddMinutes(4), Occupancy = 0.12 }, 250);
        Assert.Equal("Sparser and darker because the room emptied 4 minutes ago (occupancy 0.12) and it is evening.", _director.Why.Text);
        Assert.Contains(_director.Why.Factors, factor => factor is { Name: "occupancy → density", Value: 0.12, Weight: < 0 });
    }

    [Fact]
    public void A_room_of_which_nothing_is_known_leaves_the_mood_as_it_is()
    {
        Settle(ContextVector.Neutral, 10);
        Assert.Empty(_director.Why.Factors);
        Assert.Equal(_calm.Intent["density"], _director[IntentAxis.Density], 6);
    }

    [Theory]
    [InlineData(400.0, 380.0, 0.36)]
    [InlineData(400.0, 20.0, -0.36)]
    [InlineData(400.0, null, 0.0)] // nobody knows
    [InlineData(0.0, 0.0, 0.0)] // in the dark there is no share
    public void A_mood_may_follow_the_share_of_daylight(double lux, double? daylight, double brighter)
    {
        Mood mood = _calm with { Follows = new() { ["daylight"] = new() { ["brightness"] = 0.4 } } };
        ContextVector room = ContextVector.Neutral with { IlluminanceLux = lux, DaylightLux = daylight };
        for (int s = 0; s < 300; s++) _director.Update(room, mood, mood, 0, 1);
        Assert.Equal(_calm.Intent.GetValueOrDefault("brightness") + brighter, _director[IntentAxis.Brightness], 2);
        if (brighter == 0) Assert.Empty(_director.Why.Factors);
        else Assert.Contains($"{(brighter > 0 ? "daylight" : "lamplight")} fills the room (daylight share {(brighter > 0 ? "0.95" : "0.05")})", _director.Why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_flickering_sensor_moves_nothing()
    {
        Settle(Some.InhabitedRoom, 900);
        double before = _director[IntentAxis.Density];
        for (int i = 0; i < 50; i++) Settle(Some.InhabitedRoom with { Activity = 0.6 + (i % 2 == 0 ? 0.02 : -0.02) }, 2);
        Assert.Equal(before, _director[IntentAxis.Density], 3);
    }

    [Fact]
    public void Density_over_three_minute_windows_ranks_with_occupancy_and_why_names_it()
    {
        double[] occupancy = [0.05, 0.3, 0.5, 0.7, 0.9, 0.98];
        var density = new List<double>();
        foreach (double people in occupancy)
        {
            Settle(ContextVector.Neutral with { Occupancy = people, IsOccupied = people > 0.5 }, 180);
            density.Add(_director.Intent.OnsetsPerMinute);
        }

        Assert.True(Evaluation.Spearman.Rho(occupancy, [.. density]) >= 0.9);
        Assert.Contains(_director.Why.Factors, factor => factor.Name == "occupancy → density");
        Assert.Contains("occupancy", _director.Why.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void The_day_is_fullest_at_ten_and_half_as_full_at_ten_at_night()
    {
        double At(int hour) => DayArc.Density(new DateTimeOffset(2026, 3, 2, hour, 0, 0, TimeSpan.FromHours(1)));
        Assert.Equal(1.15, At(10), 6);
        Assert.Equal(0.5, At(22), 6);
        Assert.Equal(0.5, At(3), 6);
        Assert.True(At(8) < At(10) && At(10) > At(14) && At(14) > At(19));
        Assert.Equal(1, DayArc.Density(default));
    }

    [Theory]
    [InlineData(70.0, null, 63.8)] // as far as a tenth above the mood's 58
    [InlineData(58.0, null, 56.26)]
    [InlineData(180.0, null, null)] // no heart at rest
    [InlineData(null, 6.0, 58.2)] // ten beats a breath
    [InlineData(null, 40.0, null)]
    public void A_heart_or_a_breath_guides_the_pulse_within_safe_limits(double? heart, double? breath, double? bpm)
    {
        double? guided = TempoGuide.Bpm(ContextVector.Neutral with { HeartRateBpm = heart, BreathsPerMinute = breath }, new Bounds(58, 58));
        if (bpm is { } expected) Assert.Equal(expected, guided!.Value, 2);
        else Assert.Null(guided);
    }

    [Fact]
    public void Votes_shift_within_bounds_and_fade()
    {
        var feedback = new Feedback();
        for (int i = 0; i < 20; i++) feedback.Vote(1, "density");
        feedback.Vote(-0.5, "level");
        Assert.Equal(Feedback.DensityAxis, feedback.Density, 6);
        Assert.Equal(-0.75, feedback.Level, 6);
        feedback.Advance(2 * 3_600);
        Assert.Equal(Feedback.DensityAxis / 2, feedback.Density, 6);
        Assert.Equal("about is 'taste'; allowed: level, mood, density (Parameter 'about')", Assert.Throws<ArgumentException>(() => feedback.Vote(1, "taste")).Message);
    }

    [Fact]
    public void A_guided_mood_begins_where_the_room_is()
    {
        Mood windDown = Some.Moods()["wind-down"];
        ContextVector lively = Some.InhabitedRoom with { Activity = 1 };
        ContextVector still = Some.InhabitedRoom with { Activity = 0.05 };
        Assert.True(Met(lively) > 1.1 * Met(still), $"{Met(lively):0.0} and {Met(still):0.0} onsets a minute");
        Assert.True(Math.Abs(windDown.Along(1).Pulse.Bpm.Min - 50) < 1e-9);
        Assert.InRange(windDown.Along(0.5).Pulse.Bpm.Min, 55, 57);

        double Met(ContextVector room)
        {
            var director = new Director();
            director.Update(room, windDown, windDown, 0, 0.5, meets: 1);
            return director.Intent.OnsetsPerMinute;
        }
    }

    private void Settle(ContextVector room, int seconds)
    {
        for (int i = 0; i < 2 * seconds; i++) _director.Update(room, _calm, _calm, 0, 0.5);
    }
}
