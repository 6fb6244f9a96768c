using Ambient.Composer.Arrangement;
using Ambient.Composer.Direction;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Sensors;

namespace Ambient.Composer.Evaluation;

/// <summary>Asks the whole composer for random intents, within one mood, and measures the notes that sound.</summary>
public static class SoundingControl
{
    private const int SecondsBefore = 60;
    private const int SecondsMeasured = 1_800;
    private const int BeatsPerBar = 4;

    /// <summary>The axes that can be heard in notes.</summary>
    public static IReadOnlyList<IntentAxis> Axes { get; } = [.. Composition.ModelAxes, IntentAxis.Tempo];

    /// <summary>Rank correlation between asked and measured, per axis.</summary>
    /// <param name="load">Makes the network.</param>
    /// <param name="mood">Within whose bounds.</param>
    /// <param name="intents">How many random intents, each axis uniform in -1..1.</param>
    /// <param name="seed">Same seed, same result.</param>
    public static Dictionary<IntentAxis, double> Measure(Func<IScoreModel> load, Mood mood, int intents, ulong seed)
    {
        var chance = new Prng(seed);
        using var model = new ModelHost(load);
        if (model.Fault is { } fault) throw new InvalidOperationException(fault);
        var asked = Axes.ToDictionary(axis => axis, _ => new List<double>());
        var measured = Axes.ToDictionary(axis => axis, _ => new List<double>());
        for (int i = 0; i < intents; i++)
        {
            var wish = Axes.ToDictionary(axis => axis, _ => chance.Between(-1.0, 1.0));

            // The room's pushes are left out: what is asked is all there is.
            Mood wished = mood with { Intent = wish.ToDictionary(pair => Director.NameOf(pair.Key), pair => pair.Value), Follows = [] };
            var conductor = new Conductor(new MoodLibrary([wished]), model, chance.NextBits());
            var meter = new SoundingMeter(wished, Frames.Of(SecondsBefore));
            conductor.Request(new MoodRequest(wished.Name));
            conductor.Advance(Frames.Of(SecondsBefore), ContextVector.Neutral, meter);
            long bar = conductor.Score.Bar;
            long end = Frames.Of(SecondsBefore + SecondsMeasured);
            conductor.Advance(end, ContextVector.Neutral, meter);
            foreach (IntentAxis axis in Axes)
            {
                asked[axis].Add(wish[axis]);
                measured[axis].Add(axis == IntentAxis.Tempo ? (conductor.Score.Bar - bar) * BeatsPerBar * 60.0 / SecondsMeasured : meter.Of(axis, end));
            }
        }

        return Axes.ToDictionary(axis => axis, axis => Spearman.Rho(asked[axis], measured[axis]));
    }
}
