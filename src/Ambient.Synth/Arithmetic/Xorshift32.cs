namespace Ambient.Synth.Arithmetic;

/// <summary>Marsaglia's xorshift (13, 17, 5): one word of state, period 2^32 - 1, the same on every machine.</summary>
/// <param name="seed">Any number; 0 counts as 1.</param>
internal struct Xorshift32(uint seed)
{
    private uint _state = Scrambled(seed);

    /// <summary>The next 32 bits.</summary>
    public uint Next()
    {
        uint x = _state;
        x ^= unchecked(x << 13);
        x ^= x >> 17;
        x ^= unchecked(x << 5);
        return _state = x;
    }

    /// <summary>White noise: uniform over all of Q31.</summary>
    public int NextQ31() => unchecked((int)Next());

    /// <summary>A whole number from <paramref name="low"/> up to, not including, <paramref name="high"/>.</summary>
    public int NextBetween(int low, int high) => low + (int)((ulong)Next() * (uint)(high - low) >> 32);

    private static uint Scrambled(uint seed)
    {
        uint x = unchecked((seed + 1) * 0x9E3779B9u); // neighbouring seeds start far apart
        return x == 0 ? 1 : x;
    }
}
