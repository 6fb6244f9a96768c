namespace Ambient.Daemon.State;

/// <summary>The system's clock, and what is assumed until it is known: a Raspberry Pi has no clock that runs without power.</summary>
/// <remarks>
/// At boot the system's clock may stand in the past until NTP's first answer. Until then time goes on from the last moment that the state
/// folder remembers, where the clock is behind it; else the clock is believed. The clock is known once systemd-timesyncd says so, or
/// it steps, or it passes what was assumed. After that a step is somebody's wish, and times that were given stay as they were given.
/// </remarks>
public sealed class SiteClock : TimeProvider
{
    private static readonly TimeSpan SmallestStep = TimeSpan.FromSeconds(5);

    private readonly TimeProvider _system;
    private readonly Func<bool> _isSynchronised;
    private readonly Lock _lock = new();
    private readonly long _startStamp;
    private readonly DateTimeOffset _startBySystem;
    private readonly DateTimeOffset _start;
    private bool _isKnown;

    /// <summary>A clock that starts now.</summary>
    /// <param name="system">The system's clock.</param>
    /// <param name="lastKnown">The last moment that anybody wrote down; null when nobody did.</param>
    /// <param name="isSynchronised">Whether the system's clock has been set by NTP.</param>
    public SiteClock(TimeProvider system, DateTimeOffset? lastKnown, Func<bool> isSynchronised)
    {
        (_system, _isSynchronised) = (system, isSynchronised);
        _startStamp = system.GetTimestamp();
        _startBySystem = system.GetUtcNow();
        _isKnown = isSynchronised();
        _start = !_isKnown && lastKnown > _startBySystem ? lastKnown.Value.ToUniversalTime() : _startBySystem;
    }

    /// <summary>The clock became known and was off: since when, by the wrong clock, and by how much. On the thread that asked for the time.</summary>
    public event Action<DateTimeOffset, TimeSpan>? Corrected;

    /// <summary>Whether time goes on from what was remembered.</summary>
    public bool IsAssumed => !Volatile.Read(ref _isKnown) && _start != _startBySystem;

    /// <inheritdoc/>
    public override long TimestampFrequency => _system.TimestampFrequency;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => _system.LocalTimeZone;

    /// <summary>Whether systemd-timesyncd has set the clock; with another NTP client the first step or the passing of time says it.</summary>
    public static bool IsSystemSynchronised() => File.Exists("/run/systemd/timesync/synchronized");

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow()
    {
        if (Volatile.Read(ref _isKnown)) return _system.GetUtcNow();
        DateTimeOffset bySystem;
        TimeSpan step;
        lock (_lock)
        {
            TimeSpan elapsed = _system.GetElapsedTime(_startStamp);
            bySystem = _system.GetUtcNow();
            DateTimeOffset assumed = _start + elapsed;
            bool hasStepped = (bySystem - _startBySystem - elapsed).Duration() > SmallestStep;
            if (!hasStepped && bySystem < assumed && !_isSynchronised()) return assumed;
            if (!hasStepped && !_isSynchronised()) return bySystem;
            if (_isKnown) return bySystem;
            Volatile.Write(ref _isKnown, true);
            step = bySystem - assumed;
        }

        if (step.Duration() > SmallestStep) Corrected?.Invoke(_start, step);
        return bySystem;
    }

    /// <inheritdoc/>
    public override long GetTimestamp() => _system.GetTimestamp();

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => _system.CreateTimer(callback, state, dueTime, period);
}
