using Ambient.Composer.Direction;

namespace Ambient.Composer.Models;

/// <summary>Counts on a four-part score what the network is asked for: the same quantities by which training windows were labelled.</summary>
/// <remarks>Source of the definitions: <c>models/training/corpus.py</c>, <c>intents_of</c>. Allocates nothing after construction.</remarks>
internal sealed class IntentTally
{
    /// <summary>How many axes are counted: the first of <see cref="IntentAxis"/>.</summary>
    public const int Axes = 6;

    // By interval above the lower note, modulo the octave: 0 consonant to 1 harsh.
    private static readonly float[] Dissonance = [0, 1.0f, 0.6f, 0.1f, 0.05f, 0.15f, 0.7f, 0, 0.1f, 0.05f, 0.4f, 0.8f];

    private readonly float[] _counts = new float[2 * Axes]; // per axis what is counted, then among how many
    private readonly int[] _before = new int[ScoreTokens.Voices];

    /// <summary>An empty tally.</summary>
    public IntentTally() => Clear();

    /// <summary>Numbers in its memory.</summary>
    public static int StateLength => (2 * Axes) + ScoreTokens.Voices;

    /// <summary>How harsh an interval is, 0..1.</summary>
    /// <param name="semitones">Either way.</param>
    public static float DissonanceOf(int semitones) => Dissonance[Math.Abs(semitones) % 12];

    /// <summary>Forgets all.</summary>
    public void Clear()
    {
        Array.Clear(_counts);
        Array.Fill(_before, ScoreTokens.None);
    }

    /// <summary>Lets everything that was counted count less.</summary>
    /// <param name="kept">Share that is left, 0..1.</param>
    public void Fade(float kept)
    {
        foreach (ref float count in _counts.AsSpan()) count *= kept;
    }

    /// <summary>The measure of an axis; null where there was nothing to measure it on.</summary>
    public float? Of(IntentAxis axis) => _counts[Axes + (int)axis] > 0 ? _counts[(int)axis] / _counts[Axes + (int)axis] : null;

    /// <summary>Counts a frame.</summary>
    /// <param name="frame">Tokens, shape [4]; an empty page counts nothing.</param>
    public void Add(ReadOnlySpan<int> frame)
    {
        if (frame[ScoreTokens.Soprano] != ScoreTokens.None) Count(frame);
        frame.CopyTo(_before);
    }

    /// <summary>Copies its memory out.</summary>
    public void Save(Span<float> state)
    {
        _counts.CopyTo(state);
        for (int voice = 0; voice < ScoreTokens.Voices; voice++) state[_counts.Length + voice] = _before[voice];
    }

    /// <summary>Puts a memory back.</summary>
    public void Restore(ReadOnlySpan<float> state)
    {
        state[.._counts.Length].CopyTo(_counts);
        for (int voice = 0; voice < ScoreTokens.Voices; voice++) _before[voice] = (int)state[_counts.Length + voice];
    }

    private void Count(ReadOnlySpan<int> frame)
    {
        bool isFirst = _before[ScoreTokens.Soprano] == ScoreTokens.None;
        int lowest = LowestOf(frame);
        Count(IntentAxis.Polyphony, 0, 1);
        for (int voice = 0; voice < ScoreTokens.Voices; voice++)
        {
            int token = frame[voice];
            if (!ScoreTokens.IsPitch(token)) continue;
            bool hasMoved = !isFirst && token != _before[voice];
            Count(IntentAxis.Density, hasMoved ? 1 : 0, 1);
            Count(IntentAxis.Register, ScoreTokens.ToPitch(token), 1);
            Count(IntentAxis.Polyphony, 1, 0);
            if (hasMoved) Count(IntentAxis.HarmonicRhythm, voice == ScoreTokens.Soprano ? 0 : 1, 1);
            for (int other = voice + 1; other < ScoreTokens.Voices; other++)
            {
                if (ScoreTokens.IsPitch(frame[other])) Count(IntentAxis.Tension, DissonanceOf(token - frame[other]), 1);
            }

            int third = (token - lowest) % 12;
            if (third is 3 or 4) Count(IntentAxis.Mode, third == 4 ? 1 : -1, 1);
        }
    }

    private static int LowestOf(ReadOnlySpan<int> frame)
    {
        int lowest = int.MaxValue;
        foreach (int token in frame) lowest = ScoreTokens.IsPitch(token) ? Math.Min(lowest, token) : lowest;
        return lowest;
    }

    private void Count(IntentAxis axis, float counted, float among)
    {
        _counts[(int)axis] += counted;
        _counts[Axes + (int)axis] += among;
    }
}
