using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Daemon.Bench;
using Ambient.Sensors;
using Ambient.Sensors.Fusion;

namespace Ambient.Daemon.Cli;

/// <summary><c>bench lies FILE --format F</c>: a labelled recording with every lie about its light and every defect of its sensors.</summary>
internal static class BenchLiesCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var recording = new RecordingArguments();
        var calibration = CalibrationOption.Create();
        var leaveOut = new Option<bool>("--leave-one-day-out") { Description = "for each day: calibrate on the others" };
        var seeds = new Option<int>("--seeds") { Description = "runs of each lie about light and of each defect that leaves something to chance", DefaultValueFactory = _ => 3 };
        var json = new Option<bool>("--json") { Description = "one JSON object as the last line" };
        var command = new Command("lies", "A labelled recording with every lie about its light and every defect of each sensor: what it costs, how soon it is named. Takes some minutes for five days.");
        recording.AddTo(command);
        foreach (Option option in new Option[] { calibration, leaveOut, seeds, json }) command.Add(option);
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(leaveOut) && parsed.GetValue(calibration) is not null) throw new CliException(ExitCodes.Usage, "--leave-one-day-out calibrates by itself; leave --calibration out");
            if (parsed.GetValue(seeds) is < 1 or > 100) throw new CliException(ExitCodes.Usage, $"--seeds is {parsed.GetValue(seeds)}; allowed: 1..100");
            IReadOnlyList<IReadOnlyList<Reading>> rows = recording.Rows(parsed);
            if (!rows.Any(row => OccupancyScore.LabelOf(row) is not null)) throw new CliException(ExitCodes.NoInput, $"{recording.File(parsed)} has no labels, so nothing to compare with");
            if (parsed.GetValue(leaveOut) && rows.Select(row => row[0].Time.Date).Distinct().Count() < 2) throw new CliException(ExitCodes.Usage, "--leave-one-day-out needs two days or more");
            LieReport report = LieBench.Run(rows, CalibrationOption.Load(parsed.GetValue(calibration)), parsed.GetValue(leaveOut), parsed.GetValue(seeds));
            Console.WriteLine(parsed.GetValue(json) ? JsonSerializer.Serialize(report, LieJson.Default.LieReport) : InWords(report));
            return ExitCodes.Good;
        });
        return command;
    }

    private static string InWords(LieReport report)
    {
        List<string> lines =
        [
            Line($"as it is: accuracy {report.Honest.Accuracy:0.0000}, without light {report.Honest.WithoutLight:0.0000}; at most {report.Honest.FalseAlarmsADay} false alarms a day"),
            "",
            Line($"{"light",-42} accuracy  worst day  points lost against no light"),
            .. report.Lies.Select(lie => Line($"{lie.Lie,-42} {lie.Accuracy,8:0.0000} {lie.WorstDay,10:0.0000} {lie.LossPoints,8:0.00}")),
            "",
            Line($"{"sensor",-30} {"defect",-24} points lost  minutes unnamed  named as"),
            .. report.Defects.Select(defect => Line($"{defect.Sensor + " " + defect.Quantity,-30} {defect.Defect,-24} {defect.LossPoints,11:0.00} {defect.UnnamedMinutes?.ToString("0", CultureInfo.InvariantCulture) ?? "-",16}  {defect.NamedAs}")),
        ];
        return string.Join('\n', lines);
    }

    private static string Line(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>How the matrix is printed.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(LieReport))]
internal sealed partial class LieJson : JsonSerializerContext;
