namespace Ambient.Synth.Tests;

public sealed class SynthEngineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(64)]
    [InlineData(1_024)]
    public void Block_size_does_not_change_a_sample(int blockFrames)
    {
        short[] expected = Some.Rendered(3 * Some.Second, 256, Some.Minute());
        Assert.Equal(Some.Hash(expected), Some.Hash(Some.Rendered(3 * Some.Second, blockFrames, Some.Minute())));
    }

    [Fact]
    public void No_score_is_exact_silence() => Assert.All(Some.Rendered(Some.Second, 256), sample => Assert.Equal(0, sample));

    [Fact]
    public void Render_after_warm_up_allocates_nothing()
    {
        SynthEngine engine = Some.Engine(Some.Minute());
        var block = new short[512];
        for (int i = 0; i < 100; i++) engine.Render(block);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) engine.Render(block);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
