using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Arithmetic;

/// <summary>Reads between the frames of a delay line while the delay moves: eight taps, exact within -90 dB up to 5 kHz.</summary>
internal static partial class Interpolator
{
    /// <summary>Frames that are read at once; the delay moves in a straight line meanwhile.</summary>
    public const int RunFrames = 16;

    /// <summary>Frames from the first that is read to the one that a delay of 0 would give.</summary>
    public const int Before = 4;

    /// <summary>Frames of the source that a run needs.</summary>
    public const int SourceFrames = RunFrames + Taps - 1;

    private const int Taps = 8;
    private const int RowBits = 10; // Q16: 64 rows to a frame
    private const int MarginQ16 = 4 << RowBits; // the table reaches so far beyond a frame on either side

    private static readonly int[] Rows = [.. Generated];

    /// <summary>Reads a run of frames.</summary>
    /// <param name="source">The line from <see cref="Before"/> frames before the first whole frame on. Shape [<see cref="SourceFrames"/>], within 2^29.</param>
    /// <param name="target">Receives half of what lies there, mixed in. Shape [<see cref="RunFrames"/>].</param>
    /// <param name="fromQ16">Part of a frame by which the first one is late, -0.06..1.06.</param>
    /// <param name="toQ16">The same for the one after the last.</param>
    public static void Add<T>(ReadOnlySpan<int> source, Span<int> target, int fromQ16, int toQ16)
        where T : struct, ILanes<T>
    {
        Span<int> taps = stackalloc int[Taps], steps = stackalloc int[Taps];
        ref int tap = ref MemoryMarshal.GetReference(taps);
        ref int step = ref MemoryMarshal.GetReference(steps);
        for (int i = 0; i < Taps; i += T.Count)
        {
            T from = Row<T>(fromQ16, i);
            from.Store(ref Unsafe.Add(ref tap, i));
            ((Row<T>(toQ16, i) - from) >> 4).Store(ref Unsafe.Add(ref step, i)); // a 16th: RunFrames
        }

        ref int first = ref MemoryMarshal.GetReference(source[..SourceFrames]);
        ref int to = ref MemoryMarshal.GetReference(target[..RunFrames]);
        for (int i = 0; i < Taps; i += 2)
        {
            T even = Ramp<T>(ref tap, ref step, i), odd = Ramp<T>(ref tap, ref step, i + 1);
            T evenStep = T.All(Unsafe.Add(ref step, i) * T.Count), oddStep = T.All(Unsafe.Add(ref step, i + 1) * T.Count);
            for (int frame = 0; frame < RunFrames; frame += T.Count)
            {
                ref int at = ref Unsafe.Add(ref first, frame + i);
                ref int sum = ref Unsafe.Add(ref to, frame);
                (T.Load(ref sum) + T.MultiplyAddQ31(even, T.Load(ref at), odd, T.Load(ref Unsafe.Add(ref at, 1)))).Store(ref sum);
                even += evenStep;
                odd += oddStep;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Ramp<T>(ref int tap, ref int step, int index)
        where T : struct, ILanes<T> => T.All(Unsafe.Add(ref tap, index)) + T.Ramp(Unsafe.Add(ref step, index));

    // Some taps of a row between two rows of the table.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Row<T>(int fractionQ16, int tap)
        where T : struct, ILanes<T>
    {
        int atQ16 = fractionQ16 + MarginQ16;
        ref int row = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Rows), (atQ16 >> RowBits) * Taps + tap);
        T low = T.Load(ref row), high = T.Load(ref Unsafe.Add(ref row, Taps));
        return low + T.MultiplyQ31(T.All((atQ16 & ((1 << RowBits) - 1)) << (31 - RowBits)), high - low);
    }
}
