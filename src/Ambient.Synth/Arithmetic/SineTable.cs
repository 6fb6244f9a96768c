using System.Runtime.CompilerServices;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Arithmetic;

/// <summary>One turn of a sine, 2048 steps, Q31; linear interpolation keeps errors below -115 dB.</summary>
internal static partial class SineTable
{
    /// <summary>Steps in a turn.</summary>
    public const int Steps = 2_048;

    private const int Quarter = Steps / 4;

    /// <summary>The whole turn and one more step, so that interpolation needs no wrap. Shape [2049].</summary>
    public static readonly int[] Turn = Unfold();

    /// <summary>The same in the format of a bus, for the vector kernels. Shape [2049].</summary>
    public static readonly int[] TurnQ23 = Array.ConvertAll(Turn, sampleQ31 => (int)(((long)sampleQ31 + 128) >> 8));

    /// <summary>sin(2 pi phase / 2^32), Q31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int At(uint phase) => Interpolate(Turn, phase);

    /// <summary>sin(2 pi phase / 2^32) of every lane, Q23.</summary>
    /// <param name="turn">First element of <see cref="TurnQ23"/>.</param>
    /// <param name="phase">One turn is 2^32.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T At<T>(ref readonly int turn, T phase)
        where T : struct, ILanes<T>
    {
        T.Read(in turn, phase >>> 21, out T from, out T to);
        T fractionQ15 = (phase >>> 6) & T.All(0x7FFF);
        return from + ((to - from) * fractionQ15 >> 15); // two steps are never more than 2^15 apart
    }

    /// <summary>cos(2 pi phase / 2^32), Q31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CosineAt(uint phase) => At(unchecked(phase + (1u << 30)));

    /// <summary>(1 - cos(pi x)) / 2: glides from 0 to 1 without a corner at either end.</summary>
    /// <param name="position">x in Q31, 0..1.</param>
    public static int RaisedCosine(int position) => (int.MaxValue >> 1) - (CosineAt((uint)position) >> 1);

    /// <summary>Reads a table of one turn plus one step, any format, between its steps.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Interpolate(ReadOnlySpan<int> turn, uint phase)
    {
        int index = (int)(phase >> 21); // 11 bits of 32 choose the step
        int fractionQ15 = (int)((phase >> 6) & 0x7FFF);
        int from = turn[index];
        return from + (int)(((long)turn[index + 1] - from) * fractionQ15 >> 15);
    }

    private static int[] Unfold()
    {
        var turn = new int[Steps + 1];
        for (int i = 0; i <= Quarter; i++)
        {
            turn[i] = Generated[i];
            turn[2 * Quarter - i] = Generated[i];
            turn[2 * Quarter + i] = -Generated[i];
            turn[Steps - i] = -Generated[i];
        }

        return turn;
    }
}
