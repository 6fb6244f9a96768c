using Ambient.Composer.Direction;
using Ambient.Composer.Models;

namespace Ambient.Composer.Arrangement;

/// <summary>Writes one frame of the score: for each voice the model proposes, the constraints bound, chance draws.</summary>
internal sealed class Composition(ModelHost model, Prng chance)
{
    /// <summary>Axes that the network was trained to follow.</summary>
    public static readonly IntentAxis[] ModelAxes =
        [IntentAxis.Density, IntentAxis.Register, IntentAxis.Mode, IntentAxis.Tension, IntentAxis.Polyphony, IntentAxis.HarmonicRhythm];

    // How much more likely a remembered pitch is: where the model likes another one e^4 times better, that one may come instead.
    private const float RememberedLogit = 4;

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
            if (voice == ScoreTokens.Soprano) Favour(plan.Remembered);
            score.Choose(voice, Sampler.Draw(_logits, allowed, chance));
        }

        score.EndFrame();
        return isByModel;
    }

    private void Favour(TokenMask remembered)
    {
        for (int token = 0; token < ScoreTokens.PitchCount; token++)
        {
            if (remembered.Allows(token)) _logits[token] += RememberedLogit;
        }
    }
}
