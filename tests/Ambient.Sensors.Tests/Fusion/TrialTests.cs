using Ambient.Sensors.Fusion;
using Ambient.Sensors.Trials;

namespace Ambient.Sensors.Tests.Fusion;

/// <summary>The ways in which a recorded room is made to lie: what they touch, and what they leave alone.</summary>
public sealed class TrialTests
{
    private static readonly DateTimeOffset ThreeOClock = new(2017, 12, 22, 15, 0, 0, TimeSpan.Zero);

    public static TheoryData<string> Lies => [.. LightLies.All.Select(lie => lie.Name)];

    [Theory]
    [MemberData(nameof(Lies))]
    public void A_lie_changes_light_alone_and_is_the_same_for_the_same_seed(string name)
    {
        LightLie lie = LightLies.All.Single(lie => lie.Name == name);
        List<IReadOnlyList<Reading>> rows = Some.OfficeAfternoon();
        IReadOnlyDictionary<string, double> lamps = LitRoom.LampsOf(rows);
        IReadOnlyList<IReadOnlyList<Reading>> lied = lie.Of(rows, lamps, seed: 3);
        Assert.Equal(lied.SelectMany(row => row), lie.Of(rows, lamps, seed: 3).SelectMany(row => row));
        Assert.Equal(rows.SelectMany(Honest), lied.SelectMany(Honest));
        Assert.All(lied.SelectMany(row => row).Where(reading => reading.Quantity == Quantity.Illuminance), reading => Assert.InRange(reading.Value, 0, 2_000));
        bool isDayOff = name is "cleaners at 5 and 21" or "lamps only after dusk"; // not in these hours, or as it is
        Assert.True(isDayOff || !lied.SelectMany(row => row).SequenceEqual(rows.SelectMany(row => row)));

        static IEnumerable<Reading> Honest(IReadOnlyList<Reading> row) => row.Where(reading => reading.Quantity != Quantity.Illuminance);
    }

    [Fact]
    public void A_lamp_that_is_an_hour_late_burns_an_hour_after_people()
    {
        List<IReadOnlyList<Reading>> rows = Some.OfficeAfternoon();
        IReadOnlyList<IReadOnlyList<Reading>> late = LightLies.All.Single(lie => lie.Name == "an hour late").Of(rows, LitRoom.LampsOf(rows), seed: 1);
        int checkedRows = 0;
        foreach (IReadOnlyList<Reading> row in late)
        {
            IReadOnlyList<Reading>? before = rows.Find(other => Math.Abs((row[0].Time - other[0].Time).TotalMinutes - 60) < 0.3);
            IReadOnlyList<Reading>? around = rows.Find(other => Math.Abs((row[0].Time - other[0].Time).TotalMinutes - 58) < 0.3);
            if (before is null || before == rows[0] || before == rows[1] || around is null || OccupancyScore.LabelOf(before) != OccupancyScore.LabelOf(around)) continue;
            Assert.Equal(OccupancyScore.LabelOf(before), row.Single(reading => reading is { Sensor: "S1", Quantity: Quantity.Illuminance }).Value > 50);
            checkedRows++;
        }

        Assert.InRange(checkedRows, 100, rows.Count);
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("stuck at its last value")]
    [InlineData("stuck at its most")]
    [InlineData("inverted")]
    [InlineData("coin flips")]
    public void A_defect_changes_one_sensor_from_its_moment_on(string name)
    {
        List<IReadOnlyList<Reading>> rows = Some.OfficeAfternoon();
        IReadOnlyList<IReadOnlyList<Reading>> broken = SensorDefect.All.Single(defect => defect.Name == name).Of(rows, "S6", Quantity.Motion, ThreeOClock);
        Assert.Equal(rows.SelectMany(Others), broken.SelectMany(Others));
        Assert.NotEqual(rows.SelectMany(row => row), broken.SelectMany(row => row));

        static IEnumerable<Reading> Others(IReadOnlyList<Reading> row) => row.Where(reading => reading.Sensor != "S6" || reading.Time < ThreeOClock);
    }

    [Fact]
    public void A_PIR_that_is_stuck_on_is_contradicted_from_when_the_room_is_empty_until_people_return()
    {
        List<IReadOnlyList<Reading>> rows = Some.OfficeAfternoon();
        var noon = ThreeOClock.AddHours(-3);
        IReadOnlyList<IReadOnlyList<Reading>> stuck = SensorDefect.All.Single(defect => defect.Name == "stuck at its most").Of(rows, "S6", Quantity.Motion, noon);
        var (from, to) = Assert.Single(new Contradiction(rows).Of(stuck, "S6", Quantity.Motion, noon));
        Assert.InRange((from - new DateTimeOffset(2017, 12, 22, 14, 16, 0, TimeSpan.Zero)).TotalMinutes, 10, 25); // the others remember for ten minutes, and see somebody until 14:30
        Assert.InRange((to - new DateTimeOffset(2017, 12, 22, 15, 25, 0, TimeSpan.Zero)).TotalMinutes, -2, 1);
        Assert.DoesNotContain(new Contradiction(rows).Of(rows, "S6", Quantity.Motion, noon), stretch => stretch.To - stretch.From > TimeSpan.FromMinutes(20));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(10)]
    public void A_PIR_of_coin_flips_is_doubted_once_the_room_is_empty_and_what_it_said_against_the_lamps_is_forgotten(int seed)
    {
        List<IReadOnlyList<Reading>> rows = Some.OfficeAfternoon();
        double honest = OccupancyScore.Of(rows, new ContextFusion(), new HashSet<Quantity>()).Accuracy!.Value;
        SensorDefect flips = SensorDefect.All.Single(defect => defect.Name == "coin flips");
        DefectTrial trial = DefectTrial.Run(rows, new Contradiction(rows), flips, "S6", Quantity.Motion, rows[0][0].Time, calibration: null, seed);
        Assert.InRange(trial.UnnamedMinutes!.Value, 5, 60);
        Assert.True(trial.Accuracy > honest - 0.09, $"{honest} fell to {trial.Accuracy}"); // 69 minutes of 275 are empty; measured 0.059 to 0.081, where the lamps stay in bad repute 0.26 to 0.29
    }
}
