using Ambient.Sensors.Acoustics;

namespace Ambient.Sensors.Tests.Acoustics;

/// <summary>Forty minutes of music in a room, by powers per tenth of a second; the microphone reports LAeq of each second, 300 ms late.</summary>
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

        /// <summary>A street: cars come and go over a floor.</summary>
        Traffic,

        /// <summary>One to six people talking at once.</summary>
        Party,
    }

    public enum Path
    {
        /// <summary>As much of our sound arrives all the time.</summary>
        Still,

        /// <summary>2 dB more and less within 42 minutes: people come and go, a curtain is drawn.</summary>
        Drifting,

        /// <summary>3 dB less after twenty minutes: a door was closed, the amplifier turned down.</summary>
        Closed,

        /// <summary>The daemon itself plays 3 dB louder and softer in turn, and tells so.</summary>
        OwnLevel,
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(6, 3.0)]
    public void The_rooms_own_level_is_right_although_music_plays(double musicAboveRoomDb, double allowedDb)
    {
        foreach (Room room in Enum.GetValues<Room>())
            for (int seed = 1; seed <= 4; seed++)
            {
                Heard heard = Play(room, Path.Still, musicAboveRoomDb, seed);
                Assert.True(Math.Abs(heard.ErrorDb) <= allowedDb && heard.ShareWithin(allowedDb) >= 0.9, $"{room}, seed {seed}: {heard.ErrorDb:0.00} dB, {heard.ShareWithin(allowedDb):P0} of the minutes within {allowedDb}, coupling {heard.CouplingDb:0.0}");
                Assert.True(heard.UncleanedErrorDb > 2.5 + musicAboveRoomDb * 0.6, $"doing nothing errs by {heard.UncleanedErrorDb:0.0} dB, so there is something to remove");
            }
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(6, 3.0)]
    public void It_stays_right_when_more_or_less_of_the_music_arrives_than_was_learnt(double musicAboveRoomDb, double allowedDb)
    {
        foreach (Room room in Enum.GetValues<Room>())
            foreach (Path path in new[] { Path.Drifting, Path.Closed, Path.OwnLevel })
                for (int seed = 21; seed <= 22; seed++)
                {
                    Heard heard = Play(room, path, musicAboveRoomDb, seed);
                    Assert.True(Math.Abs(heard.ErrorDb) <= allowedDb && heard.ShareWithin(allowedDb) >= 0.8, $"{room}, {path}, seed {seed}: {heard.ErrorDb:0.00} dB, {heard.ShareWithin(allowedDb):P0} of the minutes within {allowedDb}");
                }
    }

    [Fact]
    public void The_coupling_is_learnt_to_a_decibel() => Assert.Equal(CouplingDb, Play(Room.Fan, Path.Still, 6, seed: 5).CouplingDb!.Value, 1.0);

    [Fact]
    public void A_room_without_music_is_left_alone() => Assert.Equal(0, Play(Room.Talk, Path.Still, -80, seed: 1).ErrorDb, 0.05);

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
    private static Heard Play(Room kind, Path path, double musicAboveRoomDb, int seed)
    {
        var random = new Random(seed);
        var removal = new OwnSoundRemoval();
        (double[] room, double[] music) = Sounds(kind, random);
        Scale(room, RoomDba);
        Scale(music, RoomDba + musicAboveRoomDb);
        for (int i = 0; path == Path.OwnLevel && i < music.Length; i++) music[i] *= Sound.Power(3 * Math.Sin(i / 2_000.0));
        double heardSum = 0, cleanSum = 0, trueSum = 0, cleanMinute = 0, trueMinute = 0;
        var minutes = new List<double>();
        for (int i = 10; i < room.Length; i++)
        {
            removal.Clean(new Reading(Some.Noon.AddSeconds(i / 10.0), "daemon", Quantity.OwnSound, Sound.Decibels(music[i]) - CouplingDb));
            if (i % 10 != 0) continue;
            double measured = 0, own = 0;
            for (int k = i - 10; k < i; k++)
            {
                own += room[k] / 10;
                double arrives = path switch { Path.Drifting => Sound.Power(2 * Math.Sin(k / 4_000.0)), Path.Closed when k > 12_000 => Sound.Power(-3), _ => 1 };
                double played = k < 3 ? 0 : music[k - 2] * arrives;
                // Room and music are sounds that add now and then in phase: the sum of their powers is only right on average.
                measured += (room[k] + played + 0.3 * (random.NextDouble() - 0.5) * Math.Sqrt(room[k] * played)) / 10;
            }

            Reading clean = removal.Clean(new Reading(Some.Noon.AddSeconds(i / 10.0), "desk", Quantity.Noise, Sound.Decibels(measured)));
            if (i < LearningMinutes * 600) continue;
            heardSum += measured;
            (cleanSum, cleanMinute) = (cleanSum + Sound.Power(clean.Value), cleanMinute + Sound.Power(clean.Value));
            (trueSum, trueMinute) = (trueSum + own, trueMinute + own);
            if (i % 600 != 590) continue;
            minutes.Add(Sound.Decibels(cleanMinute / trueMinute));
            (cleanMinute, trueMinute) = (0, 0);
        }

        return new Heard(Sound.Decibels(heardSum / trueSum), Sound.Decibels(cleanSum / trueSum), minutes, removal.CouplingDb("desk"));
    }

    // Powers of each tenth of a second.
    private static (double[] Room, double[] Music) Sounds(Room kind, Random random)
    {
        var room = new double[40 * 600];
        var music = new double[room.Length];
        double[] swells = [.. Enumerable.Range(0, 6).Select(_ => 0.02 + 0.2 * random.NextDouble())];
        double[] phases = [.. swells.Select(_ => random.NextDouble() * 7)];
        bool talks = false;
        double car = -100, passesAt = 0;
        int voices = 3;
        for (int i = 0; i < room.Length; i++)
        {
            double t = i / 10.0;
            if (random.NextDouble() < 0.04) talks = !talks;
            if (random.NextDouble() < 0.005) (passesAt, car) = (t + 5, 4 + 10 * random.NextDouble());
            if (random.NextDouble() < 0.01) voices = random.Next(1, 7);
            double decibels = kind switch
            {
                Room.Fan => random.NextDouble() - 0.5,
                Room.Wandering => 3 * Math.Sin(t / 95) + random.NextDouble() - 0.5,
                Room.Traffic => Sound.Decibels(Sound.Power(-2 + random.NextDouble()) + Sound.Power(car - 2.4 * Math.Abs(t - passesAt))),
                Room.Party => Sound.Decibels(voices) + 4 * random.NextDouble() - 6,
                _ => talks ? 2 + 8 * random.NextDouble() : -6 + random.NextDouble(),
            };
            room[i] = Sound.Power(decibels);
            for (int k = 0; k < swells.Length; k++) music[i] += Math.Pow(0.5 + 0.5 * Math.Sin(2 * Math.PI * swells[k] * t + phases[k]), 2);
        }

        return (room, music);
    }

    private static void Scale(double[] powers, double decibels)
    {
        double scale = Sound.Power(decibels) / powers.Average();
        for (int i = 0; i < powers.Length; i++) powers[i] *= scale;
    }

    private sealed record Heard(double UncleanedErrorDb, double ErrorDb, List<double> MinuteErrorsDb, double? CouplingDb)
    {
        public double ShareWithin(double decibels) => MinuteErrorsDb.Count(error => Math.Abs(error) <= decibels) / (double)MinuteErrorsDb.Count;
    }
}
