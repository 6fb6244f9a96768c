using Ambient.Sensors.Fusion;

namespace Ambient.Sensors.Tests.Fusion;

public sealed class CalibratorTests
{
    [Fact]
    public void A_fit_follows_its_recording_no_worse_than_the_default_and_never_trusts_light_more()
    {
        List<IReadOnlyList<Reading>> rows = Some.LunchBreak();
        Calibration fitted = Calibrator.Fit(rows, new HashSet<Quantity>());
        Assert.InRange(fitted.LightWeight, 0, 1);
        Assert.True(Accuracy(rows, fitted) >= Accuracy(rows, Calibration.Default) - 0.01);
    }

    [Fact]
    public void Nothing_to_learn_from_gives_the_default() =>
        Assert.Equal(Calibration.Default, Calibrator.Fit([], new HashSet<Quantity>()));

    [Fact]
    public void A_file_says_what_was_saved_and_names_what_is_wrong()
    {
        string path = Path.GetTempFileName();
        try
        {
            Calibration room = Calibration.Default with { StillnessMinutes = 5, Co2Weight = 0.5, Sources = [new("S1", "illuminance", 0.75, 94)] };
            CalibrationFile.Save(path, room);
            Calibration loaded = CalibrationFile.Load(path);
            Assert.Equal(room, loaded with { Sources = room.Sources });
            Assert.Equal(room.Sources, loaded.Sources);
            File.WriteAllText(path, """{"sources": [{"sensor": "S1", "quantity": "illuminance", "reliance": 4}]}""");
            Assert.Contains("reliance of -1..1", Assert.Throws<InvalidDataException>(() => CalibrationFile.Load(path)).Message, StringComparison.Ordinal);
            File.WriteAllText(path, """{"lightWeight": 3}""");
            Assert.Contains("lightWeight is 3; allowed: 0..1", Assert.Throws<InvalidDataException>(() => CalibrationFile.Load(path)).Message, StringComparison.Ordinal);
            File.WriteAllText(path, """{"lightWait": 1}""");
            Assert.Contains("lightWait", Assert.Throws<InvalidDataException>(() => CalibrationFile.Load(path)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Hindsight_ends_a_visit_with_its_last_motion()
    {
        IReadOnlyList<IReadOnlyList<Reading>> unlabelled = [.. Some.OfficeAfternoon().Select(row => row.Where(r => !Quantities.IsLabel(r.Quantity)).ToList())];
        IReadOnlyList<IReadOnlyList<Reading>> labelled = Hindsight.Label(unlabelled, new HashSet<Quantity>());
        int agreed = labelled.Zip(Some.OfficeAfternoon()).Count(pair => OccupancyScore.LabelOf(pair.First) == OccupancyScore.LabelOf(pair.Second));
        Assert.True(agreed > 0.98 * labelled.Count, $"{agreed} of {labelled.Count}");
    }

    private static double Accuracy(IReadOnlyList<IReadOnlyList<Reading>> rows, Calibration calibration) =>
        OccupancyScore.Of(rows, new ContextFusion(calibration: calibration), new HashSet<Quantity>()).Accuracy!.Value;
}
