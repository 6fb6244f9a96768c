using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Ambient.Synth;

/// <summary>A bounded ring between exactly one producing and one consuming thread; wait-free on both sides, allocates only when made.</summary>
/// <typeparam name="T">Plain data.</typeparam>
[SuppressMessage("Naming", "CA1711", Justification = "It is a queue, and the word says so; nobody expects System.Collections.Queue here.")]
public sealed class SpscQueue<T>
    where T : unmanaged
{
    // Each side's counter sits in a cache line of its own; indices 0 and 16 of longs are 128 bytes apart.
    private const int WriteAt = 16;
    private const int ReadAt = 32;

    private readonly T[] _items;
    private readonly int _mask;
    private readonly long[] _counters = new long[48];

    /// <summary>Makes an empty queue.</summary>
    /// <param name="capacity">Items it holds at least, 1..2^30; rounded up to a power of two.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is outside its range.</exception>
    public SpscQueue(int capacity)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(capacity, 1 << 30);
        _items = new T[BitOperations.RoundUpToPowerOf2((uint)capacity)];
        _mask = _items.Length - 1;
    }

    /// <summary>Items it holds at most.</summary>
    public int Capacity => _items.Length;

    /// <summary>Items waiting, as seen from either thread; the other may be changing it.</summary>
    public int Count => (int)(Volatile.Read(ref _counters[WriteAt]) - Volatile.Read(ref _counters[ReadAt]));

    /// <summary>Adds an item. Producer's thread only.</summary>
    /// <returns>False when the queue is full.</returns>
    public bool TryAdd(in T item)
    {
        long written = _counters[WriteAt];
        if (written - Volatile.Read(ref _counters[ReadAt]) == _items.Length) return false;
        _items[(int)(written & _mask)] = item;
        Volatile.Write(ref _counters[WriteAt], written + 1);
        return true;
    }

    /// <summary>Takes the oldest item. Consumer's thread only.</summary>
    /// <returns>False when the queue is empty.</returns>
    public bool TryTake(out T item)
    {
        long read = _counters[ReadAt];
        if (read == Volatile.Read(ref _counters[WriteAt]))
        {
            item = default;
            return false;
        }

        item = _items[(int)(read & _mask)];
        Volatile.Write(ref _counters[ReadAt], read + 1);
        return true;
    }
}
