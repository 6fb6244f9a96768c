using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Sensors;
using Ambient.Sensors.Fusion;
using Ambient.Sensors.Recordings;

namespace Ambient.Daemon.Cli;

/// <summary><c>replay FILE --format F</c>: a recorded room through fusion; with labels also how well occupancy follows them.</summary>
public static class ReplayCommand
{
    /// <summary>Short words for kinds of sensors, beside the names of single quantities.</summary>
    private static readonly Dictionary<string, Quantity[]> Groups = new(StringComparer.OrdinalIgnoreCase)
    {
        ["light"] = [Quantity.Illuminance],
        ["sound"] = [Quantity.Sound, Quantity.Noise],
        ["pir"] = [Quantity.Motion, Quantity.Occupancy],
        ["radar"] = [Quantity.Presence],
        ["door"] = [Quantity.Contact],
    };

    /// <summary>The verb.</summary>
    public static Command Create()
    {
        var file = new Argument<FileInfo>("FILE") { Description = "The recording." };
        var format = new Option<string>("--format") { Description = $"What it is: {RecordingCatalog.Names}.", Required = true };
        format.AcceptOnlyFromAmong([.. RecordingCatalog.All.Select(known => known.Name)]);
        var mask = new Option<string>("--mask")
        {
            Description = $"Kinds of sensors to hide from fusion, joined by commas: {string.Join(", ", Groups.Keys)}, or names of quantities.",
            DefaultValueFactory = _ => "",
        };
        var offset = new Option<string>("--offset")
        {
            Description = "Offset from UTC of the wall clock in recordings without a zone (uci357, uci864): +05:30.",
            DefaultValueFactory = _ => "+00:00",
        };
        var json = new Option<bool>("--json") { Description = "One JSON object as the last line." };
        var command = new Command("replay", "Play recorded readings through fusion; with labels, say how well it follows them.") { file, format, mask, offset, json };
        command.SetAction(parsed => Replay(
            parsed.GetRequiredValue(file), parsed.GetRequiredValue(format), parsed.GetRequiredValue(mask), parsed.GetRequiredValue(offset), parsed.GetValue(json)));
        return command;
    }

    private static int Replay(FileInfo file, string formatName, string mask, string offsetText, bool asJson)
    {
        string[] masked = mask.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        HashSet<Quantity> hidden = [.. masked.SelectMany(QuantitiesOf)];
        TimeSpan offset = OffsetOf(offsetText);
        IRecordingFormat format = RecordingCatalog.Find(formatName)!;
        var fusion = new ContextFusion();
        OccupancyScore score;
        try
        {
            score = OccupancyScore.Of(Recording.Read(file.FullName, format, offset), fusion, hidden);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CliException(ExitCodes.NoInput, problem is InvalidDataException ? $"{file}: {problem.Message}" : problem.Message);
        }

        var confusion = new Confusion(score.TruePositive, score.FalsePositive, score.TrueNegative, score.FalseNegative);
        var report = new Report(file.Name, formatName, score.Rows, score.Labelled, score.Accuracy, score.F1, masked, confusion);
        Console.WriteLine(asJson ? JsonSerializer.Serialize(report, ReplayJson.Default.Report) : InWords(report, fusion));
        return ExitCodes.Good;
    }

    private static Quantity[] QuantitiesOf(string name)
    {
        if (Groups.TryGetValue(name, out Quantity[]? group)) return group;
        return Quantities.TryParse(name, out Quantity quantity)
            ? [quantity]
            : throw new CliException(ExitCodes.Usage, $"--mask: no kind of sensor is called '{name}'. There are: {string.Join(", ", Groups.Keys)}, {Quantities.KnownNames}.");
    }

    private static TimeSpan OffsetOf(string text)
    {
        bool isNegative = text.StartsWith('-');
        if (TimeSpan.TryParseExact(text.TrimStart('+', '-'), @"hh\:mm", CultureInfo.InvariantCulture, out TimeSpan offset) && offset.TotalHours <= 14)
            return isNegative ? -offset : offset;
        throw new CliException(ExitCodes.Usage, $"--offset is '{text}'; an offset from -14:00 to +14:00 would be right.");
    }

    private static string InWords(Report report, ContextFusion fusion)
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
        return $"{rows}\n{score}\nat the end: {fusion.Why()}";
    }

    /// <summary>What <c>--json</c> prints.</summary>
    internal sealed record Report(
        string File, string Format, int Rows, int Labelled, double? Accuracy, double? F1, IReadOnlyList<string> Masked, Confusion Confusion);

    /// <summary>Counts of rows: what was said of what was labelled.</summary>
    internal sealed record Confusion(int TruePositive, int FalsePositive, int TrueNegative, int FalseNegative);
}

/// <summary>Generated JSON code of <c>replay</c>.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(ReplayCommand.Report))]
internal sealed partial class ReplayJson : JsonSerializerContext;
