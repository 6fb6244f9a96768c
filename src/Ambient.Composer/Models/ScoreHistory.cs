namespace Ambient.Composer.Models;

/// <summary>What has been composed so far, as far as a model sees it: the previous frame, how long its tones are held, and the frame in the making.</summary>
/// <remarks>Kept outside the models, so that the music goes on when one model takes over from another. Allocates nothing after construction.</remarks>
public sealed class ScoreHistory
{
    /// <summary>Longest hold that is told apart, frames.</summary>
    public const int LongestHold = 16;

    /// <summary>Period of <see cref="Position"/>, frames: bars of 3, 4, 6, 8, 12 and 16 all divide it.</summary>
    public const int Cycle = 48;

    private readonly int[] _previous = new int[ScoreTokens.Voices];
    private readonly int[] _held = new int[ScoreTokens.Voices];
    private readonly int[] _chosen = new int[ScoreTokens.Voices];

    /// <summary>An empty page.</summary>
    public ScoreHistory() => Reset();

    /// <summary>Tokens of the previous frame, shape [4]; <see cref="ScoreTokens.None"/> at the start.</summary>
    public ReadOnlySpan<int> Previous => _previous;

    /// <summary>Frames for which each of <see cref="Previous"/> has been held, 1..16; 0 at the start.</summary>
    public ReadOnlySpan<int> Held => _held;

    /// <summary>Tokens chosen in this frame, shape [4]; <see cref="ScoreTokens.None"/> where not yet.</summary>
    public ReadOnlySpan<int> Chosen => _chosen;

    /// <summary>Frames since the start, modulo <see cref="Cycle"/>.</summary>
    public int Position { get; private set; }

    /// <summary>Turns to an empty page.</summary>
    public void Reset()
    {
        Array.Fill(_previous, ScoreTokens.None);
        Array.Fill(_chosen, ScoreTokens.None);
        Array.Clear(_held);
        Position = 0;
    }

    /// <summary>Writes a voice's token of this frame.</summary>
    public void Choose(int voice, int token)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(token);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(token, ScoreTokens.Vocabulary);
        _chosen[voice] = token;
    }

    /// <summary>Takes back what was chosen for some voices of this frame.</summary>
    public void Unchoose(ReadOnlySpan<int> voices)
    {
        foreach (int voice in voices) _chosen[voice] = ScoreTokens.None;
    }

    /// <summary>Closes the frame: what was chosen becomes the past.</summary>
    public void EndFrame()
    {
        for (int voice = 0; voice < ScoreTokens.Voices; voice++)
        {
            _held[voice] = _chosen[voice] == _previous[voice] ? Math.Min(_held[voice] + 1, LongestHold) : 1;
            _previous[voice] = _chosen[voice];
            _chosen[voice] = ScoreTokens.None;
        }

        Position = (Position + 1) % Cycle;
    }

    /// <summary>Becomes a copy of another page.</summary>
    public void CopyFrom(ScoreHistory other)
    {
        other._previous.CopyTo(_previous, 0);
        other._held.CopyTo(_held, 0);
        other._chosen.CopyTo(_chosen, 0);
        Position = other.Position;
    }
}
