using Ambient.Composer.Models;

namespace Ambient.Composer.Tests;

/// <summary>Networks of the shipped shape with random weights (tools/tiny_model.py).</summary>
internal static class TinyModel
{
    public static string Folder => Path.Combine(Some.Root, "tests", "data", "tiny-model");

    public static OnnxScoreModel Load(float guidance = OnnxScoreModel.DefaultGuidance) => OnnxScoreModel.Load(Folder, guidance);

    /// <summary>Chooses one token for every voice and returns the logits of the last one.</summary>
    public static float[] Frame(OnnxScoreModel model, ScoreHistory score, ScoreCondition condition, int token)
    {
        float[] logits = new float[ScoreTokens.Vocabulary];
        model.BeginFrame(score, condition);
        foreach (int voice in ScoreTokens.SamplingOrder)
        {
            model.Logits(score, voice, logits);
            score.Choose(voice, token);
        }

        score.EndFrame();
        return logits;
    }
}
