using Ambient.Sensors.Fusion;

namespace Ambient.Sensors.Tests.Fusion;

public sealed class HeadCountTests
{
    [Fact]
    public void Counted_people_are_in_the_context_with_their_confidence_and_fill_the_room()
    {
        var room = new CountedRoom(new RoomFacts { Capacity = 10 });
        ContextVector context = room.Pass(30, people: 4, 4);
        Assert.Equal(4, context.People);
        Assert.Equal(0.7, context.PeopleConfidence, 2);
        Assert.Equal(0.4, context.Density, 2);
        Assert.Equal(0.91, room.Pass(1, people: 4, 4, 4).PeopleConfidence, 2);
        Assert.Empty(room.Named);
    }

    [Fact]
    public void More_people_than_make_the_room_full_are_counted_as_they_are_and_the_room_is_full()
    {
        ContextVector context = new CountedRoom(new RoomFacts { Capacity = 10 }).Pass(30, people: 14, 14);
        Assert.Equal((14, 1.0), (context.People, context.Density));
    }

    [Fact]
    public void A_counter_that_falls_silent_ages_to_unknown_neither_to_nobody_nor_to_its_last_count()
    {
        var room = new CountedRoom(new RoomFacts { Capacity = 10 });
        Assert.Equal(9, room.Pass(30, people: 9, 9).People);
        ContextVector context = room.Pass(6, people: 9);
        Assert.Null(context.People);
        Assert.Equal(0, context.PeopleConfidence);
        Assert.InRange(context.Density, 0.3, 0.7); // what movement and voices make of it
        Assert.True(context.IsOccupied);
        Assert.Equal(["a silent"], room.Named);
    }

