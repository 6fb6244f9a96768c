namespace Ambient.Synth.Outputs;

/// <summary>Takes frames and plays them nowhere; takes over when the sound card is gone.</summary>
/// <param name="time">The clock to pace by.</param>
/// <param name="paced">Whether <see cref="Write"/> takes as long as the frames would have sounded.</param>
public sealed class NullOutput(TimeProvider time, bool paced) : IAudioOutput
{
    private static readonly TimeSpan LongestDebt = TimeSpan.FromSeconds(1); // later than that, start anew instead of racing

    private readonly ManualResetEvent _closed = new(false);
    private long _start = time.GetTimestamp();
    private long _frames;

    /// <inheritdoc/>
    public string Name => "null";

    /// <inheritdoc/>
    public bool IsPaced => paced;

    /// <inheritdoc/>
    public int Bits => 16;

    /// <inheritdoc/>
    public long XrunCount => 0;

    /// <inheritdoc/>
    public int Write(ReadOnlySpan<short> interleaved, ReadOnlySpan<int> wideQ31)
    {
        int frames = interleaved.Length / 2;
        if (!paced) return frames;
        _frames += frames;
        TimeSpan due = TimeSpan.FromTicks(_frames * TimeSpan.TicksPerSecond / SynthEngine.SampleRateHz);
        TimeSpan early = due - time.GetElapsedTime(_start);
        if (early >= TimeSpan.FromMilliseconds(1)) _closed.WaitOne((int)early.TotalMilliseconds);
        if (early >= -LongestDebt) return frames;
        _start = time.GetTimestamp();
        _frames = 0;
        return frames;
    }

    /// <summary>Wakes whoever waits in <see cref="Write"/>.</summary>
    public void Dispose()
    {
        _closed.Set();
        _closed.Dispose();
    }
}
