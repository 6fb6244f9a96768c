namespace Ambient.Daemon.Audio;

/// <summary>A clock that frames drive: with <c>--speed</c> time passes exactly as fast as sound is made.</summary>
/// <param name="start">What the clock says at frame 0.</param>
/// <param name="sampleRateHz">Frames per second.</param>
internal sealed class FrameClock(DateTimeOffset start, int sampleRateHz) : TimeProvider
{
    private long _frame;

    /// <inheritdoc/>
    public override long TimestampFrequency => sampleRateHz;

    /// <summary>Moves to a frame; the room loop alone does so, step by step.</summary>
    public void MoveTo(long frame) => Volatile.Write(ref _frame, frame);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => start.ToUniversalTime().AddTicks((long)(GetTimestamp() * (double)TimeSpan.TicksPerSecond / sampleRateHz));

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _frame);
}
