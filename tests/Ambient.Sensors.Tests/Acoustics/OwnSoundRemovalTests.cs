using Ambient.Sensors.Acoustics;

namespace Ambient.Sensors.Tests.Acoustics;

/// <summary>Half an hour of music in a room, by powers per tenth of a second; the microphone reports LAeq of each second, 300 ms late.</summary>
public sealed class OwnSoundRemovalTests
{
    private const double CouplingDb = 83; // what a full-scale tone would be at the microphone
    private const double RoomDba = 45;
    private const int LearningMinutes = 12;

    public enum Room
    {
        /// <summary>Air conditioning: steady within a decibel.</summary>
        Fan,

        /// <summary>Voices, 10 dB up and down with pauses, over a floor.</summary>
        Talk,

        /// <summary>A fan whose level wanders by 6 dB in ten minutes.</summary>
        Wandering,
    }

    [Theory]
    [InlineData(Room.Fan, 0, 1.0)]
    [InlineData(Room.Talk, 0, 1.0)]
    [InlineData(Room.Wandering, 0, 1.0)]
    [InlineData(Room.Fan, 6, 3.0)]
    [InlineData(Room.Talk, 6, 3.0)]
    [InlineData(Room.Wandering, 6, 3.0)]
    public void The_rooms_own_level_is_right_although_music_plays(Room kind, double musicAboveRoomDb, double allowedDb)
    {
        for (int seed = 1; seed <= 2; seed++)
        {
            (double without, double with, double? coupling) = Play(kind, musicAboveRoomDb, seed);
            Assert.True(Math.Abs(with) <= allowedDb, $"seed {seed}: {with:0.00} dB, coupling {coupling:0.0}");
            Assert.True(without > 2.5 + musicAboveRoomDb * 0.6, $"doing nothing errs by {without:0.0} dB, so there is something to remove");
        }
    }

    [Fact]
    public void The_coupling_is_learnt_to_a_decibel() => Assert.Equal(CouplingDb, Play(Room.Fan, 6, seed: 5).CouplingDb!.Value, 1.0);

    [Fact]
    public void A_room_without_music_is_left_alone() => Assert.Equal(0, Play(Room.Talk, -80, seed: 1).With, 0.05);

    [Fact]
    public void Nothing_is_taken_away_before_the_coupling_is_known()
    {
        var removal = new OwnSoundRemoval();
        removal.Clean(new Reading(Some.Noon, "daemon", Quantity.OwnSound, -30));
        removal.Clean(new Reading(Some.At(0.1), "daemon", Quantity.OwnSound, -30));
        Reading noise = Some.Reading(0.1, Quantity.Noise, 52, "desk");
        Assert.Equal(noise, removal.Clean(noise));
        Assert.Null(removal.CouplingDb("desk"));
    }

    [Fact]
    public void Other_quantities_pass_unchanged()
    {
        Reading light = Some.Reading(0, Quantity.Illuminance, 300);
        Assert.Equal(light, new OwnSoundRemoval().Clean(light));
    }

    // Errors of the mean level over the minutes after learning: as measured, and with our own sound removed.
    private static (double Without, double With, double? CouplingDb) Play(Room kind, double musicAboveRoomDb, int seed)
    {
        var random = new Random(seed);
        var removal = new OwnSoundRemoval();
        var room = new double[31 * 600];
        var music = new double[room.Length];
        double[] swells = [.. Enumerable.Range(0, 6).Select(_ => 0.02 + 0.2 * random.NextDouble())];
        double[] phases = [.. swells.Select(_ => random.NextDouble() * 7)];
        bool talks = false;
        for (int i = 0; i < room.Length; i++)
        {
            double t = i / 10.0;
            if (random.NextDouble() < 0.04) talks = !talks;
            double decibels = kind switch
            {
                Room.Fan => random.NextDouble() - 0.5,
                Room.Wandering => 3 * Math.Sin(t / 95) + random.NextDouble() - 0.5,
                _ => talks ? 2 + 8 * random.NextDouble() : -6 + random.NextDouble(),
            };
            room[i] = Sound.Power(decibels);
            for (int k = 0; k < swells.Length; k++) music[i] += Math.Pow(0.5 + 0.5 * Math.Sin(2 * Math.PI * swells[k] * t + phases[k]), 2);
        }

        Scale(room, RoomDba);
        Scale(music, RoomDba + musicAboveRoomDb);
        double heardSum = 0, cleanSum = 0, trueSum = 0;
        for (int i = 10; i < room.Length; i++)
        {
            removal.Clean(new Reading(Some.Noon.AddSeconds(i / 10.0), "daemon", Quantity.OwnSound, Sound.Decibels(music[i]) - CouplingDb));
            if (i % 10 != 0) continue;
            double measured = 0, own = 0;
            for (int k = i - 10; k < i; k++)
            {
                own += room[k] / 10;
                double played = k < 3 ? 0 : music[k - 2];
                // Room and music are sounds that add now and then in phase: the sum of their powers is only right on average.
                measured += (room[k] + played + 0.3 * (random.NextDouble() - 0.5) * Math.Sqrt(room[k] * played)) / 10;
            }

            Reading clean = removal.Clean(new Reading(Some.Noon.AddSeconds(i / 10.0), "desk", Quantity.Noise, Sound.Decibels(measured)));
            if (i < LearningMinutes * 600) continue;
            heardSum += measured;
            cleanSum += Sound.Power(clean.Value);
            trueSum += own;
        }

        return (Sound.Decibels(heardSum / trueSum), Sound.Decibels(cleanSum / trueSum), removal.CouplingDb("desk"));
    }

    private static void Scale(double[] powers, double decibels)
    {
        double scale = Sound.Power(decibels) / powers.Average();
        for (int i = 0; i < powers.Length; i++) powers[i] *= scale;
    }
}
