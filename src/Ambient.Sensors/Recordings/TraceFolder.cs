using System.IO.Compression;

namespace Ambient.Sensors.Recordings;

/// <summary>A folder of compressed traces that never grows beyond its cap: a new file when one is full, the oldest deleted.</summary>
/// <remarks>
/// Each file begins with a whole context, so it can be replayed by itself; the folder replays as one recording. What was written up to the last <see cref="Flush"/> survives a power cut.
/// One thread at a time.
/// </remarks>
public sealed class TraceFolder : IDisposable
{
    /// <summary>Files that a full folder holds.</summary>
    private const int Files = 8;

    /// <summary>What may be on its way to a file that is full.</summary>
    private const int UnwrittenBytes = 20_000;

    /// <summary>Lines between two looks at how large the file has become; some 60 kB of text.</summary>
    private const int LinesPerLook = 1_000;

    private readonly string _folder;
    private readonly string _name;
    private readonly long _largestFile;
    private FileStream? _file;
    private StreamWriter? _text;
    private TraceWriter? _trace;
    private int _lines;

    /// <summary>Makes the folder if it is missing.</summary>
    /// <param name="folder">Where the files go; files of other zones in it are left alone.</param>
    /// <param name="zone">Begins the files' names.</param>
    /// <param name="largestBytes">Most that all files of the zone take together, 400 kB and up.</param>
    /// <exception cref="IOException">It can't be made.</exception>
    public TraceFolder(string folder, string zone, long largestBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(largestBytes, 400_000);
        (_folder, _name, _largestFile) = (folder, zone + "-", largestBytes / Files - UnwrittenBytes);
        Directory.CreateDirectory(folder);
    }

    /// <summary>A reading that fusion was given. Before the first context there is no file yet, and it is not kept.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Write(in Reading reading)
    {
        _trace?.Write(reading);
        _lines++;
    }

    /// <summary>What fusion made of it.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Write(ContextVector context)
    {
        if (++_lines >= LinesPerLook)
        {
            Flush();
            _lines = 0;
        }

        if (_trace is null || _file!.Length >= _largestFile) Open(context.Time);
        _trace!.Write(context);
    }

    /// <summary>Hands everything to the kernel, in whole blocks that can be read without an end. Costs a little compression: about once a minute is enough.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Flush() => _text?.Flush();

    /// <inheritdoc/>
    public void Dispose()
    {
        _text?.Dispose();
        (_text, _trace) = (null, null);
    }

    private void Open(DateTimeOffset time)
    {
        Dispose();
        string[] old = [.. Directory.GetFiles(_folder, _name + "*.csv.gz").Order(StringComparer.Ordinal)];
        // One of the eight is about to be written.
        foreach (string path in old.Take(old.Length - (Files - 1))) File.Delete(path);
        _file = new FileStream(FreePath(time), FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        _text = new StreamWriter(new GZipStream(_file, CompressionLevel.Optimal));
        _trace = new TraceWriter(_text);
    }

    /// <summary>Names sort by time; a clock that stood or went back gets a later name all the same.</summary>
    private string FreePath(DateTimeOffset time)
    {
        for (int more = 0; ; more++)
        {
            string path = Path.Combine(_folder, FormattableString.Invariant($"{_name}{time.UtcDateTime:yyyyMMdd'T'HHmmss}-{more:000}.csv.gz"));
            if (!File.Exists(path)) return path;
        }
    }
}
