using System.CommandLine;
using System.Globalization;
using Ambient.Sensors;
using Ambient.Sensors.Recordings;

namespace Ambient.Daemon.Cli;

/// <summary>What <c>replay</c> and <c>calibrate</c> share: a recording, its format, and what fusion shall see of it.</summary>
internal sealed class RecordingArguments
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

    private readonly Argument<FileInfo> _file = new("FILE") { Description = "The recording." };
    private readonly Option<string> _format = new("--format") { Description = $"What it is: {RecordingCatalog.Names}.", Required = true };

    private readonly Option<string> _mask = new("--mask")
    {
        Description = $"Kinds of sensors to hide from fusion, joined by commas: {string.Join(", ", Groups.Keys)}, or names of quantities.",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string> _scale = new("--scale")
    {
        Description = "Factors on a kind of sensor, as of one that reads wrong: light=0.3,co2=1.1.",
        DefaultValueFactory = _ => "",
    };

    private readonly Option<string> _offset = new("--offset")
    {
        Description = "Offset from UTC of the wall clock in recordings without a zone (uci357, uci864): +05:30.",
        DefaultValueFactory = _ => "+00:00",
    };

    /// <summary>Adds them to a verb.</summary>
    public void AddTo(Command command)
    {
        _format.AcceptOnlyFromAmong([.. RecordingCatalog.All.Select(known => known.Name)]);
        command.Add(_file);
        foreach (Option option in new Option[] { _format, _mask, _scale, _offset }) command.Add(option);
    }

    /// <summary>The file.</summary>
    public FileInfo File(ParseResult parsed) => parsed.GetRequiredValue(_file);

    /// <summary>The name of its format.</summary>
    public string Format(ParseResult parsed) => parsed.GetRequiredValue(_format);

    /// <summary>The words after <c>--mask</c>.</summary>
    public string[] Masked(ParseResult parsed) => Words(parsed.GetRequiredValue(_mask));

    /// <summary>What they hide.</summary>
    /// <exception cref="CliException">A word is unknown.</exception>
    public HashSet<Quantity> Hidden(ParseResult parsed) => [.. Masked(parsed).SelectMany(name => QuantitiesOf("--mask", name))];

    /// <summary>The whole recording, scaled as asked.</summary>
    /// <exception cref="CliException">It can't be read or an option is wrong.</exception>
    public IReadOnlyList<IReadOnlyList<Reading>> Rows(ParseResult parsed)
    {
        FileInfo file = File(parsed);
        Dictionary<Quantity, double> factors = FactorsOf(parsed.GetRequiredValue(_scale));
        TimeSpan offset = OffsetOf(parsed.GetRequiredValue(_offset));
        try
        {
            IEnumerable<IReadOnlyList<Reading>> rows = Recording.Read(file.FullName, RecordingCatalog.Find(Format(parsed))!, offset);
            return factors.Count == 0 ? [.. rows] : [.. rows.Select(row => (IReadOnlyList<Reading>)[.. row.Select(Scaled)])];
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new CliException(ExitCodes.NoInput, problem is InvalidDataException ? $"{file}: {problem.Message}" : problem.Message);
        }

        Reading Scaled(Reading reading) => factors.TryGetValue(reading.Quantity, out double factor) ? reading with { Value = factor * reading.Value } : reading;
    }

    private static string[] Words(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Quantity[] QuantitiesOf(string option, string name)
    {
        if (Groups.TryGetValue(name, out Quantity[]? group)) return group;
        return Quantities.TryParse(name, out Quantity quantity)
            ? [quantity]
            : throw new CliException(ExitCodes.Usage, $"{option}: no kind of sensor is called '{name}'. There are: {string.Join(", ", Groups.Keys)}, {Quantities.KnownNames}.");
    }

    private static Dictionary<Quantity, double> FactorsOf(string text)
    {
        Dictionary<Quantity, double> factors = [];
        foreach (string word in Words(text))
        {
            string[] halves = word.Split('=');
            if (halves.Length != 2 || !double.TryParse(halves[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double factor) || !(factor > 0 && factor < 1e6))
                throw new CliException(ExitCodes.Usage, $"--scale is '{word}'; light=0.3 would be right.");
            foreach (Quantity quantity in QuantitiesOf("--scale", halves[0])) factors[quantity] = factor;
        }

        return factors;
    }

    private static TimeSpan OffsetOf(string text)
    {
        bool isNegative = text.StartsWith('-');
        if (TimeSpan.TryParseExact(text.TrimStart('+', '-'), @"hh\:mm", CultureInfo.InvariantCulture, out TimeSpan offset) && offset.TotalHours <= 14)
            return isNegative ? -offset : offset;
        throw new CliException(ExitCodes.Usage, $"--offset is '{text}'; an offset from -14:00 to +14:00 would be right.");
    }
}
