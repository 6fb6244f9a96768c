namespace Ambient.Synth.Arithmetic.Lanes;

/// <summary>A row of 32-bit integers that one instruction works on. Kernels are written once over it; every width gives the same bits.</summary>
/// <remarks>
/// Sums and low products wrap. Most of it is portable <c>Vector128</c> and <c>Vector256</c>; three things have no portable name (a
/// product of 64 bits, reading a table, transposing), and where they use an instruction of one processor the portable form stands beside it.
/// </remarks>
internal interface ILanes<T>
    where T : struct, ILanes<T>
{
    /// <summary>How many there are: 1, 4 or 8.</summary>
    static abstract int Count { get; }

    /// <summary>The same number in all.</summary>
    static abstract T All(int value);

    /// <summary>0, step, 2 step ...</summary>
    static abstract T Ramp(int step);

    /// <summary>Reads <see cref="Count"/> numbers.</summary>
    static abstract T Load(ref readonly int source);

    /// <summary>Writes <see cref="Count"/> numbers.</summary>
    void Store(ref int target);

    /// <summary>Sum over all.</summary>
    int Sum();

    /// <summary>Lane by lane.</summary>
    static abstract T operator +(T left, T right);

    /// <summary>Lane by lane.</summary>
    static abstract T operator -(T left, T right);

    /// <summary>The low 32 bits of the product, lane by lane.</summary>
    static abstract T operator *(T left, T right);

    /// <summary>Lane by lane.</summary>
    static abstract T operator &(T left, T right);

    /// <summary>The same shift in all lanes.</summary>
    static abstract T operator <<(T left, int bits);

    /// <summary>With the sign.</summary>
    static abstract T operator >>(T left, int bits);

    /// <summary>Without the sign.</summary>
    static abstract T operator >>>(T left, int bits);

    /// <summary>(a b + 2^30) >> 31: the rounded product of a Q31 coefficient below 1 and a sample in any format, in that format.</summary>
    static abstract T MultiplyQ31(T a, T b);

    /// <summary>What a product reads of the odd lanes of a factor. A loop that does not change the factor, or only adds to it, need not work it out each time.</summary>
    static abstract T Odd(T factor);

    /// <summary>(a b) >> 31, rounded down: gains may, for all that comes of it is DC of half a step.</summary>
    static abstract T ScaleQ31(T a, T aOdd, T b);

    /// <summary>(a b + c d + 2^30) >> 31, rounded once. Both products together must stay below 2^63.</summary>
    static abstract T MultiplyAddQ31(T a, T b, T c, T d);

    /// <summary>(a b + c d + e f + 2^30) >> 31, rounded once. All products together must stay below 2^63.</summary>
    static abstract T MultiplyAddTwiceQ31(T a, T b, T c, T d, T e, T f);

    /// <summary>Lane by lane, no less than <paramref name="low"/>, no more than <paramref name="high"/>.</summary>
    static abstract T Clamp(T value, T low, T high);

    /// <summary>Reads a table at an index of each lane, and the number after it.</summary>
    static abstract void Read(ref readonly int table, T index, out T value, out T next);

    /// <summary>Turns a square of <see cref="Count"/> by <see cref="Count"/> numbers: its rows become the columns of another.</summary>
    /// <param name="from">First number of the first row.</param>
    /// <param name="fromStride">Numbers from one row to the next.</param>
    /// <param name="to">Where the first number goes.</param>
    /// <param name="toStride">Numbers from one row to the next, there.</param>
    static abstract void Transpose(ref readonly int from, int fromStride, ref int to, int toStride);
}
