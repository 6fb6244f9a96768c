using Ambient.Synth.Effects;

namespace Ambient.Synth.Tests.Effects;

public sealed class LimiterTests
{
    private const int MinusOneDbfsQ23 = 7_476_410; // 10^(-1/20) * 2^23

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void White_noise_stays_below_minus_1_dBFS(int timesFullScale)
    {
        var random = new Random(1);
        int top = (int)Math.Min((long)timesFullScale << 23, int.MaxValue);
        AssertHeld(_ => random.Next(-top, top));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void Square_waves_that_come_and_go_stay_below_minus_1_dBFS(int timesFullScale) =>
        AssertHeld(i => i / 9_000 % 2 == 0 ? 100 : ((i / 50 % 2 == 0 ? 1 : -1) * timesFullScale) << 23);

    [Fact]
    public void Quiet_programme_passes_untouched_only_later()
    {
        var random = new Random(2);
        int[] programme = Enumerable.Range(0, 10_000).Select(_ => random.Next(-(1 << 22), 1 << 22)).ToArray();
        (int[] left, _) = Limited(programme);
        Assert.Equal(programme[..^SynthEngine.LatencyFrames], left[SynthEngine.LatencyFrames..]);
    }

    [Fact]
    public void After_a_peak_the_gain_comes_back_to_exactly_1()
    {
        int[] programme = Enumerable.Range(0, 5 * Some.Second).Select(i => i < 100 ? 8 << 23 : (i % 97) << 12).ToArray();
        (int[] left, _) = Limited(programme);
        Assert.Equal(programme[^5_000..^SynthEngine.LatencyFrames], left[(programme.Length - 5_000 + SynthEngine.LatencyFrames)..]);
    }

    private static void AssertHeld(Func<int, int> signal)
    {
        (int[] left, int[] right) = Limited(Enumerable.Range(0, 2 * Some.Second).Select(signal).ToArray());
        Assert.InRange(left.Max(Math.Abs), MinusOneDbfsQ23 * 7 / 10, MinusOneDbfsQ23);
        Assert.InRange(right.Max(Math.Abs), 0, MinusOneDbfsQ23);
    }

    // The right channel carries a quarter of the left one.
    private static (int[] Left, int[] Right) Limited(int[] programme)
    {
        var limiter = new Limiter();
        int[] left = [.. programme];
        int[] right = programme.Select(sample => sample / 4).ToArray();
        for (int at = 0; at < left.Length; at += 64)
        {
            int count = Math.Min(64, left.Length - at);
            limiter.Process(left.AsSpan(at, count), right.AsSpan(at, count));
        }

        return (left, right);
    }
}
