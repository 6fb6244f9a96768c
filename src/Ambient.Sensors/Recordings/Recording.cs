using System.IO.Compression;

namespace Ambient.Sensors.Recordings;

/// <summary>A recorded room, read from a file.</summary>
public static class Recording
{
    /// <summary>Reads a file row by row, lazily.</summary>
    /// <param name="path">The file; plain or, with the ending <c>.gz</c>, compressed. A folder: all recordings in it, in the order of their names, as one.</param>
    /// <param name="format">One of <see cref="RecordingCatalog"/>.</param>
    /// <param name="offset">Offset from UTC of the place's wall clock, for formats that record local time (the UCI ones). Default +00:00: the wall clock's hours are kept as they stand.</param>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    /// <exception cref="InvalidDataException">A line makes no sense; the message names it.</exception>
    public static IEnumerable<IReadOnlyList<Reading>> Read(string path, IRecordingFormat format, TimeSpan offset = default) =>
        format.Read(Directory.Exists(path) ? Together(path) : LinesOf(path), offset);

    private static IEnumerable<string> Together(string folder)
    {
        bool isFirst = true;
        foreach (string path in Directory.GetFiles(folder, "*.csv*").Where(path => path.EndsWith(".csv", StringComparison.Ordinal) || path.EndsWith(".csv.gz", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            foreach (string line in LinesOf(path).Skip(isFirst ? 0 : 1)) yield return line; // one header is enough
            isFirst = false;
        }
    }

    /// <summary>A file's lines, lazily; what a power cut left of a compressed file up to the last whole line.</summary>
    /// <param name="path">The file; plain or, with the ending <c>.gz</c>, compressed.</param>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    public static IEnumerable<string> LinesOf(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)) return File.ReadLines(path);
        // Opened here, so that a missing file is told at once and not at the first line.
        return Decompressed(File.OpenRead(path));
    }

    private static IEnumerable<string> Decompressed(FileStream file)
    {
        using var reader = new StreamReader(new GZipStream(file, CompressionMode.Decompress));
        string? line = null;
        while (true)
        {
            string? next;
            try
            {
                next = reader.ReadLine();
            }
            catch (Exception problem) when (problem is InvalidDataException or EndOfStreamException)
            {
                yield break; // the power failed while it was written: the last line may be half of one
            }

            if (line is not null) yield return line;
            if ((line = next) is null) yield break;
        }
    }
}