    [Fact]
    public void A_counter_that_speaks_only_of_changes_is_believed_for_an_hour()
    {
        var fusion = new ContextFusion();
        fusion.Add(Some.Reading(0, Quantity.People, 3));
        int? At(double minute) => fusion.Fuse(Some.At(minute)).People;
        for (int minute = 0; minute < 60; minute++) Assert.Equal(3, At(minute));
        for (int minute = 60; minute < 300; minute++) At(minute);
        Assert.Null(At(300));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-2)]
    [InlineData(4e9)]
    public void What_can_be_no_count_changes_nothing_and_is_named_when_it_comes_again_and_again(double count)
    {
        var room = new CountedRoom();
        room.Pass(10, people: 2, 2);
        for (int i = 0; i < 3; i++)
        {
            Assert.Equal(2, room.Pass(1, people: 2, 2).People);
            room.Fusion.Add(Some.Reading(11 + i, Quantity.People, count, "a"));
        }

        Assert.Null(room.Pass(1, people: 2, 2).People); // what sends such things is no counter
        Assert.Equal(["a out_of_range"], room.Named);
    }

    [Fact]
    public void A_count_that_leaps_by_thousands_and_back_is_named()
    {
        var room = new CountedRoom();
        for (int i = 0; i < 5; i++)
        {
            room.Pass(1, people: 2, 2);
            room.Pass(1, people: 2, 4_000);
        }

        Assert.Equal(["a impossible_rate"], room.Named);
        ContextVector context = room.Pass(10, people: 2, 2, 2);
        Assert.Equal(2, context.People); // by the other
        Assert.InRange(context.Density, 0.2, 0.3);
    }

    [Fact]
    public void Two_counters_of_one_room_that_disagree_leave_the_number_open_and_density_to_the_estimate()
    {
        double estimated = new CountedRoom().Pass(30, people: 3).Density;
        var room = new CountedRoom();
        ContextVector context = room.Pass(30, people: 3, 3, 40);
        Assert.Null(context.People);
        Assert.Equal(estimated, context.Density, tolerance: 0.03);
        Assert.True(context.IsOccupied);
    }

    [Fact]
    public void Counters_that_differ_by_one_agree()
    {
        ContextVector context = new CountedRoom().Pass(30, people: 3, 3, 4);
        Assert.Equal(4, context.People); // 3.5
        Assert.Equal(0.91, context.PeopleConfidence, 2);
    }

    [Fact]
    public void One_counter_that_lies_beside_two_is_outvoted_and_named_within_three_quarters_of_an_hour()
    {
        var room = new CountedRoom();
        Assert.Equal(3, room.Pass(30, people: 3, 3, 40, 3).People);
        Assert.Empty(room.Named);
        room.Pass(15, people: 3, 3, 40, 3);
        Assert.Equal(["b contradicted"], room.Named);
        room.Pass(60, people: 3, 3, 3, 3);
        Assert.Empty(room.Named);
    }

    [Fact]
    public void Counters_that_see_parts_of_a_room_add_up_until_one_is_silent()
    {
        var room = new CountedRoom(new RoomFacts { Capacity = 10, CountersSeeParts = true });
        ContextVector context = room.Pass(30, people: 5, 3, 0, 2);
        Assert.Equal(5, context.People);
        Assert.Equal(0.5, context.Density, 2);
        Assert.Empty(room.Named);
        Assert.Null(room.Pass(6, people: 5, 3, double.NaN, 2).People);
    }

    [Fact]
    public void A_count_that_stays_at_two_in_a_room_that_all_others_call_empty_moves_nothing_and_is_named_within_an_hour()
    {
        var room = new CountedRoom();
        Assert.Equal(2, room.Pass(60, people: 2, 2).People);
        ContextVector context = room.Pass(30, people: 0, 2); // 15 until the PIR and the microphone are sure, 15 until they are believed
        Assert.False(context.IsOccupied);
        Assert.Equal(0, context.People);
        room.Pass(30, people: 0, 2);
        Assert.Equal(["a contradicted"], room.Named);
        for (int hour = 0; hour < 8; hour++) Assert.False(room.Pass(60, people: 0, 2).IsOccupied);
    }

    [Fact]
    public void A_counter_that_is_two_too_many_day_and_night_is_believed_no_more_and_one_that_begins_at_0_again_at_midnight_is()
    {
        int? NextDay(int atNight)
        {
            var room = new CountedRoom();
            room.Pass(120, people: 2, 4);
            room.Pass(4 * 60, people: 0, 2);
            room.Pass(6 * 60, people: 0, atNight);
            return room.Pass(60, people: 3, 3 + atNight).People;
        }

        Assert.Null(NextDay(atNight: 2));
        Assert.Equal(3, NextDay(atNight: 0));
    }

    [Fact]
    public void A_count_of_nobody_hides_people_who_move_for_three_minutes_at_most_and_is_named_within_three_quarters_of_an_hour()
    {
        var room = new CountedRoom();
        room.Pass(60, people: 0, 0);
        double minutes = 0.5;
        while (!room.Pass(0.5, people: 2, 0).IsOccupied) minutes += 0.5;
        Assert.InRange(minutes, 0, 3); // until they are heard as well as seen
        double named = minutes;
        for (; !room.Named.Any(); named += 0.5) Assert.True(room.Pass(0.5, people: 2, 0).IsOccupied);
        Assert.InRange(named, 38, 46);
        ContextVector context = room.Pass(60, people: 2, 0);
        Assert.True(context.IsOccupied);
        Assert.Null(context.People); // somebody is there, and nobody knows how many
        Assert.InRange(context.Density, 0.2, 0.7);
        Assert.Equal(["a contradicted"], room.Named);
    }

    [Fact]
    public void A_count_of_nobody_empties_the_room_at_once_where_nothing_else_speaks()
    {
        var room = new CountedRoom { HasOthers = false };
        Assert.Equal(3, room.Pass(5, people: 3, 3).People);
        ContextVector context = room.Pass(5, people: 0, 0);
        Assert.Equal((false, 0), (context.IsOccupied, context.People));
    }

    [Fact]
    public void Where_nobody_counts_only_an_empty_room_has_a_number()
    {
        var room = new CountedRoom();
        Assert.Null(room.Pass(30, people: 2).People);
        Assert.Equal(0, room.Pass(60, people: 0).People);
        Assert.Null(new ContextFusion().Fuse(Some.Noon).People);
    }

    [Fact]
    public void A_count_never_says_the_opposite_of_occupied()
    {
        var room = new CountedRoom();
        var chance = new Random(1);
        for (int i = 0; i < 300; i++)
        {
            int people = i / 50 % 2 * 3;
            ContextVector context = room.Pass(1, people, chance.Next(4), people);
            if (context.People is { } counted) Assert.Equal(context.IsOccupied, counted > 0);
        }
    }

    [Fact]
    public void A_corridor_that_is_passed_ten_times_an_hour_is_no_loose_contact_and_a_count_that_comes_and_goes_with_each_report_is()
    {
        var corridor = new CountedRoom();
        for (int i = 0; i < 40; i++)
        {
            corridor.Pass(1, people: 1, 1);
            corridor.Pass(5, people: 0, 0);
        }

        Assert.Empty(corridor.Named);
        var loose = new CountedRoom();
        for (int i = 0; i < 60; i++)
        {
            loose.Pass(0.5, people: 0, 1);
            loose.Pass(0.5, people: 0, 0);
        }

        Assert.Equal(["a flapping"], loose.Named);
        Assert.False(loose.Fusion.Current.IsOccupied);
    }
}
