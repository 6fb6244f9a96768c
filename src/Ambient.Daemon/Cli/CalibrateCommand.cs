using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Sensors;
using Ambient.Sensors.Fusion;

namespace Ambient.Daemon.Cli;

/// <summary><c>calibrate FILE --format F --out CAL.json</c>: fits fusion to a recorded room.</summary>
public static class CalibrateCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var recording = new RecordingArguments();
        var output = new Option<FileInfo>("--out") { Description = "The small JSON file to write.", Required = true };
        var json = new Option<bool>("--json") { Description = "One JSON object as the last line." };
        var command = new Command("calibrate", "Fit fusion to a recording of this room; by its labels, or without any by what its sensors agree on afterwards.");
        recording.AddTo(command);
        command.Add(output);
        command.Add(json);
        command.SetAction(parsed => Calibrate(recording.Rows(parsed), recording.Hidden(parsed), parsed.GetRequiredValue(output), parsed.GetValue(json)));
        return command;
    }

    private static int Calibrate(IReadOnlyList<IReadOnlyList<Reading>> rows, HashSet<Quantity> hidden, FileInfo output, bool asJson)
    {
        bool isSupervised = rows.Any(row => OccupancyScore.LabelOf(row) is not null);
        IReadOnlyList<IReadOnlyList<Reading>> truth = isSupervised ? rows : Hindsight.Label(rows, hidden);
        Calibration calibration = Calibrator.Fit(truth, hidden);
        try
        {
            CalibrationFile.Save(output.FullName, calibration);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failed, $"Can't write --out '{output}': {problem.Message}");
        }

        double? before = OccupancyScore.Of(truth, new ContextFusion(), hidden).Accuracy, after = OccupancyScore.Of(truth, new ContextFusion(calibration: calibration), hidden).Accuracy;
        var report = new Report(rows.Count, isSupervised, before, after, output.FullName);
        Console.WriteLine(asJson
            ? JsonSerializer.Serialize(report, CalibrateJson.Default.Report)
            : FormattableString.Invariant($"{(isSupervised ? "By labels" : "Without labels, by what the sensors agree on afterwards")}: accuracy on {rows.Count} rows {before:0.0000} before, {after:0.0000} after. Written: {output}"));
        return ExitCodes.Good;
    }

    /// <summary>What <c>--json</c> prints.</summary>
    internal sealed record Report(int Rows, bool Supervised, double? AccuracyBefore, double? AccuracyAfter, string Out);
}

/// <summary>Generated JSON code of <c>calibrate</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(CalibrateCommand.Report))]
internal sealed partial class CalibrateJson : JsonSerializerContext;
