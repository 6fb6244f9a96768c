using Ambient.Synth.Effects;

namespace Ambient.Synth.Tests.Effects;

public sealed class ReverbTests
{
    [Theory]
    [InlineData(2.0)]
    [InlineData(4.0)]
    [InlineData(6.5)]
    public void The_tail_at_1_kHz_falls_by_60_dB_in_the_time_asked_for(double seconds)
    {
        (int[] left, _) = Tail(seconds, (int)(1.2 * seconds * Some.Second));
        Assert.InRange(Rt60(left, 1_000), 0.9 * seconds, 1.1 * seconds);
    }

    [Theory]
    [InlineData(2.0)]
    [InlineData(4.0)]
    [InlineData(6.5)]
    public void Treble_dies_first(double seconds)
    {
        (int[] left, _) = Tail(seconds, 3 * Some.Second);
        double ratio = Rt60(left, 4_000) / Rt60(left, 1_000);
        Assert.InRange(ratio, 0.35, 0.5);
    }

    [Fact]
    public void The_tail_ends_in_exact_silence_and_sleep()
    {
        (int[] left, int[] right, Reverb reverb) = Burst(10, 30 * Some.Second);
        Assert.True(reverb.IsAsleep);
        Assert.All(left[^Some.Second..], sample => Assert.Equal(0, sample));
        Assert.All(right[^Some.Second..], sample => Assert.Equal(0, sample));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(61)]
    public void Block_size_does_not_change_a_sample(int blockFrames)
    {
        (int[] left, int[] right, _) = Burst(3, Some.Second, blockFrames);
        (int[] expectedLeft, int[] expectedRight, _) = Burst(3, Some.Second);
        Assert.Equal(expectedLeft, left);
        Assert.Equal(expectedRight, right);
    }

    [Fact]
    public void A_loud_tone_held_at_the_longest_time_never_overflows()
    {
        var reverb = new Reverb(Some.Unity);
        var left = new int[64];
        var right = new int[64];
        int loudest = 0;
        for (int block = 0; block < 20 * Some.Second / 64; block++)
        {
            for (int i = 0; i < 64; i++) left[i] = right[i] = (block * 64 + i) / 120 % 2 == 0 ? 8 << 23 : -8 << 23;
            reverb.Process(left, right);
            foreach (int sample in left) loudest = Math.Max(loudest, Math.Abs(sample));
        }

        Assert.InRange(loudest, 1 << 20, 32 << 23);
    }

    private static (int[] Left, int[] Right) Tail(double seconds, int frames)
    {
        (int[] left, int[] right, _) = Burst(seconds, frames);
        return (left, right);
    }

    // 50 ms of white noise into an empty room.
    private static (int[] Left, int[] Right, Reverb Reverb) Burst(double seconds, int frames, int blockFrames = 64)
    {
        var reverb = new Reverb((int)(seconds / 10 * Some.Unity));
        var random = new Random(1);
        var left = new int[frames];
        var right = new int[frames];
        for (int i = 0; i < 2_400; i++) left[i] = right[i] = random.Next(-(1 << 22), 1 << 22);
        for (int at = 0; at < frames; at += blockFrames)
        {
            int count = Math.Min(blockFrames, frames - at);
            reverb.Process(left.AsSpan(at, count), right.AsSpan(at, count));
        }

        return (left, right, reverb);
    }

    // Slope of the energy around one frequency, least squares from 0.2 s on, in steps of 50 ms.
    private static double Rt60(int[] tail, double centreHz)
    {
        var levels = new List<(double Seconds, double Db)>();
        for (int at = Some.Second / 5; at + 4_800 <= tail.Length; at += 2_400)
        {
            double power = 0;
            for (double hz = centreHz * 0.85; hz <= centreHz * 1.15; hz += 10) power += Measure.PowerAt(tail.AsSpan(at, 4_800), hz);
            double db = 10 * Math.Log10(power);
            if (levels.Count > 0 && db < levels[0].Db - 50) break;
            levels.Add(((double)at / Some.Second, db));
        }

        double meanSeconds = levels.Average(level => level.Seconds);
        double meanDb = levels.Average(level => level.Db);
        double slope = levels.Sum(level => (level.Seconds - meanSeconds) * (level.Db - meanDb)) / levels.Sum(level => Math.Pow(level.Seconds - meanSeconds, 2));
        return -60 / slope;
    }
}
