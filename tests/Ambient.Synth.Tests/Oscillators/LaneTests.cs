using Ambient.Synth.Arithmetic.Lanes;
using Ambient.Synth.Instruments;
using Ambient.Synth.Tests.Effects;
using Ambient.Synth.Tests.Instruments;

namespace Ambient.Synth.Tests.Oscillators;

/// <summary>Whoever changes the width for the whole process must be alone with it.</summary>
[CollectionDefinition("lane width", DisableParallelization = true)]
public sealed class LaneWidthTests;

[Collection("lane width")]
public sealed class LaneTests
{
    public static TheoryData<int, int> WidthsAndBlocks
    {
        get
        {
            var data = new TheoryData<int, int>();
            foreach (int lanes in new[] { 1, 4, 8 })
            {
                if (lanes > LaneWidth.Best) continue;
                foreach (int blockFrames in new[] { 1, 7, 61, 64 }) data.Add(lanes, blockFrames);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(WidthsAndBlocks))]
    public void Voices_are_the_same_bits_at_every_lane_width_and_block_size(int lanes, int blockFrames)
    {
        (int[] left, int[] right) = At(1, () => Kernels.Everything(64));
        (int[] otherLeft, int[] otherRight) = At(lanes, () => Kernels.Everything(blockFrames));
        Assert.True(left.Max() > 1 << 20);
        Assert.Equal(left, otherLeft);
        Assert.Equal(right, otherRight);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void The_whole_engine_is_the_same_bits_at_every_lane_width(int lanes)
    {
        string expected = At(1, () => Some.Hash(Some.Rendered(2 * Some.Second, 256, Some.Minute())));
        Assert.Equal(expected, At(Math.Min(lanes, LaneWidth.Best), () => Some.Hash(Some.Rendered(2 * Some.Second, 1_000, Some.Minute()))));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void All_that_an_engine_can_do_at_once_is_the_same_bits_at_every_lane_width_and_block_size(int lanes)
    {
#if DEBUG // some hundred times slower
        const int Seconds = 1;
        int[] sizes = [61];
#else
        const int Seconds = 2;
        int[] sizes = lanes == LaneWidth.Best ? [1, 2, 3, 17, 63, 65, 127, 500, 1_000, 1_023, 1_024] : [61, 1_024];
#endif
        string expected = Some.Hash(Some.Rendered(Seconds * Some.Second, 256, Some.Everything(Seconds)));
        foreach (int blockFrames in sizes)
            Assert.Equal((blockFrames, expected), (blockFrames, At(Math.Min(lanes, LaneWidth.Best), () => Some.Hash(Some.Rendered(Seconds * Some.Second, blockFrames, Some.Everything(Seconds))))));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void Echoes_are_the_same_bits_at_every_lane_width(int lanes)
    {
        string expected = At(1, () => Some.Hash(Some.Rendered(2 * Some.Second, 256, DelayTests.Echoing())));
        Assert.Equal(expected, At(Math.Min(lanes, LaneWidth.Best), () => Some.Hash(Some.Rendered(2 * Some.Second, 1_000, DelayTests.Echoing()))));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(8)]
    public void A_chorus_is_the_same_bits_at_every_lane_width(int lanes)
    {
        (int[] Left, int[] Right) Played() => ChorusTests.Strip("pad", 2 * Some.Second, Some.Unity / 2, 61);
        string expected = At(1, () => InstrumentTests.Hash(Played()));
        Assert.Equal(expected, At(Math.Min(lanes, LaneWidth.Best), () => InstrumentTests.Hash(Played())));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(8)]
    public void Every_instrument_is_the_same_bits_at_every_lane_width(int lanes)
    {
        foreach (string name in InstrumentCatalog.Names)
        {
            string expected = At(LaneWidth.Best, () => InstrumentTests.Hash(InstrumentTests.Phrase(name, 64)));
            Assert.Equal((name, expected), (name, At(Math.Min(lanes, LaneWidth.Best), () => InstrumentTests.Hash(InstrumentTests.Phrase(name, 61)))));
        }
    }

    private static T At<T>(int lanes, Func<T> play)
    {
        LaneWidth.Current = lanes;
        try
        {
            return play();
        }
        finally
        {
            LaneWidth.Current = LaneWidth.Best;
        }
    }
}
