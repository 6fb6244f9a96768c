namespace Ambient.Composer.Models;

/// <summary>Composes by rule when no trained model can: holds common tones, moves by small steps, likes consonance and chord tones over the bass.</summary>
public sealed class RuleModel : IScoreModel
{
    private const float HoldBonus = 1.5f;
    private const float StepCost = 0.22f; // per semitone
    private const float RestLogit = -4f;

    // Liking of an interval between two voices, by semitones modulo 12.
    private static readonly float[] Liking = [0f, -3f, -0.6f, 0.5f, 0.6f, 0.3f, -2f, 0.8f, 0.3f, 0.5f, -0.3f, -1f];

    // Where each voice feels at home, MIDI note.
    private static readonly int[] Centre = [70, 63, 56, 46];

    /// <inheritdoc/>
    public string Name => "rules";

    /// <inheritdoc/>
    public int StateLength => 0;

    /// <inheritdoc/>
    public void Reset()
    {
    }

    /// <inheritdoc/>
    public void BeginFrame(ScoreHistory score, ScoreCondition condition)
    {
    }

    /// <inheritdoc/>
    public void Logits(ScoreHistory score, int voice, Span<float> logits)
    {
        int previous = score.Previous[voice];
        for (int token = 0; token < ScoreTokens.PitchCount; token++)
        {
            float distance = ScoreTokens.ToPitch(token) - Centre[voice];
            float logit = -0.01f * distance * distance;
            if (ScoreTokens.IsPitch(previous)) logit += token == previous ? HoldBonus : -StepCost * Math.Abs(token - previous);
            for (int other = 0; other < ScoreTokens.Voices; other++)
            {
                if (other == voice) continue;
                int sounding = score.Chosen[other] == ScoreTokens.None ? score.Previous[other] : score.Chosen[other];
                if (!ScoreTokens.IsPitch(sounding)) continue;
                logit += Liking[Math.Abs(token - sounding) % 12] * (other == ScoreTokens.Bass ? 1f : 0.5f);
            }

            logits[token] = logit;
        }

        logits[ScoreTokens.Silent] = RestLogit;
    }

    /// <inheritdoc/>
    public void SaveState(Span<float> state)
    {
    }

    /// <inheritdoc/>
    public void RestoreState(ReadOnlySpan<float> state)
    {
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
