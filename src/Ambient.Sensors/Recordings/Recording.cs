namespace Ambient.Sensors.Recordings;

/// <summary>A recorded room, read from a file.</summary>
public static class Recording
{
    /// <summary>Reads a file row by row, lazily.</summary>
    /// <param name="path">The file.</param>
    /// <param name="format">One of <see cref="RecordingCatalog"/>.</param>
    /// <param name="offset">Offset from UTC of the place's wall clock, for formats that record local time (the UCI ones). Default +00:00: the wall clock's hours are kept as they stand.</param>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    /// <exception cref="InvalidDataException">A line makes no sense; the message names it.</exception>
    public static IEnumerable<IReadOnlyList<Reading>> Read(string path, IRecordingFormat format, TimeSpan offset = default) =>
        format.Read(File.ReadLines(path), offset);
}
