using System.Runtime.CompilerServices;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Effects;

/// <summary>A ring of samples of which any stretch of up to 72 frames lies in one piece.</summary>
/// <remarks>Behind the ring its first frames stand once more.</remarks>
/// <param name="capacity">Frames, a power of two.</param>
internal sealed class DelayLine(int capacity)
{
    private const int Overlap = SynthEngine.SegmentFrames + 16;

    private readonly int[] _ring = new int[capacity + Overlap];

    /// <summary>The frames from <paramref name="frame"/> on.</summary>
    public ReadOnlySpan<int> From(int frame) => _ring.AsSpan(frame & (capacity - 1));

    /// <summary>The frames from <paramref name="frame"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read<T>(int frame)
        where T : struct, ILanes<T> => T.Load(ref _ring[frame & (capacity - 1)]);

    /// <summary>Writes the frames from <paramref name="frame"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write<T>(int frame, T samples)
        where T : struct, ILanes<T>
    {
        int at = frame & (capacity - 1);
        samples.Store(ref _ring[at]);
        if (at < Overlap - T.Count) samples.Store(ref _ring[capacity + at]);
        else if (at < Overlap || at > capacity - T.Count) Mirror(at, T.Count);
    }

    /// <summary>Writes the frames from <paramref name="frame"/> on, 64 at most.</summary>
    public void Write(int frame, ReadOnlySpan<int> samples)
    {
        int at = frame & (capacity - 1);
        samples.CopyTo(_ring.AsSpan(at));
        if (at < Overlap || at > capacity - samples.Length) Mirror(at, samples.Length);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_ring);

    private void Mirror(int at, int count)
    {
        if (at < Overlap) Array.Copy(_ring, at, _ring, capacity + at, Math.Min(count, Overlap - at));
        else Array.Copy(_ring, capacity, _ring, 0, at + count - capacity);
    }
}
