using System.Numerics.Tensors;
using Ambient.Composer.Models;

namespace Ambient.Composer.Evaluation;

/// <summary>Charges a model for predicting scores: softmax over all 73 tokens, no masks, every voice of every frame from the first on.</summary>
public static class ScoreEvaluation
{
    /// <summary>Scores a model.</summary>
    /// <param name="model">Any; it is reset before each piece.</param>
    /// <param name="pieces">Tokens, shape [pieces][frames][4].</param>
    /// <param name="condition">What the model is told beforehand.</param>
    /// <param name="clock">Measures the time of a frame.</param>
    public static EvaluationResult Run(IScoreModel model, int[][][] pieces, ScoreCondition condition, TimeProvider clock)
    {
        var score = new ScoreHistory();
        float[] logits = new float[ScoreTokens.Vocabulary];
        double total = 0, perPiece = 0;
        long frames = 0;
        int scored = 0;
        long start = clock.GetTimestamp();
        foreach (int[][] piece in pieces)
        {
            if (piece.Length == 0) continue;
            model.Reset();
            score.Reset();
            double cost = 0;
            foreach (int[] frame in piece)
            {
                model.BeginFrame(score, condition);
                foreach (int voice in ScoreTokens.SamplingOrder)
                {
                    model.Logits(score, voice, logits);
                    cost += Cost(logits, frame[voice]);
                    score.Choose(voice, frame[voice]);
                }

                score.EndFrame();
            }

            total += cost;
            perPiece += cost / (ScoreTokens.Voices * piece.Length);
            frames += piece.Length;
            scored++;
        }

        double microseconds = clock.GetElapsedTime(start).TotalMicroseconds;
        return new EvaluationResult(total / (ScoreTokens.Voices * frames), perPiece / scored, frames, scored, microseconds / frames);
    }

    // -log softmax, in double: 73 floats lose nothing that matters, the sum over a corpus would.
    private static double Cost(ReadOnlySpan<float> logits, int token)
    {
        double top = TensorPrimitives.Max(logits);
        double sum = 0;
        foreach (float logit in logits) sum += Math.Exp(logit - top);
        return Math.Log(sum) + top - logits[token];
    }
}
