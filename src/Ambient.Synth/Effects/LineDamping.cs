using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Effects;

/// <summary>What one reverb line loses per pass: y = Pole y + Gain x.</summary>
/// <param name="Gain">Input gain of the one-pole, 0..1.</param>
/// <param name="Pole">Its pole, 0..1; darker towards 1.</param>
internal readonly record struct LineDamping(Q31 Gain, Q31 Pole)
{
    private const int Cosine4kQ31 = 1_859_775_393; // cos(2 pi 4 000 / 48 000)

    /// <summary>The damping that lets a tail fall by 60 dB in <paramref name="rt60Frames"/> at 1 kHz and in 0.4 times that at 4 kHz.</summary>
    /// <remarks>
    /// With A the loss per pass at 4 kHz against DC, |(1-p) / (1 - p z^-1)| = A gives p = q - sqrt(q^2 - 1), where
    /// q = (1 - A^2 cos w) / (1 - A^2). Source: Jot and Chaigne, "Digital delay networks" (AES 1991), solved exactly.
    /// DC lives 1.11 times as long as 1 kHz, which makes up for what the one-pole already takes there.
    /// </remarks>
    public static LineDamping For(int lineFrames, int rt60Frames)
    {
        long rt60AtDc = rt60Frames * 10L / 9;
        long rt60OfDifference = rt60AtDc * 9 / 16; // 1 / (1 / 0.36 - 1) of DC's
        Q31 loss = Q31.Decay(lineFrames, rt60OfDifference);
        long lossSquaredQ31 = (loss * loss).Raw;
        long qQ24 = (((1L << 31) - (lossSquaredQ31 * Cosine4kQ31 >> 31)) << 24) / ((1L << 31) - lossSquaredQ31);
        long poleQ24 = qQ24 - SquareRoot(qQ24 * qQ24 - (1L << 48));
        int poleQ31 = (int)(poleQ24 << 7);
        return new(Q31.Decay(lineFrames, rt60AtDc) * new Q31(int.MaxValue - poleQ31), new Q31(poleQ31));
    }

    private static long SquareRoot(long square)
    {
        long root = 0;
        for (long bit = 1L << 31; bit > 0; bit >>= 1)
        {
            long candidate = root + bit;
            if (candidate * candidate <= square) root = candidate;
        }

        return root;
    }
}
