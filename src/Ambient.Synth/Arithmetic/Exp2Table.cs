namespace Ambient.Synth.Arithmetic;

/// <summary>Powers of two between the whole ones: pitch, decay and decibels all come from here.</summary>
internal static partial class Exp2Table
{
    // An array, because a span over constants is looked up by reflection, which allocates, in unoptimised builds.
    private static readonly uint[] Octave = Generated.ToArray();

    /// <summary>2^x for x in [0, 1), Q30; within 1e-6.</summary>
    /// <param name="fractionQ32">x * 2^32.</param>
    public static uint MantissaQ30(uint fractionQ32)
    {
        int index = (int)(fractionQ32 >> 24);
        long fraction = fractionQ32 & 0xFF_FFFF;
        uint from = Octave[index];
        return from + (uint)((Octave[index + 1] - from) * fraction >> 24);
    }

    /// <summary>2^-x, Q31.</summary>
    /// <param name="exponentQ32">x * 2^32, not negative.</param>
    public static Q31 Falling(long exponentQ32)
    {
        int halvings = (int)long.Min(exponentQ32 >> 32, 31);
        uint fraction = unchecked(0u - (uint)exponentQ32);
        if (fraction == 0) return halvings == 0 ? Q31.Max : new Q31((int)((1u << 31) >> halvings));
        return new Q31((int)(MantissaQ30(fraction) >> halvings)); // 2^(1 - f) / 2 in Q30 reads as Q31
    }

    /// <summary>2^x, Q15, for x up to 8.</summary>
    /// <param name="exponentQ15">x * 2^15, -15..8.</param>
    public static int PowerQ15(int exponentQ15)
    {
        int octaves = exponentQ15 >> 15;
        uint mantissaQ30 = MantissaQ30((uint)(exponentQ15 & 0x7FFF) << 17);
        return (int)(octaves >= 0 ? ((long)mantissaQ30 << octaves) >> 15 : mantissaQ30 >> (15 - octaves));
    }
}
