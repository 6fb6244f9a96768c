namespace Ambient.Daemon.Audio;

/// <summary>A clock that frames drive: with <c>--speed</c> time passes exactly as fast as sound is made, for timers too.</summary>
/// <param name="start">What the clock says at frame 0.</param>
/// <param name="sampleRateHz">Frames per second.</param>
internal sealed class FrameClock(DateTimeOffset start, int sampleRateHz) : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<FrameTimer> _timers = [];
    private long _frame;

    /// <inheritdoc/>
    public override long TimestampFrequency => sampleRateHz;

    /// <summary>Moves to a frame and fires the timers that are due by then; the room loop alone does so, step by step.</summary>
    public void MoveTo(long frame)
    {
        Volatile.Write(ref _frame, frame);
        FrameTimer[] due;
        lock (_lock) due = [.. _timers.Where(timer => timer.DueFrame <= frame)];
        foreach (FrameTimer timer in due) timer.Fire(frame);
    }

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start.ToUniversalTime().AddTicks((long)(GetTimestamp() * (double)TimeSpan.TicksPerSecond / sampleRateHz));

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _frame);

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FrameTimer(this, callback, state);
        lock (_lock) _timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class FrameTimer(FrameClock clock, TimerCallback callback, object? state) : ITimer
    {
        private long _dueFrame = long.MaxValue;
        private long _periodFrames;

        public long DueFrame => Volatile.Read(ref _dueFrame);

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            _periodFrames = FramesOf(period);
            Volatile.Write(ref _dueFrame, dueTime == Timeout.InfiniteTimeSpan ? long.MaxValue : clock.GetTimestamp() + FramesOf(dueTime));
            return true;
        }

        public void Fire(long frame)
        {
            Volatile.Write(ref _dueFrame, _periodFrames > 0 ? frame + _periodFrames : long.MaxValue);
            callback(state);
        }

        public void Dispose()
        {
            lock (clock._lock) clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private long FramesOf(TimeSpan time) => time <= TimeSpan.Zero ? 0 : (long)(time.TotalSeconds * clock.TimestampFrequency);
    }
}
