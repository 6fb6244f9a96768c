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

    private void Settle(ContextVector room, int seconds)
    {
        for (int i = 0; i < 2 * seconds; i++) _director.Update(room, _calm, _calm, 0, 0.5);
    }
}
