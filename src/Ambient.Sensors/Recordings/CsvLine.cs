using System.Globalization;

namespace Ambient.Sensors.Recordings;

/// <summary>One line of a comma-separated file without commas inside fields; says which line is wrong and why.</summary>
internal readonly struct CsvLine
{
    private readonly string[] _fields;

    public CsvLine(string format, int number, string text, int columns)
    {
        Format = format;
        Number = number;
        _fields = text.Split(',');
        if (_fields.Length != columns) throw Wrong($"has {_fields.Length} columns; {columns} would be right");
    }

    public string Format { get; }

    public int Number { get; }

    public string Text(int column) => _fields[column].Trim().Trim('"');

    public double Value(int column) =>
        double.TryParse(Text(column), NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw Wrong($"column {column + 1} is '{Text(column)}'; a number would be right");

    /// <summary>A wall-clock time without a zone.</summary>
    public DateTimeOffset LocalTime(string text, string pattern, TimeSpan offset) =>
        DateTime.TryParseExact(text, pattern, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local)
            ? new DateTimeOffset(local, offset)
            : throw Wrong($"time is '{text}'; {pattern} would be right");

    public InvalidDataException Wrong(string what) => new($"{Format}, line {Number}: {what}.");

    /// <summary>The lines after the header, numbered as an editor numbers them; blank ones are left out.</summary>
    public static IEnumerable<CsvLine> After(string format, string header, IEnumerable<string> lines, int columns)
    {
        int number = 0;
        foreach (string text in lines)
        {
            number++;
            if (number == 1)
            {
                if (text.TrimStart('\uFEFF').TrimEnd() != header)
                    throw new InvalidDataException($"{format}, line 1: the header is '{text}'; '{header}' would be right.");
            }
            else if (!string.IsNullOrWhiteSpace(text))
            {
                yield return new CsvLine(format, number, text, columns);
            }
        }
    }
}
