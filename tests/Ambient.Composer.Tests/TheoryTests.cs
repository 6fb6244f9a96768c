using Ambient.Composer.Theory;

namespace Ambient.Composer.Tests;

public class TheoryTests
{
    [Theory]
    [InlineData(new[] { 60, 64, 67 }, 0.31)] // close triad at middle C
    [InlineData(new[] { 48, 55, 64 }, 0.29)] // open
    [InlineData(new[] { 48, 52, 55 }, 0.64)] // close triad an octave lower
    [InlineData(new[] { 36, 40, 43 }, 1.13)] // close triad at C2
    public void Roughness_meets_its_anchors(int[] chord, double expected) => Assert.Equal(expected, Roughness.Of(chord), 0.06);

    [Fact]
    public void A_pentatonic_over_its_drone_is_clearly_in_a_key_and_the_whole_tone_scale_is_not()
    {
        Assert.True(KeyClarity.Of([2, 0, 1, 0, 1, 0, 0, 2, 0, 1, 0, 0]) > 0.85);
        Assert.True(KeyClarity.Of([1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0]) < 0.4);
    }

    [Theory]
    [InlineData(new[] { 48, 55, 64 }, "C")]
    [InlineData(new[] { 45, 52, 60, 64 }, "Am")]
    [InlineData(new[] { 41, 48, 55, 57 }, "Fadd9")]
    [InlineData(new[] { 43, 50 }, "G5")]
    [InlineData(new int[0], "–")]
    public void Chords_have_their_names(int[] chord, string name) => Assert.Equal(name, ChordName.Of(chord));

    [Fact]
    public void Thirds_below_the_stave_are_mud_and_fifths_are_not()
    {
        Assert.False(LowIntervals.IsClear(40, 44));
        Assert.True(LowIntervals.IsClear(40, 47));
        Assert.True(LowIntervals.IsClear(36, 48));
        Assert.True(LowIntervals.IsClear(60, 64));
    }
}
