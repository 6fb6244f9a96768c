using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Audio;

/// <summary>Sees to it that the configured output plays whenever it can: opens it, notices its loss, tries again.</summary>
/// <remarks>Called by the room loop; opening itself runs aside, since a sound server may take seconds to answer.</remarks>
internal sealed partial class OutputKeeper(AudioThread audio, Func<(IAudioOutput? Output, string Problem)> open, TimeProvider time, ILogger<OutputKeeper> log)
{
    private const int TimesToSay = 3; // of one message, until the output has played undisturbed for a while
    private const int MostMessages = 16;
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private Task<Opened>? _opening;
    private TimeSpan _retry = FirstRetry;
    private long _notBefore;
    private bool _isPlaying;
    private long _playingSince;
    private readonly Dictionary<string, int> _said = new(StringComparer.Ordinal);
    private string _lastProblem = "";
    private long _pastXruns;

    /// <summary>Times that any output ran dry since the start.</summary>
    public long Xruns => _pastXruns + audio.Output.XrunCount;

    /// <summary>What is wrong with the output, for people; null while it plays.</summary>
    public string? Fault { get; private set; }

    /// <summary>Opens an output by its name in the configuration.</summary>
    public static Func<(IAudioOutput? Output, string Problem)> Opener(string name, AlsaOptions options) =>
        () => OutputCatalog.TryOpen(name, options, out IAudioOutput? output, out string problem) ? (output, "") : (null, problem);

    /// <summary>Opens the output and waits for the answer, so that it has the very first frame; a failure is retried by <see cref="Tick"/>.</summary>
    public async Task OpenAsync()
    {
        await (_opening = Task.Run(Open));
        Tick();
    }

    /// <summary>Looks after the output; cheap, call it about every 100 ms.</summary>
    public void Tick()
    {
        if (audio.TakeLost() is { } lost)
        {
            _pastXruns += lost.XrunCount;
            lost.Dispose();
            Fail($"{lost.Name} is gone");
        }

        if (_isPlaying)
        {
            // Only what has played for a while counts as well again: a device that opens and dies at once must neither
            // be tried every second for ever nor fill the log.
            if (time.GetElapsedTime(_playingSince) < LongestRetry) return;
            _retry = FirstRetry;
            _said.Clear();
            return;
        }

        if (_opening is null)
        {
            if (time.GetTimestamp() >= _notBefore) _opening = Task.Run(Open);
        }
        else if (_opening.IsCompletedSuccessfully)
        {
            Opened opened = _opening.Result;
            _opening = null;
            if (opened.Output is { } output) Use(output);
            else Fail(opened.Problem);
        }
    }

    private void Use(IAudioOutput output)
    {
        audio.Offer(output)?.Dispose();
        _isPlaying = true;
        _playingSince = time.GetTimestamp();
        Fault = null;
        _lastProblem = "";
        if (MaySay(output.Name)) LogPlaying(output.Name);
    }

    private void Fail(string problem)
    {
        _isPlaying = false;
        _notBefore = time.GetTimestamp() + (long)(_retry.TotalSeconds * time.TimestampFrequency);
        _retry = _retry * 2 < LongestRetry ? _retry * 2 : LongestRetry;
        Fault = problem;
        if (problem != _lastProblem && MaySay(problem)) LogSilent(problem);
        _lastProblem = problem;
    }

    private bool MaySay(string message)
    {
        if (_said.Count >= MostMessages) return false;
        int times = _said.GetValueOrDefault(message);
        _said[message] = times + 1;
        return times < TimesToSay;
    }

    private Opened Open()
    {
        (IAudioOutput? output, string problem) = open();
        return new(output, problem);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Playing through {Output}")]
    private partial void LogPlaying(string output);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No sound: {Problem}; the music goes on unheard, trying again every 1 to 30 s")]
    private partial void LogSilent(string problem);

    private sealed record Opened(IAudioOutput? Output, string Problem);
}
