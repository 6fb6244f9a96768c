namespace Ambient.Synth.Outputs;

/// <summary>The last 8 seconds of what the room hears, for any number of listeners elsewhere. The writer never waits for them.</summary>
/// <remarks>
/// One thread writes. A listener copies first and then looks whether the writer has meanwhile come around; if so it throws the
/// copy away and skips ahead.
/// </remarks>
public sealed class ListenerRing
{
    /// <summary>Frames it keeps: 8 s.</summary>
    public const int CapacityFrames = 8 * SynthEngine.SampleRateHz;

    private readonly short[] _samples = new short[CapacityFrames * 2];
    private long _claimed; // frames being overwritten or already written
    private long _written;

    /// <summary>Makes an empty ring.</summary>
    public ListenerRing()
    {
    }

    /// <summary>As above, but as if it had run for days.</summary>
    internal ListenerRing(long framesBefore) => _claimed = _written = framesBefore;

    /// <summary>Frames written since the start. Any thread.</summary>
    public long FramesWritten => Volatile.Read(ref _written);

    /// <summary>Adds frames. Audio thread: wait-free, no allocation.</summary>
    /// <param name="interleaved">16-bit samples, L R L R, shape [frames x 2]; at most 1024 frames.</param>
    public void Write(ReadOnlySpan<short> interleaved)
    {
        long start = _written;
        Interlocked.Exchange(ref _claimed, start + interleaved.Length / 2); // full fence: the claim is seen before the samples
        int at = (int)(start % CapacityFrames) * 2;
        int untilEnd = Math.Min(interleaved.Length, _samples.Length - at);
        interleaved[..untilEnd].CopyTo(_samples.AsSpan(at));
        interleaved[untilEnd..].CopyTo(_samples);
        Volatile.Write(ref _written, start + interleaved.Length / 2);
    }

    /// <summary>Lets someone listen from now on.</summary>
    public Listener Listen() => new(this);

    /// <summary>Copies frames from a position; false when the writer has overtaken it.</summary>
    internal bool TryCopy(long start, Span<short> interleaved)
    {
        int at = (int)(start % CapacityFrames) * 2;
        int untilEnd = Math.Min(interleaved.Length, _samples.Length - at);
        _samples.AsSpan(at, untilEnd).CopyTo(interleaved);
        _samples.AsSpan(0, interleaved.Length - untilEnd).CopyTo(interleaved[untilEnd..]);
        Interlocked.MemoryBarrier(); // the samples are read before the claim is
        return Volatile.Read(ref _claimed) - start <= CapacityFrames;
    }
}
