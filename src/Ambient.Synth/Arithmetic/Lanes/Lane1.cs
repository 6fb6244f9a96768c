using System.Runtime.CompilerServices;

namespace Ambient.Synth.Arithmetic.Lanes;

/// <summary>One lane: for processors without vectors, and for the frames that are left over.</summary>
internal readonly struct Lane1(int value) : ILanes<Lane1>
{
    private readonly int _value = value;

    /// <inheritdoc/>
    public static int Count => 1;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 All(int value) => new(value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Ramp(int step) => new(0);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Load(ref readonly int source) => new(source);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref int target) => target = _value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Sum() => _value;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator +(Lane1 left, Lane1 right) => new(unchecked(left._value + right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator -(Lane1 left, Lane1 right) => new(unchecked(left._value - right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator *(Lane1 left, Lane1 right) => new(unchecked(left._value * right._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator &(Lane1 left, Lane1 right) => new(left._value & right._value);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator <<(Lane1 left, int bits) => new(left._value << bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator >>(Lane1 left, int bits) => new(left._value >> bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 operator >>>(Lane1 left, int bits) => new(left._value >>> bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 MultiplyQ31(Lane1 a, Lane1 b) => new(unchecked((int)(((long)a._value * b._value + (1L << 30)) >> 31)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Odd(Lane1 factor) => factor;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 ScaleQ31(Lane1 a, Lane1 aOdd, Lane1 b) => new(unchecked((int)((long)a._value * b._value >> 31)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 MultiplyAddQ31(Lane1 a, Lane1 b, Lane1 c, Lane1 d) =>
        new(unchecked((int)(((long)a._value * b._value + (long)c._value * d._value + (1L << 30)) >> 31)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 MultiplyAddTwiceQ31(Lane1 a, Lane1 b, Lane1 c, Lane1 d, Lane1 e, Lane1 f) =>
        new(unchecked((int)(((long)a._value * b._value + (long)c._value * d._value + (long)e._value * f._value + (1L << 30)) >> 31)));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lane1 Clamp(Lane1 value, Lane1 low, Lane1 high) => new(Math.Clamp(value._value, low._value, high._value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(ref readonly int table, Lane1 index, out Lane1 value, out Lane1 next)
    {
        ref int at = ref Unsafe.Add(ref Unsafe.AsRef(in table), index._value);
        value = new(at);
        next = new(Unsafe.Add(ref at, 1));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref readonly int from, int fromStride, ref int to, int toStride) => to = from;
}
