namespace Ambient.Daemon.Audio;

/// <summary>Makes an output that takes everything at once (a file, nothing) last as long as it should.</summary>
/// <remarks>Audio thread, except for the constructor. Never allocates.</remarks>
internal sealed class FramePacer(TimeProvider time, int sampleRateHz, double speed, WaitHandle stop)
{
    // Later than this and the missed time is let go: after a suspended machine wakes, nobody wants hours of sound at once.
    private static readonly TimeSpan LongestDebt = TimeSpan.FromSeconds(1);

    private readonly double _ticksPerFrame = time.TimestampFrequency / (sampleRateHz * speed);
    private long _startTimestamp = time.GetTimestamp();
    private long _frames;
    private long _worstLateTicks;

    /// <summary>Longest that frames came after their time since the last call. Any thread.</summary>
    public TimeSpan TakeWorstLate() => TimeSpan.FromTicks(Interlocked.Exchange(ref _worstLateTicks, 0));

    /// <summary>Begins to count afresh: the last output paced itself until now.</summary>
    public void Restart()
    {
        _startTimestamp = time.GetTimestamp();
        _frames = 0;
    }

    /// <summary>Waits until <paramref name="frames"/> more frames would have been played.</summary>
    public void Wait(int frames)
    {
        _frames += frames;
        long due = _startTimestamp + (long)(_frames * _ticksPerFrame);
        TimeSpan left = time.GetElapsedTime(time.GetTimestamp(), due);
        if (-left.Ticks > Volatile.Read(ref _worstLateTicks)) Volatile.Write(ref _worstLateTicks, -left.Ticks);
        if (left < -LongestDebt) Restart();
        else if (left > TimeSpan.FromMilliseconds(1)) stop.WaitOne((int)left.TotalMilliseconds);
    }
}
