using Ambient.Daemon.Audio;
using Ambient.Daemon.Cli;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.State;
using Ambient.Synth.Metering;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Tests.Audio;

public sealed class LevelControlTests
{
    private const double FullScaleDba = 88; // the amplifier stands somewhere

    // Two moods of -26 LUFS at level 100: in dB(A) one has lost 5 dB to its low end, the other nothing.
    [Theory]
    [InlineData("dark", -5, 100)]
    [InlineData("bright", 0, 100)]
    [InlineData("dark", -5, 60)]
    [InlineData("bright", 0, 60)]
    public void A_level_means_the_same_dBA_in_a_dark_and_a_bright_mood(string mood, double offsetDb, int level)
    {
        var room = new Room($$"""{"Level": {"CalibrationDba": {{FullScaleDba}}, "MaxDba": 58} }""");
        double dba = room.Play(mood, offsetDb, level, minutes: 30);
        Assert.Equal(58 - (0.5 * (100 - level)), dba, 0.5);
    }

    [Fact]
    public void What_a_mood_needs_is_remembered_and_approached_slowly()
    {
        var room = new Room($$"""{"Level": {"CalibrationDba": {{FullScaleDba}} } }""");
        room.Play("dark", -5, 60, minutes: 30);
        room.Play("bright", 0, 60, minutes: 30);
        double before = room.Control.TrimDb;
        room.Play("dark", -5, 60, minutes: 1.0 / 60);
        Assert.InRange(Math.Abs(room.Control.TrimDb - before), 0, LevelControl.DbPerSecond + 1e-9);
        Assert.Equal(40, room.Play("dark", -5, 60, minutes: 1), 0.5);
    }

    [Fact]
    public void What_was_learnt_survives_a_restart_and_a_damaged_file_only_costs_learning_anew()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("ambient-learnt-");
        var room = new Room($$"""{"Level": {"CalibrationDba": {{FullScaleDba}} } }""");
        room.Play("dark", -5, 60, minutes: 30);
        using (var state = new StateFolder(folder.FullName, TimeProvider.System)) state.KeepLearnt(room.Control.Learnt with { Sensors = [new("S1", "illuminance", 0.75, 94)] });
        using (var state = new StateFolder(folder.FullName, TimeProvider.System))
        {
            var restarted = new LevelControl(new LevelConfig { CalibrationDba = FullScaleDba }, new OutputStage(), state.RecallLearnt());
            Assert.Equal(room.Control.OffsetDb("dark"), restarted.OffsetDb("dark"), 0.02);
            Assert.Equal([new("S1", "illuminance", 0.75, 94)], state.RecallLearnt()!.Sensors!);
            Assert.Empty(state.Faults);
        }

