using Ambient.Sensors.Acoustics;
using Ambient.Sensors.Fusion;

namespace Ambient.Sensors.Tests.Fusion;

public sealed class ActivityTests
{
    private static readonly double Neutral = ContextVector.Neutral.Activity;

    [Fact]
    public void It_is_the_share_of_time_with_motion_and_sound_over_its_floor()
    {
        var still = new CountedRoom();
        Assert.InRange(still.Pass(60, people: 0).Activity, 0, 0.05);
        Assert.InRange(still.Pass(10, people: 3).Activity, 0.25, 0.75);
    }

    [Fact]
    public void It_moves_smoothly()
    {
        var fusion = new ContextFusion();
        double before = fusion.Fuse(Some.Noon).Activity;
        for (int second = 1; second < 600; second++)
        {
            if (second % 10 == 0)
            {
                fusion.Add(Some.Reading(second / 60.0, Quantity.Motion, second / 120 % 2, "pir"));
                fusion.Add(Some.Reading(second / 60.0, Quantity.Noise, second / 120 % 2 == 0 ? 38 : 70, "microphone"));
            }

            double now = fusion.Fuse(Some.At(second / 60.0)).Activity;
            Assert.InRange(now - before, -0.05, 0.05);
            before = now;
        }
    }

    [Fact]
    public void A_radar_that_sees_somebody_sit_still_tells_nothing_of_it()
    {
        var fusion = new ContextFusion();
        for (int minute = 0; minute < 60; minute++)
        {
            fusion.Add(Some.Reading(minute, Quantity.Presence, 1, "radar"));
            Assert.Equal(Neutral, fusion.Fuse(Some.At(minute)).Activity, 9);
        }

        Assert.True(fusion.Current.IsOccupied);
        for (int minute = 60; minute < 90; minute++)
        {
            fusion.Add(Some.Reading(minute, Quantity.Presence, 1, "radar"));
            fusion.Add(Some.Reading(minute, Quantity.Motion, 0, "radar"));
            fusion.Fuse(Some.At(minute));
        }

        Assert.InRange(fusion.Current.Activity, 0, 0.05); // it says that nobody moves
    }

    [Fact]
    public void A_PIR_that_is_held_on_for_more_than_an_hour_tells_nothing_of_it()
    {
        var fusion = new ContextFusion();
        for (int minute = 0; minute < 90; minute++)
        {
            fusion.Add(Some.Reading(minute, Quantity.Motion, 1, "stuck"));
            fusion.Fuse(Some.At(minute));
            if (minute == 30) Assert.InRange(fusion.Current.Activity, 0.9, 1); // so far it may be a lively room
        }

        Assert.Equal(Neutral, fusion.Current.Activity, 2);
    }

    [Fact]
    public void It_ages_to_neutral()
    {
        var fusion = new ContextFusion();
        for (int minute = 0; minute < 30; minute++)
        {
            fusion.Add(Some.Reading(minute, Quantity.Motion, 1, "pir"));
            fusion.Add(Some.Reading(minute, Quantity.Noise, minute < 5 ? 36 : 66, "microphone"));
            fusion.Fuse(Some.At(minute));
        }

        Assert.InRange(fusion.Current.Activity, 0.9, 1);
        for (int minute = 30; minute < 24 * 60; minute++) fusion.Fuse(Some.At(minute));
        Assert.Equal(Neutral, fusion.Current.Activity, 2);
    }

    [Fact]
    public void Our_own_music_does_not_move_it()
    {
        // A quiet room of 38 dBA, still; after an hour music that comes and goes reaches the microphone at up to 52 dBA.
        var removal = new OwnSoundRemoval();
        var fusion = new ContextFusion();
        var chance = new Random(1);
        double quiet = 0, highest = 0;
        for (int second = 0; second < 4 * 3_600; second++)
        {
            double minute = second / 60.0;
            double playedDb = second < 3_600 ? -120 : -38 + 6 * Math.Sin(second / 47.0) + 3 * Math.Sin(second / 11.0);
            removal.Clean(Some.Reading(minute, Quantity.OwnSound, playedDb, "daemon"));
            double roomDba = 38 + chance.NextDouble() - 0.5;
            double heard = 10 * Math.Log10(Math.Pow(10, roomDba / 10) + Math.Pow(10, (playedDb + 83) / 10));
            fusion.Add(removal.Clean(Some.Reading(minute, Quantity.Noise, heard, "microphone")));
            if (second % 10 == 0) fusion.Add(Some.Reading(minute, Quantity.Motion, 0, "pir"));
            double activity = fusion.Fuse(Some.At(minute)).Activity;
            if (second == 3_599) quiet = activity;
            if (second > 3_600 + 1_200) highest = Math.Max(highest, activity); // the coupling is learnt while it plays
        }

        Assert.InRange(highest, 0, quiet + 0.1);
    }
}
