using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Audio;

/// <summary>Sees to it that the configured output plays whenever it can: opens it, notices its loss, tries again.</summary>
/// <remarks>Called by the room loop; opening itself runs aside, since a sound server may take seconds to answer.</remarks>
internal sealed partial class OutputKeeper(AudioThread audio, string name, AlsaOptions options, TimeProvider time, ILogger<OutputKeeper> log)
{
    private static readonly TimeSpan FirstRetry = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestRetry = TimeSpan.FromSeconds(30);

    private Task<Opened>? _opening;
    private TimeSpan _retry = FirstRetry;
    private long _notBefore;
    private bool _isPlaying;
    private string _said = "";
    private long _pastXruns;

    /// <summary>Times that any output ran dry since the start.</summary>
    public long Xruns => _pastXruns + audio.Output.XrunCount;

    /// <summary>What is wrong with the output, for people; null while it plays.</summary>
    public string? Fault { get; private set; }

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

        if (_isPlaying) return;
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
        _retry = FirstRetry;
        _said = "";
        Fault = null;
        LogPlaying(output.Name);
    }

    private void Fail(string problem)
    {
        _isPlaying = false;
        _notBefore = time.GetTimestamp() + (long)(_retry.TotalSeconds * time.TimestampFrequency);
        _retry = _retry * 2 < LongestRetry ? _retry * 2 : LongestRetry;
        Fault = problem;
        if (problem != _said) LogSilent(problem);
        _said = problem;
    }

    private Opened Open() => OutputCatalog.TryOpen(name, options, out IAudioOutput? output, out string problem) ? new(output, "") : new(null, problem);

    [LoggerMessage(Level = LogLevel.Information, Message = "Playing through {Output}")]
    private partial void LogPlaying(string output);

    [LoggerMessage(Level = LogLevel.Warning, Message = "No sound: {Problem}; the music goes on unheard, trying again every 1 to 30 s")]
    private partial void LogSilent(string problem);

    private sealed record Opened(IAudioOutput? Output, string Problem);
}
