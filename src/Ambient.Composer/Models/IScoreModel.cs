namespace Ambient.Composer.Models;

/// <summary>Something that knows what may come next in a four-part score.</summary>
/// <remarks>
/// Once a frame <see cref="BeginFrame"/>, then <see cref="Logits"/> for each voice in <see cref="ScoreTokens.SamplingOrder"/>, the caller
/// writing its choice to the <see cref="ScoreHistory"/> in between. One thread at a time.
/// </remarks>
public interface IScoreModel : IDisposable
{
    /// <summary>What a person calls it.</summary>
    string Name { get; }

    /// <summary>Numbers in its memory; 0 for a model that reads nothing but the page.</summary>
    int StateLength { get; }

    /// <summary>Forgets all.</summary>
    void Reset();

    /// <summary>Reads the previous frame.</summary>
    void BeginFrame(ScoreHistory score, ScoreCondition condition);

    /// <summary>How likely each token is for a voice now, as logits (log-probabilities up to a constant).</summary>
    /// <param name="score">The page, with what was already chosen in this frame.</param>
    /// <param name="voice">0..3.</param>
    /// <param name="logits">Receives them, shape [73].</param>
    void Logits(ScoreHistory score, int voice, Span<float> logits);

    /// <summary>Copies its memory out, so that a plan can be taken back.</summary>
    /// <param name="state">Shape [<see cref="StateLength"/>].</param>
    void SaveState(Span<float> state);

    /// <summary>Puts a memory back.</summary>
    /// <param name="state">As <see cref="SaveState"/> wrote it.</param>
    void RestoreState(ReadOnlySpan<float> state);
}
