using Ambient.Composer.Arrangement;
using Ambient.Composer.Direction;
using Ambient.Composer.Models;

namespace Ambient.Composer.Evaluation;

/// <summary>Asks the bare network for random intents and measures what it writes: no masks, no arrangement.</summary>
public static class RawControl
{
    private const int FramesBefore = 16; // until it has found into what is asked
    private const int FramesMeasured = 96;

    /// <summary>Rank correlation between asked and measured, per axis.</summary>
    /// <param name="model">Which network.</param>
    /// <param name="intents">How many random intents, each axis uniform in -1..1.</param>
    /// <param name="corpora">In whose manner; empty leaves it to the network.</param>
    /// <param name="seed">Same seed, same result.</param>
    public static Dictionary<IntentAxis, double> Measure(IScoreModel model, int intents, (string Corpus, double Weight)[] corpora, ulong seed)
    {
        var chance = new Prng(seed);
        var asked = Composition.ModelAxes.ToDictionary(axis => axis, _ => new List<double>());
        var measured = Composition.ModelAxes.ToDictionary(axis => axis, _ => new List<double>());
        for (int i = 0; i < intents; i++)
        {
            var condition = new ScoreCondition { Corpora = corpora };
            foreach (IntentAxis axis in Composition.ModelAxes)
            {
                condition[axis] = chance.Between(-1.0, 1.0);
                asked[axis].Add(condition[axis]!.Value);
            }

            List<int[]> frames = Write(model, condition, chance.Split());
            foreach (IntentAxis axis in Composition.ModelAxes) measured[axis].Add(IntentMeasures.Of(axis, frames));
        }

        return Composition.ModelAxes.ToDictionary(axis => axis, axis => Spearman.Rho(asked[axis], measured[axis]));
    }

    private static List<int[]> Write(IScoreModel model, ScoreCondition condition, Prng chance)
    {
        var score = new ScoreHistory();
        var frames = new List<int[]>();
        Span<float> logits = stackalloc float[ScoreTokens.Vocabulary];
        model.Reset();
        for (int frame = 0; frame < FramesBefore + FramesMeasured; frame++)
        {
            model.BeginFrame(score, condition);
            foreach (int voice in ScoreTokens.SamplingOrder)
            {
                model.Logits(score, voice, logits);
                score.Choose(voice, Sampler.Draw(logits, TokenMask.All, chance));
            }

            score.EndFrame();
            if (frame >= FramesBefore) frames.Add(score.Previous.ToArray());
        }

        return frames;
    }
}
