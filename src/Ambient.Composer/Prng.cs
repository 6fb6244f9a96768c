namespace Ambient.Composer;

/// <summary>The only source of chance in the composer: SplitMix64, so that the same seed gives the same music on every machine.</summary>
/// <remarks>Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014. Not for secrets.</remarks>
public sealed class Prng(ulong seed)
{
    private const double TwoToMinus53 = 1.0 / (1UL << 53);

    /// <summary>Everything there is to remember; writing it back replays what followed.</summary>
    public ulong State { get; set; } = seed;

    /// <summary>64 random bits.</summary>
    public ulong NextBits()
    {
        unchecked
        {
            ulong z = State += 0x9E3779B97F4A7C15UL;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextBits() >> 11) * TwoToMinus53;

    /// <summary>Uniform in [<paramref name="low"/>, <paramref name="high"/>).</summary>
    public double Between(double low, double high) => low + ((high - low) * NextDouble());

    /// <summary>Uniform whole number, both ends included.</summary>
    public int Between(int low, int high) => low + (int)(NextDouble() * (high - low + 1));

    /// <summary>True with the given probability, 0..1.</summary>
    public bool Chance(double probability) => NextDouble() < probability;

    /// <summary>Normal with mean 0 and standard deviation 1 (Box and Muller; the second value is not kept, so that <see cref="State"/> is all).</summary>
    public double NextNormal() =>
        Math.Sqrt(-2 * Math.Log(1 - NextDouble())) * Math.Cos(2 * Math.PI * NextDouble());

    /// <summary>Log-normal around a median, clamped to multiples of it: how far apart events in nature and in played music lie.</summary>
    /// <param name="median">Same unit as the result.</param>
    /// <param name="sigma">Standard deviation of the logarithm.</param>
    /// <param name="lowest">Smallest multiple of the median.</param>
    /// <param name="highest">Largest multiple of the median.</param>
    public double LogNormal(double median, double sigma, double lowest, double highest) =>
        median * Math.Clamp(Math.Exp(sigma * NextNormal()), lowest, highest);

    /// <summary>An independent generator for another part, so that one part's draws never shift another's.</summary>
    public Prng Split() => new(NextBits());
}
