using Ambient.Composer.Direction;
using Ambient.Composer.Models;

namespace Ambient.Composer.Tests;

public sealed class IntentSteeringTests
{
    private static readonly Dictionary<string, float[]> Quantiles = new()
    {
        ["density"] = [0, 0.5f, 1],
        ["register"] = [40, 60, 80],
        ["tension"] = [0, 0.1f, 0.4f],
    };

    // C3, G3, E4, C5 and the same with an E flat.
    private static readonly int[] Major = Tokens(72, 64, 55, 48);
    private static readonly int[] Minor = Tokens(72, 63, 55, 48);

    [Fact]
    public void What_is_written_as_wished_is_asked_for_as_wished()
    {
        var steering = new IntentSteering(new IntentScale(Quantiles));
        var wish = new ScoreCondition { [IntentAxis.Mode] = 1 };
        for (int frame = 0; frame < 200; frame++) steering.Hear(Major, wish);
        Assert.Equal(1, steering.Ask(IntentAxis.Mode, 1), 0.05);
    }

    [Fact]
    public void What_is_not_heard_is_asked_for_harder_up_to_a_bound()
    {
        var steering = new IntentSteering(new IntentScale(Quantiles));
        var wish = new ScoreCondition { [IntentAxis.Mode] = 0.5 };
        float before = steering.Ask(IntentAxis.Mode, 0.5);
        for (int frame = 0; frame < 500; frame++)
        {
            steering.Hear(Minor, wish);
            float asked = steering.Ask(IntentAxis.Mode, 0.5);
            Assert.True(asked >= before);
            before = asked;
        }

        Assert.Equal(0.5f + IntentSteering.MostModeCorrection, before, 0.001);
        for (int frame = 0; frame < 500; frame++) steering.Hear(Major, wish);
        Assert.True(steering.Ask(IntentAxis.Mode, 0.5) < 0.5, "too much major now, so it must ask for less");
    }

    [Fact]
    public void Mode_is_asked_for_harder_sooner_than_register_since_a_network_keeps_to_its_mode()
    {
        var steering = new IntentSteering(new IntentScale(Quantiles));
        var wish = new ScoreCondition { [IntentAxis.Mode] = 1, [IntentAxis.Register] = 1 };
        for (int frame = 0; frame < 5; frame++) steering.Hear(Minor, wish);
        Assert.True(steering.Ask(IntentAxis.Mode, 1) > steering.Ask(IntentAxis.Register, 1));
        Assert.True(steering.Ask(IntentAxis.Register, 1) > 1);
    }

    [Theory]
    [InlineData(IntentAxis.Density)]
    [InlineData(IntentAxis.Register)]
    [InlineData(IntentAxis.Polyphony)]
    [InlineData(IntentAxis.HarmonicRhythm)]
    public void Where_somebody_else_sets_the_pace_it_is_asked_for_as_it_is(IntentAxis axis)
    {
        var steering = new IntentSteering(new IntentScale(Quantiles));
        var wish = new ScoreCondition { IsPaced = true, [axis] = -0.5 };
        for (int frame = 0; frame < 100; frame++) steering.Hear(frame % 2 == 0 ? Major : Minor, wish);
        Assert.Equal(-0.5f, steering.Ask(axis, -0.5));
    }

    [Fact]
    public void What_nobody_wishes_for_is_not_corrected()
    {
        var steering = new IntentSteering(new IntentScale(Quantiles));
        for (int frame = 0; frame < 100; frame++) steering.Hear(Minor, new ScoreCondition { [IntentAxis.Mode] = 1 });
        steering.Hear(Minor, new ScoreCondition());
        Assert.Equal(1, steering.Ask(IntentAxis.Mode, 1));
    }

    [Fact]
    public void A_saved_memory_goes_on_as_it_was()
    {
        var wish = new ScoreCondition { [IntentAxis.Mode] = 0.2, [IntentAxis.Tension] = 0.7, [IntentAxis.Density] = 0.4 };
        var first = new IntentSteering(new IntentScale(Quantiles));
        for (int frame = 0; frame < 20; frame++) first.Hear(frame % 3 == 0 ? Major : Minor, wish);
        float[] memory = new float[IntentSteering.StateLength];
        first.Save(memory);
        var second = new IntentSteering(new IntentScale(Quantiles));
        second.Restore(memory);
        first.Hear(Major, wish);
        second.Hear(Major, wish);
        foreach (IntentAxis axis in (IntentAxis[])[IntentAxis.Mode, IntentAxis.Tension, IntentAxis.Density]) Assert.Equal(first.Ask(axis, 0), second.Ask(axis, 0));
    }

    private static int[] Tokens(params int[] pitches) => [.. pitches.Select(pitch => pitch - ScoreTokens.PitchMin)];
}
