using System.Threading.Channels;
using Ambient.Daemon.Configuration;
using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.Room;

/// <summary>Takes the lines of the score log from the composer thread and writes them on a task of its own, so that a slow, full or lost disk holds nobody up.</summary>
/// <remarks>What it could not keep it counts, marks in the log as soon as that can be written again, and tells as a fault.</remarks>
internal sealed class ScoreRecorder : IScoreLines
{
    /// <summary>Lines that wait for the disk: some ten minutes of music.</summary>
    public const int UsualCapacity = 16_384;

    private const string Slow = "the disk was too slow";
    private static readonly TimeSpan FirstRetry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Channel<Queued> _queue;
    private readonly ScoreFolder _folder;
    private readonly TimeProvider _time;
    private readonly RateLimitedWarning _warning;
    private Task _work = Task.CompletedTask;
    private long _missed; // the composer thread's, until the next line gets in
    private long _missedFrom = long.MaxValue;
    private long _end;
    private ScoreGap? _gap; // not written down yet
    private TimeSpan _retry = FirstRetry;
    private string? _problem; // why the last attempt failed; null while it goes well
    private long _failed; // when that was
    private long _lines;
    private long _secondsUnflushed;
    private volatile string? _fault;

    /// <summary>A recorder that does not write yet.</summary>
    /// <param name="folder">Where to; becomes the recorder's own.</param>
    /// <param name="time">The machine's time, for attempts and warnings.</param>
    /// <param name="log">Receives warnings.</param>
    /// <param name="capacity">Lines that may wait.</param>
    public ScoreRecorder(ScoreFolder folder, TimeProvider time, ILogger log, int capacity = UsualCapacity)
    {
        (_folder, _time, _warning) = (folder, time, new RateLimitedWarning(time, log));
        _queue = Channel.CreateBounded<Queued>(new BoundedChannelOptions(capacity) { SingleReader = true, SingleWriter = true });
    }

    /// <summary>What is wrong, for people; null while all of the run is in the log.</summary>
    public string? Fault => _fault;

    /// <summary>Begins to record; null where the configuration does not want it.</summary>
    /// <param name="config">The daemon's configuration.</param>
    /// <param name="seed">Seed of the synthesiser.</param>
    /// <param name="start">When the run begins.</param>
    /// <param name="log">Receives warnings.</param>
    public static ScoreRecorder? Open(AmbientConfig config, uint seed, DateTimeOffset start, ILogger log)
    {
        if (!config.Recording.Score) return null;
        var engine = new ScoreEngine(seed, config.Zone.Tone.ToSettings());
        var recorder = new ScoreRecorder(new ScoreFolder(config.ResolveRecordingDirectory(), config.Zone.Id, config.Recording.LargestScoreMb * 1_000_000L, engine, start), TimeProvider.System, log);
        recorder.Start();
        return recorder;
    }

    /// <summary>Begins to write.</summary>
    public void Start() => _work = Task.Run(WriteAsync);

    /// <inheritdoc/>
    public void Add(in ScoreLine line)
    {
        if (_queue.Writer.TryWrite(new Queued(line, _missed, _missedFrom)))
        {
            (_missed, _missedFrom) = (0, long.MaxValue);
            return;
        }

        _missedFrom = Math.Min(_missedFrom, line.Frame);
        if (_missed++ == 0) Tell($"The score log misses lines: '{_folder.Path}' could not be written: {Slow}");
    }

    /// <summary>Writes what waits, and the end. After the composer thread has ended.</summary>
    /// <param name="frames">Frames that were rendered.</param>
    public async Task EndAsync(long frames)
    {
        _end = frames;
        _queue.Writer.TryComplete();
        try
        {
            await _work.WaitAsync(Patience);
        }
        catch (TimeoutException)
        {
            Tell($"The score log breaks off: '{_folder.Path}' could not be written: {Slow}");
        }
    }

    private async Task WriteAsync()
    {
        await foreach (Queued next in _queue.Reader.ReadAllAsync())
        {
            if (next.Missed > 0) Miss(next.MissedFrom, next.Missed, Slow);
            _folder.Remember(next.Line);
            if (!TryWrite(next.Line)) Miss(next.Line.Frame, 1, _problem!);
        }

        if (_missed > 0) Miss(_missedFrom, _missed, Slow);
        if (_lines > 0 || _gap is not null) Attempt(() => _folder.End(_end, _gap));
    }

    private bool TryWrite(ScoreLine line)
    {
        if (_problem is not null && _time.GetElapsedTime(_failed) < _retry) return false;
        return Attempt(() =>
        {
            _folder.Write(line, _gap);
            // A gap counts as told, and a disk as mended, once the kernel has the line.
            _secondsUnflushed += line.IsStatus ? 1 : 0;
            if (_gap is null && _problem is null && _secondsUnflushed < 60) return;
            _folder.Flush();
            _secondsUnflushed = 0;
        });
    }

    private bool Attempt(Action write)
    {
        try
        {
            write();
        }
        catch (Exception problem) when (ScoreFolder.IsOfTheDisk(problem))
        {
            string path = _folder.Path;
            _folder.Abandon();
            _retry = _problem is null || _retry * 2 > LongestRetry ? _retry : _retry * 2;
            (_problem, _failed) = (problem.Message, _time.GetTimestamp());
            Tell($"The score log has stopped: '{path}' can't be written: {problem.Message}. The music goes on; it is tried again in {_retry.TotalMinutes:0} min");
            return false;
        }

        _lines++;
        if (_gap is { } gap) _fault = FormattableString.Invariant($"The score log has a gap of {gap.Lines} lines before what is in '{_folder.Path}': {gap.Reason}. A replay is exact up to second {(double)gap.Frame / Ambient.Synth.SynthEngine.SampleRateHz:0.0} at most");
        (_gap, _problem, _retry) = (null, null, FirstRetry);
        return true;
    }

    private void Miss(long frame, long lines, string reason) =>
        _gap = _gap is { } gap ? gap with { Frame = Math.Min(gap.Frame, frame), Lines = gap.Lines + lines } : new ScoreGap(frame, lines, reason);

    private void Tell(string fault)
    {
        _fault = fault;
        _warning.Warn("score log", fault);
    }

    private readonly record struct Queued(ScoreLine Line, long Missed, long MissedFrom);
}
