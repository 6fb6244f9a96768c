using Ambient.Composer.Direction;
using Ambient.Composer.Evaluation;
using Ambient.Composer.Models;

namespace Ambient.Composer.Tests;

public sealed class ControlTests
{
    private const int Rest = ScoreTokens.Silent;

    [Fact]
    public void Rank_correlation_knows_rising_falling_and_nothing()
    {
        Assert.Equal(1, Spearman.Rho([1, 2, 3, 4], [10, 20, 40, 80]), 9);
        Assert.Equal(-1, Spearman.Rho([1, 2, 3], [9, 5, 1]), 9);
        Assert.Equal(0, Spearman.Rho([1, 2, 3], [5, 5, 5]));
    }

    [Fact]
    public void Equal_values_share_their_rank() => Assert.Equal(Math.Sqrt(0.9), Spearman.Rho([1, 2, 2, 3], [1, 2, 3, 4]), 9);

    [Fact]
    public void A_major_third_above_the_bass_is_bright_a_minor_one_dark()
    {
        Assert.Equal(1, IntentMeasures.Of(IntentAxis.Mode, Chords([40, 31, 28, 24], [40, 31, 28, 24])));
        Assert.Equal(-1, IntentMeasures.Of(IntentAxis.Mode, Chords([39, 31, 27, 24], [39, 31, 27, 24])));
        Assert.Equal(0, IntentMeasures.Of(IntentAxis.Mode, Chords([31, Rest, Rest, 24], [31, Rest, Rest, 24])));
    }

    [Fact]
    public void Density_counts_moves_a_voice_and_not_voices()
    {
        double one = IntentMeasures.Of(IntentAxis.Density, Chords([40, Rest, Rest, Rest], [41, Rest, Rest, Rest]));
        double four = IntentMeasures.Of(IntentAxis.Density, Chords([40, 36, 31, 24], [41, 38, 32, 26]));
        Assert.Equal(0.5, one);
        Assert.Equal(one, four);
    }

    [Fact]
    public void Harmonic_rhythm_is_the_share_of_moves_below_the_melody()
    {
        Assert.Equal(0, IntentMeasures.Of(IntentAxis.HarmonicRhythm, Chords([40, 36, 31, 24], [41, 36, 31, 24])));
        Assert.Equal(1, IntentMeasures.Of(IntentAxis.HarmonicRhythm, Chords([40, 36, 31, 24], [40, 38, 31, 26])));
    }

    [Fact]
    public void Polyphony_and_register_hear_only_what_sounds()
    {
        List<int[]> frames = Chords([40, Rest, Rest, 24], [40, Rest, Rest, 24]);
        Assert.Equal(2, IntentMeasures.Of(IntentAxis.Polyphony, frames));
        Assert.Equal(56, IntentMeasures.Of(IntentAxis.Register, frames));
    }

    [Fact]
    public void A_semitone_is_tenser_than_a_fifth() => Assert.True(
        IntentMeasures.Of(IntentAxis.Tension, Chords([25, Rest, Rest, 24], [25, Rest, Rest, 24])) > IntentMeasures.Of(IntentAxis.Tension, Chords([31, Rest, Rest, 24], [31, Rest, Rest, 24])));

    private static List<int[]> Chords(params int[][] frames) => [.. frames];
}
