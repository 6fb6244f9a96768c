using Ambient.Synth.Effects;

namespace Ambient.Synth.Tests.Effects;

public sealed class ToneFilterTests
{
    [Theory]
    [InlineData(40, 6, 0, 0, 6)]
    [InlineData(200, 6, 0, 0, 3.7)] // first order: 3.7 of 6 dB at the corner
    [InlineData(3_000, 6, 0, 0, 0)]
    [InlineData(15_000, 0, -6, 0, -6)]
    [InlineData(300, 0, -6, 0, 0)]
    [InlineData(400, 0, 0, -9, -9)]
    [InlineData(50, 0, 0, -9, 0)]
    [InlineData(6_000, 0, 0, -9, 0)]
    public void A_tone_comes_out_as_much_louder_as_asked(double hz, int lowDb, int highDb, int bellDb, double expectedDb)
    {
        int[] before = [.. Enumerable.Range(0, Some.Second).Select(i => (int)((1 << 21) * Math.Sin(2 * Math.PI * hz / Some.Second * i)))];
        int[] left = [.. before], right = [.. before];
        Process(new ToneFilter(new(lowDb, highDb, bellDb, BellHz: 400, BellQ: 2)), left, right, 64);
        Assert.InRange(Measure.Dbfs(left.AsSpan(Some.Second / 2)) - Measure.Dbfs(before.AsSpan(Some.Second / 2)), expectedDb - 0.5, expectedDb + 0.5);
        Assert.Equal(left, right);
    }

    [Fact]
    public void Loud_noise_never_wraps_block_size_does_not_change_a_sample_and_the_end_is_exact_silence()
    {
        var random = new Random(1);
        int[] noise = [.. Enumerable.Range(0, 2 * Some.Second).Select(i => i < Some.Second ? random.Next(-(8 << 23), 8 << 23) : 0)];
        int[] left = [.. noise], right = [.. noise], other = [.. noise], otherRight = [.. noise];
        var tone = new ToneSettings(9, 9, 9, 100, 8);
        Process(new ToneFilter(tone), left, right, 64);
        Process(new ToneFilter(tone), other, otherRight, 7);
        Assert.Equal(left, other);
        Assert.InRange(left.Max(Math.Abs), 2 << 23, 8 << 23);
        Assert.All(left[^4_800..], sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void A_flat_tone_leaves_the_engine_as_it_was_and_another_one_does_not()
    {
        string plain = Some.Hash(Some.Rendered(Some.Second, 256, Some.Minute()));
        Assert.Equal(plain, Toned(new()));
        Assert.NotEqual(plain, Toned(new(HighDb: -3)));
    }

    [Theory]
    [InlineData(10, 400, 1)]
    [InlineData(0, 79, 1)]
    [InlineData(0, 400, 9)]
    public void What_is_out_of_range_is_refused(int bellDb, int bellHz, int bellQ) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ToneFilter(new(0, 0, bellDb, bellHz, bellQ)));

    private static string Toned(ToneSettings tone)
    {
        var queue = new ScoreQueue(4_096);
        foreach (ScoreEvent scoreEvent in Some.Minute()) Assert.True(queue.TryAdd(scoreEvent));
        return Some.Hash(Some.Next(new SynthEngine(queue, seed: 7) { Tone = tone }, Some.Second));
    }

    private static void Process(ToneFilter filter, int[] left, int[] right, int blockFrames)
    {
        for (int at = 0; at < left.Length; at += blockFrames)
        {
            int count = Math.Min(blockFrames, left.Length - at);
            filter.Process(left.AsSpan(at, count), right.AsSpan(at, count));
        }
    }
}
