namespace Ambient.Daemon.Systemd;

/// <summary>Feeds systemd's watchdog once a second, but only while the audio output accepts frames: a daemon that lives and does not play is dead.</summary>
public sealed class Watchdog : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(1);

    private readonly SystemdNotifier _notifier;
    private readonly Func<long> _framesAccepted;
    private readonly ITimer _timer;
    private long _lastFrames;

    /// <summary>Starts at once.</summary>
    /// <param name="notifier">Whom to tell.</param>
    /// <param name="framesAccepted">Frames that the output in use has accepted since the start; called on a timer thread.</param>
    /// <param name="time">The wall clock, also with <c>--speed</c>: systemd's own is.</param>
    public Watchdog(SystemdNotifier notifier, Func<long> framesAccepted, TimeProvider time)
    {
        _notifier = notifier;
        _framesAccepted = framesAccepted;
        _lastFrames = framesAccepted();
        _timer = time.CreateTimer(_ => Check(), null, Tick, Tick);
    }

    /// <inheritdoc/>
    public void Dispose() => _timer.Dispose();

    private void Check()
    {
        long frames = _framesAccepted();
        if (frames != _lastFrames) _notifier.Watchdog();
        _lastFrames = frames;
    }
}
