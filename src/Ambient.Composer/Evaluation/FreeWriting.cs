using Ambient.Composer.Arrangement;
using Ambient.Composer.Models;

namespace Ambient.Composer.Evaluation;

/// <summary>What a model writes when nobody holds it: no masks, no arrangement, temperature 1.</summary>
public static class FreeWriting
{
    /// <summary>One piece as MIDI notes, shape [frames][4], -1 = silence.</summary>
    public static int[][] Write(IScoreModel model, ScoreCondition condition, int frames, Prng chance)
    {
        var score = new ScoreHistory();
        Span<float> logits = stackalloc float[ScoreTokens.Vocabulary];
        var piece = new int[frames][];
        model.Reset();
        for (int frame = 0; frame < frames; frame++)
        {
            model.BeginFrame(score, condition);
            foreach (int voice in ScoreTokens.SamplingOrder)
            {
                model.Logits(score, voice, logits);
                score.Choose(voice, Sampler.Draw(logits, TokenMask.All, chance));
            }

            score.EndFrame();
            piece[frame] = [.. score.Previous.ToArray().Select(token => ScoreTokens.IsPitch(token) ? ScoreTokens.ToPitch(token) : -1)];
        }

        return piece;
    }
}
