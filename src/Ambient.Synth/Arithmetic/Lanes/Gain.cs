using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Ambient.Synth.Arithmetic.Lanes;

/// <summary>Gains of 0 to 4 on Q8.23 samples, rounded: one sample at a time while a gain glides, rows at once while it stands still, the same bits both ways.</summary>
internal static class Gain
{
    /// <summary>A gain of 1, Q23.</summary>
    public const int Unity = 1 << 23;

    private const int SampleBits = 3; // a sample of up to +-32, a gain below 8, and both at once in 31 bits
    private const int GainBits = 8 - SampleBits;

    /// <summary>One sample.</summary>
    /// <param name="sampleQ23">Within +-32.</param>
    /// <param name="gainQ23">0..4.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Apply(int sampleQ23, long gainQ23) => (int)((sampleQ23 * gainQ23 + (1 << 22)) >> 23);

    /// <summary>Replaces a row by its product.</summary>
    public static void Apply(Span<int> row, int gainQ23)
    {
        if (gainQ23 == Unity) return;
        int lanes = LaneWidth.Current;
        int done = 0;
        if (lanes == 8) done = Multiply<Lanes8>(row, gainQ23);
        else if (lanes == 4) done = Multiply<Lanes4>(row, gainQ23);
        if (done < row.Length) Multiply<Lane1>(row[done..], gainQ23);
    }

    /// <summary>Adds the product of a row to another one.</summary>
    public static void Add(ReadOnlySpan<int> row, int gainQ23, Span<int> to)
    {
        if (gainQ23 == 0) return;
        int lanes = LaneWidth.Current;
        int done = 0;
        if (lanes == 8) done = MultiplyAdd<Lanes8>(row, gainQ23, to);
        else if (lanes == 4) done = MultiplyAdd<Lanes4>(row, gainQ23, to);
        if (done < row.Length) MultiplyAdd<Lane1>(row[done..], gainQ23, to[done..]);
    }

    private static int Multiply<T>(Span<int> row, int gainQ23)
        where T : struct, ILanes<T>
    {
        int frames = row.Length - row.Length % T.Count;
        T gain = T.All(gainQ23 << GainBits);
        ref int first = ref MemoryMarshal.GetReference(row);
        for (int i = 0; i < frames; i += T.Count)
        {
            ref int at = ref Unsafe.Add(ref first, i);
            T.MultiplyQ31(gain, T.Load(ref at) << SampleBits).Store(ref at);
        }

        return frames;
    }

    private static int MultiplyAdd<T>(ReadOnlySpan<int> row, int gainQ23, Span<int> to)
        where T : struct, ILanes<T>
    {
        int frames = row.Length - row.Length % T.Count;
        T gain = T.All(gainQ23 << GainBits);
        ref int first = ref MemoryMarshal.GetReference(row);
        ref int target = ref MemoryMarshal.GetReference(to[..row.Length]);
        for (int i = 0; i < frames; i += T.Count)
        {
            ref int at = ref Unsafe.Add(ref target, i);
            (T.Load(ref at) + T.MultiplyQ31(gain, T.Load(ref Unsafe.Add(ref first, i)) << SampleBits)).Store(ref at);
        }

        return frames;
    }
}
