namespace Ambient.Sensors.Recordings;

/// <summary>Understands the files of one kind of recording.</summary>
public interface IRecordingFormat
{
    /// <summary>The name on the command line: <c>uci864</c>, <c>uci357</c>, <c>ambient</c>.</summary>
    string Name { get; }

    /// <summary>Reads row by row, lazily, in the file's order.</summary>
    /// <param name="lines">The file's lines.</param>
    /// <param name="offset">Offset of the place's wall clock from UTC, for formats that record bare local time.</param>
    /// <returns>The readings of one moment each, labels included; never empty.</returns>
    /// <exception cref="InvalidDataException">A line makes no sense; the message names its number.</exception>
    IEnumerable<IReadOnlyList<Reading>> Read(IEnumerable<string> lines, TimeSpan offset);
}
