using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Ambient.Synth.Arithmetic.Lanes;

/// <summary>Four lanes of a 128-bit vector: what a Raspberry Pi has.</summary>
internal readonly struct Lanes4(Vector128<int> lanes) : ILanes<Lanes4>
{
    private readonly Vector128<int> _lanes = lanes;

    /// <summary>The lanes as the runtime knows them.</summary>
    public Vector128<int> Vector => _lanes;

    /// <inheritdoc/>
    public static int Count => 4;

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 All(int value) => new(Vector128.Create(value));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Ramp(int step) => new(Vector128.Create(0, 1, 2, 3) * step);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Load(ref readonly int source) => new(Vector128.LoadUnsafe(in source));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(ref int target) => _lanes.StoreUnsafe(ref target);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Sum() => Vector128.Sum(_lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator +(Lanes4 left, Lanes4 right) => new(left._lanes + right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator -(Lanes4 left, Lanes4 right) => new(left._lanes - right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator *(Lanes4 left, Lanes4 right) => new(left._lanes * right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator &(Lanes4 left, Lanes4 right) => new(left._lanes & right._lanes);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator <<(Lanes4 left, int bits) => new(left._lanes << bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator >>(Lanes4 left, int bits) => new(left._lanes >> bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 operator >>>(Lanes4 left, int bits) => new(left._lanes >>> bits);

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 MultiplyQ31(Lanes4 a, Lanes4 b)
    {
        Vector128<long> half = Vector128.Create(1L << 30);
        if (Sse41.IsSupported) return Merge(Even(a, b) + half, Odd(a, b) + half);
        return Narrow(Lower(a, b) + half, Upper(a, b) + half);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Odd(Lanes4 factor) => new((factor._lanes.AsUInt64() >>> 32).AsInt32());

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 ScaleQ31(Lanes4 a, Lanes4 aOdd, Lanes4 b)
    {
        if (Sse41.IsSupported) return Merge(Even(a, b), Even(aOdd, Odd(b)));
        return Narrow(Lower(a, b), Upper(a, b));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 MultiplyAddQ31(Lanes4 a, Lanes4 b, Lanes4 c, Lanes4 d)
    {
        Vector128<long> half = Vector128.Create(1L << 30);
        if (Sse41.IsSupported) return Merge(Even(a, b) + Even(c, d) + half, Odd(a, b) + Odd(c, d) + half);
        return Narrow(Lower(a, b) + Lower(c, d) + half, Upper(a, b) + Upper(c, d) + half);
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 MultiplyAddTwiceQ31(Lanes4 a, Lanes4 b, Lanes4 c, Lanes4 d, Lanes4 e, Lanes4 f)
    {
        Vector128<long> half = Vector128.Create(1L << 30);
        if (Sse41.IsSupported) return Merge(Even(a, b) + half + (Even(c, d) + Even(e, f)), Odd(a, b) + half + (Odd(c, d) + Odd(e, f)));
        return Narrow(Lower(a, b) + half + (Lower(c, d) + Lower(e, f)), Upper(a, b) + half + (Upper(c, d) + Upper(e, f)));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Lanes4 Clamp(Lanes4 value, Lanes4 low, Lanes4 high) => new(Vector128.Min(Vector128.Max(value._lanes, low._lanes), high._lanes));

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Read(ref readonly int table, Lanes4 index, out Lanes4 value, out Lanes4 next)
    {
        Vector128<ulong> two = index._lanes.AsUInt64();
        Vector128<int> first = Pairs(in table, two.ToScalar());
        Vector128<int> second = Pairs(in table, two.GetElement(1));
        if (Sse.IsSupported)
        {
            value = new(Sse.Shuffle(first.AsSingle(), second.AsSingle(), 0b10_00_10_00).AsInt32());
            next = new(Sse.Shuffle(first.AsSingle(), second.AsSingle(), 0b11_01_11_01).AsInt32());
            return;
        }

        value = new(Vector128.Create(Vector128.Shuffle(first, Vector128.Create(0, 2, 0, 2)).GetLower(), Vector128.Shuffle(second, Vector128.Create(0, 2, 0, 2)).GetLower()));
        next = new(Vector128.Create(Vector128.Shuffle(first, Vector128.Create(1, 3, 1, 3)).GetLower(), Vector128.Shuffle(second, Vector128.Create(1, 3, 1, 3)).GetLower()));
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Transpose(ref readonly int from, int fromStride, ref int to, int toStride)
    {
        ref int source = ref Unsafe.AsRef(in from);
        Lanes4 row0 = Load(ref source), row1 = Load(ref Unsafe.Add(ref source, fromStride));
        Lanes4 row2 = Load(ref Unsafe.Add(ref source, 2 * fromStride)), row3 = Load(ref Unsafe.Add(ref source, 3 * fromStride));
        Vector128<long> low01 = InterleaveLower(row0, row1), high01 = InterleaveUpper(row0, row1);
        Vector128<long> low23 = InterleaveLower(row2, row3), high23 = InterleaveUpper(row2, row3);
        InterleaveLower(low01, low23).StoreUnsafe(ref to);
        InterleaveUpper(low01, low23).StoreUnsafe(ref Unsafe.Add(ref to, toStride));
        InterleaveLower(high01, high23).StoreUnsafe(ref Unsafe.Add(ref to, 2 * toStride));
        InterleaveUpper(high01, high23).StoreUnsafe(ref Unsafe.Add(ref to, 3 * toStride));
    }

    // Two numbers from each of two places: [a], [a + 1], [b], [b + 1].
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static Vector128<int> Pairs(ref readonly int table, ulong indices)
    {
        ref int start = ref Unsafe.AsRef(in table);
        long first = Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref Unsafe.Add(ref start, unchecked((nint)(uint)indices))));
        long second = Unsafe.ReadUnaligned<long>(ref Unsafe.As<int, byte>(ref Unsafe.Add(ref start, (nint)(indices >> 32))));
        return Vector128.Create(first, second).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Even(Lanes4 a, Lanes4 b) => Sse41.Multiply(a._lanes, b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Odd(Lanes4 a, Lanes4 b) => Even(Odd(a), Odd(b));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes4 Merge(Vector128<long> even, Vector128<long> odd) =>
        new(Sse41.Blend((even >>> 31).AsUInt16(), (odd << 1).AsUInt16(), 0b1100_1100).AsInt32());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Lower(Lanes4 a, Lanes4 b) => AdvSimd.IsSupported
        ? AdvSimd.MultiplyWideningLower(a._lanes.GetLower(), b._lanes.GetLower())
        : Vector128.WidenLower(a._lanes) * Vector128.WidenLower(b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> Upper(Lanes4 a, Lanes4 b) => AdvSimd.IsSupported
        ? AdvSimd.MultiplyWideningUpper(a._lanes, b._lanes)
        : Vector128.WidenUpper(a._lanes) * Vector128.WidenUpper(b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes4 Narrow(Vector128<long> lower, Vector128<long> upper) => new(Vector128.Narrow(lower >> 31, upper >> 31));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> InterleaveLower(Lanes4 a, Lanes4 b)
    {
        if (Sse2.IsSupported) return Sse2.UnpackLow(a._lanes, b._lanes).AsInt64();
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipLow(a._lanes, b._lanes).AsInt64();
        return Vector128.Create(a._lanes[0], b._lanes[0], a._lanes[1], b._lanes[1]).AsInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<long> InterleaveUpper(Lanes4 a, Lanes4 b)
    {
        if (Sse2.IsSupported) return Sse2.UnpackHigh(a._lanes, b._lanes).AsInt64();
        if (AdvSimd.Arm64.IsSupported) return AdvSimd.Arm64.ZipHigh(a._lanes, b._lanes).AsInt64();
        return Vector128.Create(a._lanes[2], b._lanes[2], a._lanes[3], b._lanes[3]).AsInt64();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> InterleaveLower(Vector128<long> a, Vector128<long> b)
    {
        if (Sse2.IsSupported) return Sse2.UnpackLow(a, b).AsInt32();
        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(a, b).AsInt32() : Vector128.Create(a[0], b[0]).AsInt32();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<int> InterleaveUpper(Vector128<long> a, Vector128<long> b)
    {
        if (Sse2.IsSupported) return Sse2.UnpackHigh(a, b).AsInt32();
        return AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(a, b).AsInt32() : Vector128.Create(a[1], b[1]).AsInt32();
    }
}