        foreach (FileInfo file in folder.GetFiles("learnt*")) File.WriteAllText(file.FullName, "{\"Moods\": tor");
        using (var state = new StateFolder(folder.FullName, TimeProvider.System))
        {
            Assert.Null(state.RecallLearnt());
            Assert.Contains("learnt.json", Assert.Single(state.Faults), StringComparison.Ordinal);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public void Without_calibration_nothing_is_trimmed()
    {
        var room = new Room("""{"Level": {}}""");
        room.Play("dark", -5, 60, minutes: 10);
        Assert.Equal(0, room.Control.TrimDb);
    }

    // All that the loop takes for the room may be our own music: the coupling is judged 6 dB too low, too high, or there is no room at all.
    [Theory]
    [InlineData(-6)]
    [InlineData(0)]
    [InlineData(6)]
    public void Following_the_noise_never_runs_away_with_the_coupling_misjudged(double misjudgedDb)
    {
        const double RoomDba = 38, SetDba = 46, CouplingDb = 0;
        var follower = new NoiseFollower(new NoiseFollowConfig { ReferenceDba = 38, Minutes = 5 });
        var shifts = new List<double>();
        for (int second = 0; second < 4 * 3_600; second++)
        {
            double playedDba = SetDba + follower.ShiftDb;
            double measured = Power(RoomDba) + Power(playedDba + CouplingDb);
            double leftOver = measured - Power(playedDba + CouplingDb + misjudgedDb);
            follower.Advance(10 * Math.Log10(Math.Max(leftOver, 1)), isHeld: false, seconds: 1);
            shifts.Add(follower.ShiftDb);
        }

        Assert.All(shifts, shift => Assert.InRange(shift, -3, 3));
        Assert.Equal(shifts[^1], shifts[^3_600], 0.01); // at rest, not swinging
        if (misjudgedDb == 0) Assert.Equal(0, shifts[^1], 0.05);
    }

    // Slope of 1/3: an error of the estimate by d dB shifts by at most d/3, and what that adds to the estimate by at most d/9, and so on.
    [Theory]
    [InlineData(3)]
    [InlineData(6)]
    public void A_wrong_estimate_shifts_by_half_of_its_error_at_most(double errorDb)
    {
        var follower = new NoiseFollower(new NoiseFollowConfig { ReferenceDba = 40, Minutes = 5 });
        for (int second = 0; second < 4 * 3_600; second++) follower.Advance(40 + errorDb + follower.ShiftDb, isHeld: false, seconds: 1);
        Assert.InRange(follower.ShiftDb, 0, (errorDb / 2) + 0.01);
    }

    [Fact]
    public void A_level_that_a_person_set_stays_and_a_room_without_microphone_goes_back()
    {
        var follower = new NoiseFollower(new NoiseFollowConfig { ReferenceDba = 40 });
        for (int second = 0; second < 7_200; second++) follower.Advance(49, isHeld: false, seconds: 1);
        Assert.Equal(3, follower.ShiftDb, 0.05);
        double held = follower.ShiftDb;
        follower.Advance(30, isHeld: true, seconds: 600);
        Assert.Equal(held, follower.ShiftDb);
        follower.Advance(null, isHeld: false, seconds: 7_200);
        Assert.Equal(0, follower.ShiftDb, 0.05);
    }

    [Theory]
    [InlineData("""{"Level": {"MaxDba": 20}}""", "Level.MaxDba is 20; allowed: 30..90")]
    [InlineData("""{"Level": {"NoiseFollow": {"Db": 6}}}""", "Level.NoiseFollow.Db is 6; allowed: 0..3")]
    [InlineData("""{"Level": {"NoiseFollow": {"Minutes": 1}}}""", "Level.NoiseFollow.Minutes is 1; allowed: 5..60")]
    public void A_setting_that_people_would_notice_is_refused(string json, string problem)
    {
        CliException refused = Assert.Throws<CliException>(() => AmbientConfig.Parse(json, "x.json"));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }

    private static double Power(double db) => Math.Pow(10, db / 10);

    /// <summary>A loudspeaker in a room, a second at a time: 1 kHz stands for music, as loud as the mood's A-weighted level would be.</summary>
    private sealed class Room
    {
        private readonly OutputStage _stage;
        private readonly OutputLevelTap _tap;
        private readonly int[] _second = new int[2 * 4_800];

        public Room(string json)
        {
            LevelConfig config = AmbientConfig.Parse(json, "x.json").Level;
            _stage = new OutputStage();
            Control = new LevelControl(config, _stage);
            _tap = _stage.Level.Tap();
        }

        public LevelControl Control { get; }

        public double Play(string mood, double offsetDb, int level, double minutes)
        {
            double db = 0;
            for (int second = 0; second < Math.Max(1, 60 * minutes); second++)
            {
                // A tenth of a second of sound stands for the second.
                double amplitude = int.MaxValue * Math.Pow(10, (-26 + offsetDb + ((level - 100) * 0.5)) / 20);
                for (int i = 0; i < _second.Length; i++) _second[i] = (int)Math.Round(amplitude * Math.Sin(2 * Math.PI * 1_000 * (i / 2) / 48_000));
                _stage.Process(_second);
                Assert.True(_tap.TryTake(out db));
                Control.Advance(mood, level, isByPerson: false, noiseDba: null, seconds: 1);
            }

            return FullScaleDba + db;
        }
    }
}
