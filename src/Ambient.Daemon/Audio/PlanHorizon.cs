namespace Ambient.Daemon.Audio;

/// <summary>
/// Keeps audio and composer in step where frames drive the clock (<c>--speed</c>): no frame is rendered before it was planned,
/// so a run's sound does not depend on the machine's load.
/// </summary>
internal sealed class PlanHorizon : IDisposable
{
    private readonly AutoResetEvent _planned = new(false);
    private readonly AutoResetEvent _rendered = new(false);
    private long _plannedUntil;

    /// <summary>Composer thread: frames before <paramref name="frame"/> may be rendered now.</summary>
    public void MoveTo(long frame)
    {
        Volatile.Write(ref _plannedUntil, frame);
        _planned.Set();
    }

    /// <summary>Composer thread, once: nothing more will be planned, nobody shall wait.</summary>
    public void Release() => MoveTo(long.MaxValue);

    /// <summary>Composer thread: waits for the audio thread's next block.</summary>
    public void WaitForBlock() => _rendered.WaitOne(100);

    /// <summary>Audio thread: waits until the frames before <paramref name="frame"/> may be rendered.</summary>
    public void WaitUntil(long frame)
    {
        _rendered.Set();
        while (Volatile.Read(ref _plannedUntil) < frame) _planned.WaitOne(100);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _planned.Dispose();
        _rendered.Dispose();
    }
}
