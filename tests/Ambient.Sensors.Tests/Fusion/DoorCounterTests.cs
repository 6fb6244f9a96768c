using Ambient.Sensors.Fusion;

namespace Ambient.Sensors.Tests.Fusion;

/// <summary>Counters at doors, which tell who came in and who went out, and never how many are there.</summary>
public sealed class DoorCounterTests
{
    [Fact]
    public void Those_who_came_in_less_those_who_went_out_are_in_the_room()
    {
        var room = new CountedRoom { Door = (120, 117) }; // what was before nobody knows
        room.Pass(60, people: 0);
        Assert.Equal(0, room.Fusion.Current.People);
        room.Door = (125, 117);
        Assert.Equal(5, room.Pass(5, people: 5).People);
        room.Door = (126, 120);
        Assert.Equal(3, room.Pass(5, people: 3).People);
        room.Door = (126, 123);
        Assert.Equal(0, room.Pass(30, people: 0).People);
        Assert.Empty(room.Named);
    }

    [Fact]
    public void At_the_start_nobody_knows_who_is_inside_until_somebody_passes_or_all_others_are_sure()
    {
        var alone = new CountedRoom { HasOthers = false, Door = (120, 110) };
        Assert.Null(alone.Pass(60, people: 3).People);
        Assert.Equal(0, alone.Fusion.Current.Confidence);
        alone.Door = (122, 110);
        Assert.Equal(2, alone.Pass(5, people: 5).People);

        var room = new CountedRoom { Door = (120, 110) };
        Assert.Null(room.Pass(60, people: 3).People);
        Assert.DoesNotContain("people counted", room.Fusion.Why(), StringComparison.Ordinal);
        room.Pass(90, people: 0);
        Assert.Contains("0 people counted, door", room.Fusion.Why(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 0)] // at midnight
    [InlineData(2, 1)] // with the power, and then some passed
    public void A_total_that_begins_at_0_again_takes_nobody_out_of_the_room(double came, double went)
    {
        var room = new CountedRoom { Door = (300, 300) };
        room.Pass(60, people: 0);
        room.Door = (304, 300);
        Assert.Equal(4, room.Pass(10, people: 4).People);
        room.Door = (came, went);
        Assert.Equal(4 + came - went, (double?)room.Pass(10, people: 4).People);
        room.Door = (came, went + 4);
        Assert.Equal(came - went, (double?)room.Pass(30, people: (int)(came - went)).People);
        Assert.Empty(room.Fusion.Faults);
    }

    [Fact]
    public void A_total_that_leaps_is_a_counter_set_anew_and_nobody_came()
    {
        var room = new CountedRoom { Door = (10, 10) };
        room.Pass(60, people: 0);
        room.Door = (5_000, 10);
        Assert.Equal(0, room.Pass(10, people: 0).People);
        Assert.False(room.Fusion.Current.IsOccupied);
        for (int i = 0; i < 4; i++)
        {
            room.Door = (i * 5_000, 10);
            room.Pass(2, people: 0);
        }

        Assert.Contains(room.Fusion.Faults, fault => fault is { Sensor: "door", Quantity: "people_in", Kind: "impossible_rate" });
    }

    [Fact]
    public void Several_doors_lead_into_one_room_and_messages_may_be_deltas()
    {
        var fusion = new ContextFusion();
        fusion.Add(Some.Reading(0, Quantity.PeopleEntered, 3, "front"));
        fusion.Add(Some.Reading(0, Quantity.PeopleLeft, 0, "front"));
        fusion.Add(Some.Reading(1, Quantity.PeopleEntered, 2, "back"));
        fusion.Add(Some.Reading(2, Quantity.PeopleLeft, 1, "front"));
        for (int second = 0; second < 60; second++) fusion.Fuse(Some.At(2 + second / 60.0));
        Assert.Equal(4, fusion.Current.People);
        Assert.Contains("4 people counted, front", fusion.Why(), StringComparison.Ordinal);
    }

    [Fact]
    public void Somebody_who_is_missed_on_the_way_out_is_gone_half_an_hour_after_the_others_are_sure()
    {
        var room = new CountedRoom { Door = (0, 0) };
        room.Pass(60, people: 0);
        room.Door = (4, 0);
        Assert.Equal(4, room.Pass(60, people: 4).People);
        room.Door = (4, 2); // two are missed
        Assert.False(room.Pass(30, people: 0).IsOccupied);
        Assert.Equal(0, room.Pass(20, people: 0).People);
        room.Door = (7, 2);
        Assert.Equal(3, room.Pass(10, people: 3).People); // and not 5
        Assert.Empty(room.Named); // two of nine are nothing yet
    }

    [Fact]
    public void Somebody_who_is_missed_on_the_way_in_leaves_nobody_less_than_none_behind()
    {
        var room = new CountedRoom { Door = (0, 0) };
        room.Pass(60, people: 0);
        room.Door = (0, 2);
        room.Pass(5, people: 0);
        room.Door = (3, 2);
        Assert.Equal(3, room.Pass(5, people: 3).People);
    }

    [Fact]
    public void Out_and_in_of_one_moment_may_come_in_any_order()
    {
        // In a room of one somebody leaves as somebody comes, and the message of the way out is 10 s earlier.
        var fusion = new ContextFusion();
        fusion.Add(Some.Reading(0, Quantity.PeopleOut, 0, "door"));
        fusion.Add(Some.Reading(0, Quantity.PeopleIn, 0, "door"));
        fusion.Add(Some.Reading(0.1, Quantity.PeopleIn, 1, "door"));
        for (int pair = 1; pair <= 5; pair++)
        {
            fusion.Add(Some.Reading(pair, Quantity.PeopleOut, 2 * pair, "door"));
            for (int second = 0; second < 10; second++) fusion.Fuse(Some.At(pair + second / 60.0));
            fusion.Add(Some.Reading(pair + 10 / 60.0, Quantity.PeopleIn, 1 + 2 * pair, "door"));
            for (int second = 10; second < 60; second++) fusion.Fuse(Some.At(pair + second / 60.0));
        }

        Assert.Equal(1, fusion.Current.People);
    }

    [Fact]
    public void A_counter_that_misses_one_in_five_is_named()
    {
        var room = new CountedRoom { Door = (0, 0) };
        room.Pass(60, people: 0);
        for (int visit = 1; visit <= 4; visit++)
        {
            room.Door = (5 * visit, 4 * visit - 2);
            room.Pass(30, people: 5);
            room.Door = (5 * visit, 4 * visit);
            room.Pass(90, people: 0);
        }

        SensorFault fault = Assert.Single(room.Fusion.Faults, fault => fault.Kind == "drift");
        Assert.Equal(("door", "people"), (fault.Sensor, fault.Quantity));
        Assert.Matches("^Sensor door: missed 4 of 3\\d people who passed within about a day$", fault.Text);
    }

    [Fact]
    public void A_door_that_falls_silent_leaves_the_number_unknown()
    {
        var room = new CountedRoom { Door = (0, 0) };
        room.Pass(60, people: 0);
        room.Door = (4, 0);
        Assert.Equal(4, room.Pass(30, people: 4).People);
        room.Door = null;
        Assert.Null(room.Pass(10, people: 4).People);
        Assert.Contains("door silent", room.Named);
    }
}
