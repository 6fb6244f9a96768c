using Ambient.Daemon.Audio;
using Ambient.Daemon.Cli;
using Ambient.Daemon.Configuration;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Tests.Audio;

public sealed class LevelKeeperTests
{
    private const string Night = """{"Level": {"CalibrationDba": 85, "Caps": [{"From": "22:00", "To": "06:00", "Dba": 35}, {"From": "00:00", "To": "00:00", "Dba": 55}]}}""";

    [Theory]
    [InlineData(12, -30.0)]
    [InlineData(21, -30.0)]
    [InlineData(23, -50.0)]
    [InlineData(5, -50.0)]
    [InlineData(6, -30.0)]
    public void Caps_follow_the_time_of_day_and_are_kept_in_dBA(int hour, double expectedDb)
    {
        var stage = new OutputStage();
        var keeper = new LevelKeeper(AmbientConfig.Parse(Night, "x.json").Level, stage);
        keeper.Tick(new DateTimeOffset(2026, 1, 5, hour, 30, 0, TimeSpan.FromHours(1)));
        var tap = stage.Level.Tap();
        var sound = new int[2 * 4_800];
        double levelDb = 0;
        for (int tenth = 0; tenth < 20; tenth++)
        {
            for (int i = 0; i < sound.Length; i++) sound[i] = (int)(0.61 * int.MaxValue * Math.Sin(2 * Math.PI * 1_000 * (i / 2) / 48_000));
            stage.Process(sound);
            Assert.True(tap.TryTake(out levelDb));
        }

        Assert.Equal(expectedDb, levelDb, 0.2);
    }

    [Theory]
    [InlineData("""{"Level": {"Caps": [{"From": "22:00", "To": "06:00", "Dba": 35}]}}""", "Level.CalibrationDba is missing")]
    [InlineData("""{"Level": {"CalibrationDba": 85, "Caps": [{"From": "22:00", "To": "06:00"}]}}""", "Level.Caps[0].Dba is NaN; allowed: 0..140")]
    [InlineData("""{"Level": {"CalibrationDba": 1000}}""", "Level.CalibrationDba is 1000; allowed: 20..140")]
    public void A_cap_that_could_not_be_kept_is_refused(string json, string problem)
    {
        CliException refused = Assert.Throws<CliException>(() => AmbientConfig.Parse(json, "x.json"));
        Assert.Contains(problem, refused.Message, StringComparison.Ordinal);
    }
}
