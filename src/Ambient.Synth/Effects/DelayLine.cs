using System.Runtime.CompilerServices;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Effects;

/// <summary>A ring of samples that is read and written several consecutive frames at a time, wherever they lie.</summary>
/// <remarks>Behind the ring its first frames stand once more, so that a vector may run over the end.</remarks>
/// <param name="capacity">Frames, a power of two.</param>
internal sealed class DelayLine(int capacity)
{
    private const int Overlap = 16; // a vector and one more frame

    private readonly int[] _ring = new int[capacity + 2 * Overlap];

    /// <summary>The frames from <paramref name="frame"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Read<T>(int frame)
        where T : struct, ILanes<T> => T.Load(ref _ring[frame & (capacity - 1)]);

    /// <summary>The frames from <paramref name="frame"/> on, and those one later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Read<T>(int frame, out T first, out T second)
        where T : struct, ILanes<T>
    {
        ref int at = ref _ring[frame & (capacity - 1)];
        first = T.Load(ref at);
        second = T.Load(ref Unsafe.Add(ref at, 1));
    }

    /// <summary>Writes the frames from <paramref name="frame"/> on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Write<T>(int frame, T samples)
        where T : struct, ILanes<T>
    {
        int at = frame & (capacity - 1);
        samples.Store(ref _ring[at]);
        if (at < Overlap) samples.Store(ref _ring[capacity + at]);
        else if (at > capacity - T.Count) Array.Copy(_ring, capacity, _ring, 0, at + T.Count - capacity);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_ring);
}
