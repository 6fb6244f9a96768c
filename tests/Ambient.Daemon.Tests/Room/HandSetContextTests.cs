using Ambient.Daemon.Room;
using Ambient.Sensors;

namespace Ambient.Daemon.Tests.Room;

/// <summary>Features set by hand over a measured room.</summary>
public sealed class HandSetContextTests
{
    private static readonly ContextVector Measured = ContextVector.Neutral with { IlluminanceLux = 400, DaylightLux = 100, People = 3, PeopleConfidence = 0.7 };

    [Fact]
    public void Light_set_by_hand_has_no_measured_daylight_in_it()
    {
        ContextVector context = With(("lux", 50));
        Assert.Null(context.DaylightLux);
        Assert.Null(context.DaylightShare);
    }

    [Fact]
    public void Daylight_set_by_hand_is_at_most_all_of_the_light()
    {
        Assert.Equal(0.5, With(("lux", 300), ("daylight", 150)).DaylightShare);
        Assert.Equal(400, With(("daylight", 900)).DaylightLux);
        Assert.Equal(100, With(("dba", 40)).DaylightLux);
    }

    [Fact]
    public void People_set_by_hand_fill_the_room_and_an_occupancy_set_by_hand_says_nothing_of_how_many()
    {
        ContextVector context = With(("people", 2));
        Assert.Equal((2, 1.0, 0.25), (context.People, context.PeopleConfidence, context.Density));
        Assert.Null(With(("occupancy", 0.9)).People);
    }

    private static ContextVector With(params (string Name, double Value)[] features)
    {
        var set = new HandSetContext();
        set.Set(features.ToDictionary(one => one.Name, one => (double?)one.Value));
        return set.Over(Measured);
    }
}
