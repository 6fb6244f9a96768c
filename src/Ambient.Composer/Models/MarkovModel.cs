namespace Ambient.Composer.Models;

/// <summary>A table of which token follows which, voice by voice: the yardstick that a network has to beat.</summary>
public sealed class MarkovModel : IScoreModel
{
    private const double BackOff = 1; // how many observations the plain frequency of a token is worth
    private const double Unseen = 0.05; // observations of every token that was never seen

    private readonly float[][][] _logits;

    private MarkovModel(float[][][] logits) => _logits = logits;

    /// <inheritdoc/>
    public string Name => "markov";

    /// <inheritdoc/>
    public int StateLength => 0;

    /// <summary>Counts scores.</summary>
    /// <param name="pieces">Tokens, shape [pieces][frames][4].</param>
    /// <param name="framesPerStep">1 counts every frame; 4 every beat of 16ths, the rate that is played.</param>
    public static MarkovModel Train(int[][][] pieces, int framesPerStep = 1)
    {
        float[][][] logits = [.. Enumerable.Range(0, ScoreTokens.Voices).Select(voice => Table(pieces, voice, framesPerStep))];
        return new MarkovModel(logits);
    }

    /// <inheritdoc/>
    public void Reset()
    {
    }

    /// <inheritdoc/>
    public void BeginFrame(ScoreHistory score, ScoreCondition condition)
    {
    }

    /// <inheritdoc/>
    public void Logits(ScoreHistory score, int voice, Span<float> logits) => _logits[voice][score.Previous[voice]].CopyTo(logits);

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

    private static float[][] Table(int[][][] pieces, int voice, int framesPerStep)
    {
        double[][] counts = [.. Enumerable.Range(0, ScoreTokens.Vocabulary + 1).Select(_ => new double[ScoreTokens.Vocabulary])];
        double[] plain = new double[ScoreTokens.Vocabulary];
        Array.Fill(plain, Unseen);
        foreach (int[][] piece in pieces)
        {
            int previous = ScoreTokens.None;
            for (int frame = 0; frame < piece.Length; frame += framesPerStep)
            {
                int token = piece[frame][voice];
                counts[previous][token]++;
                plain[token]++;
                previous = token;
            }
        }

        double all = plain.Sum();
        return [.. counts.Select(row =>
        {
            double seen = row.Sum();
            return row.Select((count, token) => (float)Math.Log((count + (BackOff * plain[token] / all)) / (seen + BackOff))).ToArray();
        })];
    }
}
