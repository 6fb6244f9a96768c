using Ambient.Composer.Direction;
using Ambient.Composer.Models;

namespace Ambient.Composer.Arrangement;

/// <summary>Writes one frame of the score: for each voice the model proposes, the constraints bound, chance draws.</summary>
internal sealed class Composition(ModelHost model, Prng chance)
{
    /// <summary>Axes that the network was trained to follow.</summary>
    public static readonly IntentAxis[] ModelAxes =
        [IntentAxis.Density, IntentAxis.Register, IntentAxis.Mode, IntentAxis.Tension, IntentAxis.Polyphony, IntentAxis.HarmonicRhythm];

    private readonly float[] _logits = new float[ScoreTokens.Vocabulary];

    /// <summary>Composes a frame and closes it.</summary>
    /// <returns>Whether the network composed all of it, not the rules.</returns>
    public bool Compose(ScoreHistory score, StepPlan plan, ScoreCondition condition)
    {
        model.BeginFrame(score, condition);
        bool isByModel = !model.IsFallback;
        foreach (int voice in ScoreTokens.SamplingOrder)
        {
            TokenMask allowed = Constraints.Allowed(score, voice, plan);
            model.Logits(score, voice, _logits);
            isByModel &= !model.IsFallback;
            score.Choose(voice, Sampler.Draw(_logits, allowed, chance));
        }

        score.EndFrame();
        return isByModel;
    }
}
