using System.IO.Compression;
using System.Text;
using Ambient.Synth;

namespace Ambient.Daemon.Room;

/// <summary>The compressed files of score logs in a folder: a run of the daemon begins a file, a full one goes on in the next, and the oldest is deleted before all become larger than their cap.</summary>
/// <remarks>
/// The files of a run replay in their order. Each begins with the parameters as they stand, so that one whose elders are gone still plays its music, though not to the bit.
/// What was written up to the last <see cref="Flush"/> survives a power cut. One thread at a time.
/// </remarks>
internal sealed class ScoreFolder : IDisposable
{
    /// <summary>Files that a full folder holds.</summary>
    public const int Files = 8;

    /// <summary>What may be on its way to a file that is full.</summary>
    public const int UnwrittenBytes = 20_000;

    private const string Ending = ".score.gz";

    private readonly string _folder;
    private readonly string _zone;
    private readonly long _largestFile;
    private readonly ScoreEngine _engine;
    private readonly Dictionary<(SynthParameter Parameter, byte Instrument), ScoreEvent> _state = [];
    private DateTimeOffset _start;
    private string? _run;
    private int _part;
    private FileStream? _file;
    private StreamWriter? _text;
    private string _path;

    /// <summary>A run; nothing is written yet.</summary>
    /// <param name="folder">Where the files go; files of other zones in it are left alone.</param>
    /// <param name="zone">Begins the files' names.</param>
    /// <param name="largestBytes">Most that all files of the zone take together, 400 kB and up.</param>
    /// <param name="engine">Who plays.</param>
    /// <param name="start">When the run begins.</param>
    public ScoreFolder(string folder, string zone, long largestBytes, ScoreEngine engine, DateTimeOffset start)
    {
        (_folder, _zone, _largestFile, _engine, _start) = (folder, zone, largestBytes / Files - UnwrittenBytes, engine, start);
        _path = folder;
    }

    /// <summary>The file that is written, or was tried last. Any thread.</summary>
    public string Path => Volatile.Read(ref _path);

    /// <summary>Whether an exception of <see cref="Write"/>, <see cref="Flush"/> or <see cref="End"/> tells of the disk. .NET says of a file that may not grow (EFBIG) that an argument is out of its range.</summary>
    public static bool IsOfTheDisk(Exception problem) => problem is IOException or UnauthorizedAccessException or ArgumentOutOfRangeException;

    /// <summary>Keeps in mind how parameters stand, whether the line is written or not.</summary>
    public void Remember(in ScoreLine line)
    {
        if (line.Text is null && line.Event.Kind == ScoreEventKind.Parameter) _state[(line.Event.Parameter, line.Event.Instrument)] = line.Event;
    }

    /// <summary>Writes a line, into a new file where there is none or it is full.</summary>
    /// <param name="line">Which.</param>
    /// <param name="gap">What is missing before it; null for nothing.</param>
    /// <exception cref="IOException">The disk is full or gone; see <see cref="IsOfTheDisk"/> for what else may come.</exception>
    public void Write(in ScoreLine line, ScoreGap? gap)
    {
        if (_text is not null && line.IsStatus && _file!.Length >= _largestFile)
        {
            _text.WriteLine(ScoreText.Next(_part));
            Dispose();
        }

        if (_text is null) Open(line.Frame);
        if (gap is not null) _text!.WriteLine(ScoreText.Gap(gap));
        _text!.WriteLine(line.ToString());
    }

    /// <summary>Writes the last line of the run.</summary>
    /// <param name="frames">Frames that were rendered.</param>
    /// <param name="gap">What is missing before it; null for nothing.</param>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void End(long frames, ScoreGap? gap)
    {
        if (_text is null && gap is null) return; // nothing was played
        Write(ScoreLine.Of(frames, ScoreText.End(frames)), gap);
        Dispose();
    }

    /// <summary>Hands everything to the kernel, in whole blocks that can be read without an end. Costs a little compression: about once a minute is enough.</summary>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Flush() => _text?.Flush();

    /// <summary>Gives a file up that can't be written: it breaks off, and the next line begins another.</summary>
    public void Abandon()
    {
        try
        {
            Dispose();
        }
        catch (Exception again) when (IsOfTheDisk(again))
        {
            // It was told already.
        }
    }

    /// <inheritdoc/>
    /// <exception cref="IOException">The disk is full or gone.</exception>
    public void Dispose()
    {
        StreamWriter? text = _text;
        (_text, _file) = (null, null);
        text?.Dispose();
    }

    private void Open(long frame)
    {
        Volatile.Write(ref _path, _folder);
        Directory.CreateDirectory(_folder);
        DeleteOldest();
        string run = _run ?? FreeRun();
        string path = System.IO.Path.Combine(_folder, FormattableString.Invariant($"{_zone}-{run}-{_part:00000}{Ending}"));
        Volatile.Write(ref _path, path);
        _file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read);
        _text = new StreamWriter(new GZipStream(_file, CompressionLevel.Optimal), new UTF8Encoding(false)) { NewLine = "\n" };
        try
        {
            _text.WriteLine(ScoreText.Header(_engine, new ScorePart(run, _part, _part == 0 ? 0 : frame)));
            if (_part > 0)
            {
                foreach (ScoreEvent parameter in _state.Values) _text.WriteLine(ScoreText.Event("state", parameter));
            }

            _text.Flush(); // a disk without room says so here
        }
        catch (Exception problem) when (IsOfTheDisk(problem))
        {
            Abandon();
            File.Delete(path);
            throw;
        }

        (_run, _part) = (run, _part + 1);
    }

    // A clock that stood or went back gets a later name all the same.
    private string FreeRun()
    {
        while (true)
        {
            string run = FormattableString.Invariant($"{_start.UtcDateTime:yyyyMMdd'T'HHmmss}");
            if (Directory.GetFiles(_folder, $"{_zone}-{run}-?????{Ending}").Length == 0) return run;
            _start = _start.AddSeconds(1);
        }
    }

    // This run's own files go last, whatever the clock said before.
    private void DeleteOldest()
    {
        string[] old = [.. Directory.GetFiles(_folder, $"{_zone}-????????T??????-?????{Ending}").OrderBy(path => _run is not null && path.Contains($"-{_run}-", StringComparison.Ordinal)).ThenBy(path => path, StringComparer.Ordinal)];
        foreach (string path in old.Take(old.Length - (Files - 1))) File.Delete(path);
    }
}
