namespace Ambient.Composer.Models;

/// <summary>Knows nothing: every token is as likely as any other. What remains of the music then is the work of the constraints.</summary>
public sealed class UniformModel : IScoreModel
{
    /// <inheritdoc/>
    public string Name => "uniform";

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
    public void Logits(ScoreHistory score, int voice, Span<float> logits) => logits.Clear();

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
