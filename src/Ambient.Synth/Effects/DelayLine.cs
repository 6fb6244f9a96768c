namespace Ambient.Synth.Effects;

/// <summary>A ring of samples, written a block of 64 frames at a time, of which any stretch of up to 128 frames lies in one piece.</summary>
/// <remarks>Behind the ring its first two blocks stand once more.</remarks>
/// <param name="capacity">Frames, a power of two.</param>
internal sealed class DelayLine(int capacity)
{
    private const int BlockFrames = SynthEngine.SegmentFrames;
    private const int Overlap = 2 * BlockFrames;

    private readonly int[] _ring = new int[capacity + Overlap];

    /// <summary>The frames from <paramref name="frame"/> on.</summary>
    public ReadOnlySpan<int> From(int frame) => _ring.AsSpan(frame & (capacity - 1));

    /// <summary>The block to be written at a frame divisible by 64; <see cref="Seal"/> it when that is done.</summary>
    public Span<int> Block(int frame) => _ring.AsSpan(frame & (capacity - 1), BlockFrames);

    /// <summary>Makes a written block readable across the ring's end.</summary>
    public void Seal(int frame)
    {
        int at = frame & (capacity - 1);
        if (at < Overlap) _ring.AsSpan(at, BlockFrames).CopyTo(_ring.AsSpan(capacity + at));
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_ring);
}
