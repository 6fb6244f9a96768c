using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Sensors;
using Ambient.Sensors.Fusion;

namespace Ambient.Daemon.Cli;

/// <summary><c>replay FILE --format F</c>: a recorded room through fusion; with labels also how well occupancy follows them.</summary>
public static class ReplayCommand
{
    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var recording = new RecordingArguments();
        var calibration = CalibrationOption.Create();
        var leaveOut = new Option<bool>("--leave-one-day-out") { Description = "For each day: calibrate on the others, replay this one afresh; the confusion is pooled." };
        var page = new Option<FileInfo?>("--report") { Description = "Write a page that shows the days: labels, answers, doubts and faults." };
        var volume = new Option<double?>("--room-volume") { Description = "Volume of the room, m³: with it CO2 tells how many people there are." };
        var json = new Option<bool>("--json") { Description = "One JSON object as the last line." };
        var command = new Command("replay", "Play recorded readings through fusion; with labels, say how well it follows them.");
        recording.AddTo(command);
        foreach (Option option in new Option[] { calibration, leaveOut, volume, page, json }) command.Add(option);
        command.SetAction(parsed => Replay(recording, parsed, CalibrationOption.Load(parsed.GetValue(calibration)), parsed.GetValue(leaveOut), parsed.GetValue(volume), parsed.GetValue(page), parsed.GetValue(json)));
        return command;
    }

    private static int Replay(RecordingArguments recording, ParseResult parsed, Calibration? calibration, bool leaveOut, double? volumeM3, FileInfo? page, bool asJson)
    {
        if (leaveOut && calibration is not null) throw new CliException(ExitCodes.Usage, "--leave-one-day-out calibrates by itself; leave --calibration out");
        if (volumeM3 <= 0) throw new CliException(ExitCodes.Usage, FormattableString.Invariant($"--room-volume is {volumeM3}; a number of m³ above 0 would be right"));
        HashSet<Quantity> hidden = recording.Hidden(parsed);
        IReadOnlyList<IReadOnlyList<Reading>> rows = recording.Rows(parsed);
        var moments = new List<ReplayedMoment>(rows.Count);
        var faults = new List<SensorFault>();
        var score = new OccupancyScore(0, 0, 0, 0, 0);
        var daylight = new DaylightTally();
        var people = new PeopleTally();
        double seconds = 0, roomSeconds = 0;
        string why = "";
        foreach ((IReadOnlyList<IReadOnlyList<Reading>> part, Calibration? fitted) in leaveOut ? Days(rows, hidden) : [(rows, calibration)])
        {
            var fusion = new ContextFusion(new RoomFacts { VolumeM3 = volumeM3 }, fitted);
            HashSet<SensorFault> known = [];
            long start = Stopwatch.GetTimestamp();
            score = score.Pool(OccupancyScore.Of(part, fusion, hidden, (row, context) =>
            {
                daylight.Add(context);
                people.Add(row, context);
                moments.Add(new ReplayedMoment(context.Time, OccupancyScore.LabelOf(row), context.Occupancy, context.IsOccupied));
                foreach (SensorFault fault in fusion.Faults)
                    if (known.Add(fault)) faults.Add(fault);
            }));
            seconds += Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (part.Count > 0) roomSeconds += (part[^1][0].Time - part[0][0].Time).TotalSeconds;
            why = fusion.Why();
        }

        var report = new Report(
            recording.File(parsed).Name, recording.Format(parsed), score.Rows, score.Labelled, score.Accuracy, score.F1, recording.Masked(parsed), leaveOut,
            new Confusion(score.TruePositive, score.FalsePositive, score.TrueNegative, score.FalseNegative), faults, daylight.Result, people.Result, Math.Round(roomSeconds / Math.Max(seconds, 1e-6)));
        if (page is not null) Write(page, ReplayPage.Of(report, moments));
        Console.WriteLine(asJson ? JsonSerializer.Serialize(report, ReplayJson.Default.Report) : InWords(report, why));
        return ExitCodes.Good;
    }

    /// <summary>Each day with what the other days taught; lazily, since a fit takes seconds.</summary>
    private static IEnumerable<(IReadOnlyList<IReadOnlyList<Reading>> Rows, Calibration? Fitted)> Days(IReadOnlyList<IReadOnlyList<Reading>> rows, HashSet<Quantity> hidden)
    {
        List<IReadOnlyList<IReadOnlyList<Reading>>> days = [.. rows.GroupBy(row => row[0].Time.Date).Select(day => (IReadOnlyList<IReadOnlyList<Reading>>)[.. day])];
        if (days.Count < 2) throw new CliException(ExitCodes.Usage, $"--leave-one-day-out needs two days or more; this recording has {days.Count}");
        foreach (IReadOnlyList<IReadOnlyList<Reading>> day in days)
            yield return (day, Calibrator.Fit([.. days.Where(other => other != day).SelectMany(other => other)], hidden));
    }

    private static void Write(FileInfo page, string html)
    {
        try
        {
            File.WriteAllText(page.FullName, html);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new CliException(ExitCodes.Failed, $"Can't write --report '{page}': {problem.Message}");
        }
    }

    private static string InWords(Report report, string why)
    {
        string rows = $"{report.File}: {report.Rows} rows, {(report.Masked.Count > 0 ? $"without {string.Join(", ", report.Masked)}" : "all sensors")}";
        string score = report.Accuracy is { } accuracy
            ? FormattableString.Invariant($"""
                accuracy {accuracy:0.0000}, F1 {report.F1 ?? double.NaN:0.0000} on {report.Labelled} labelled rows
                                  said occupied   said empty
                labelled occupied {report.Confusion.TruePositive,13} {report.Confusion.FalseNegative,12}
                labelled empty    {report.Confusion.FalsePositive,13} {report.Confusion.TrueNegative,12}
                """)
            : "no labels, so nothing to compare with";
        string faults = string.Concat(report.Faults.Select(fault => FormattableString.Invariant($"{fault.Since:yyyy-MM-dd HH:mm} {fault.Text}\n")));
        string daylight = report.Daylight is { } light
            ? FormattableString.Invariant($"daylight known in {light.Known:0.00} of the rows with light{(light.Share is { } share ? FormattableString.Invariant($", there {share:0.00} of it") : "")}\n")
            : "";
        string people = report.People is { Known: > 0 } heads
            ? FormattableString.Invariant($"number of people known in {heads.Known:0.00} of the rows{(heads.MeanError is { } error ? FormattableString.Invariant($", there {error:0.00} off in the mean") : "")}\n")
            : "";
        return $"{rows}\n{score}\n{daylight}{people}{faults}at the end: {why}";
    }

    /// <summary>What <c>--json</c> prints.</summary>
    internal sealed record Report(
        string File, string Format, int Rows, int Labelled, double? Accuracy, double? F1, IReadOnlyList<string> Masked, bool LeaveOneDayOut, Confusion Confusion,
        IReadOnlyList<SensorFault> Faults, DaylightTally.Daylight? Daylight, PeopleTally.HeadCounts? People, double RealtimeFactor);

    /// <summary>Counts of rows: what was said of what was labelled.</summary>
    internal sealed record Confusion(int TruePositive, int FalsePositive, int TrueNegative, int FalseNegative);
}

/// <summary>Generated JSON code of <c>replay</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ReplayCommand.Report))]
internal sealed partial class ReplayJson : JsonSerializerContext;
