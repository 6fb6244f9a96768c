using Ambient.Composer.Models;

namespace Ambient.Composer.Tests;

public sealed class GuidanceTests
{
    [Fact]
    public void Guidance_goes_further_where_intent_leads_and_changes_nothing_without_intent()
    {
        var tense = new ScoreCondition { [Direction.IntentAxis.Tension] = 1 };
        using OnnxScoreModel plain = TinyModel.Load(guidance: 1);
        using OnnxScoreModel guided = TinyModel.Load(guidance: 3);
        float[] unasked = TinyModel.Frame(plain, new ScoreHistory(), new ScoreCondition(), 36);
        plain.Reset();
        float[] asked = TinyModel.Frame(plain, new ScoreHistory(), tense, 36);

        // Both rows share the scale of their int8 activations, hence the tolerance.
        float[] further = TinyModel.Frame(guided, new ScoreHistory(), tense, 36);
        for (int token = 0; token < asked.Length; token++) Assert.Equal(unasked[token] + (3 * (asked[token] - unasked[token])), further[token], 0.1);
        guided.Reset();
        float[] same = TinyModel.Frame(guided, new ScoreHistory(), new ScoreCondition(), 36);
        for (int token = 0; token < same.Length; token++) Assert.Equal(unasked[token], same[token], 0.02);
    }

    [Fact]
    public void A_melody_over_standing_chords_is_asked_and_not_pushed()
    {
        var high = new ScoreCondition { IsPaced = true, [Direction.IntentAxis.Register] = 1 };
        float[] asked = Soprano(guidance: 1);
        float[] guided = Soprano(guidance: 3);
        for (int token = 0; token < asked.Length; token++) Assert.Equal(asked[token], guided[token], 0.02);
        high.IsPaced = false;
        Assert.Contains(Soprano(guidance: 1).Zip(Soprano(guidance: 3)), pair => Math.Abs(pair.First - pair.Second) > 0.1);

        float[] Soprano(float guidance)
        {
            using OnnxScoreModel model = TinyModel.Load(guidance);
            var score = new ScoreHistory();
            float[] logits = new float[ScoreTokens.Vocabulary];
            model.BeginFrame(score, high);
            model.Logits(score, ScoreTokens.Soprano, logits);
            return logits;
        }
    }

    [Fact]
    public void A_wish_may_be_overstated_up_to_three_times()
    {
        Assert.NotEqual(Tension(-1), Tension(-2));
        Assert.Equal(Tension(-3), Tension(-4));

        static float[] Tension(double wish)
        {
            using OnnxScoreModel model = TinyModel.Load(guidance: 1);
            return TinyModel.Frame(model, new ScoreHistory(), new ScoreCondition { [Direction.IntentAxis.Tension] = wish }, 36);
        }
    }
}
