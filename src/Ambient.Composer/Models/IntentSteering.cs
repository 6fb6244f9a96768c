using Ambient.Composer.Direction;

namespace Ambient.Composer.Models;

/// <summary>Listens to what the network has written and asks for more, or less, until that is what was wished for.</summary>
/// <remarks>
/// What has been written counts with a half-life of some <see cref="MemoryFrames"/> frames, in the units of training (<see cref="IntentScale"/>).
/// The gap to the wish is integrated, bounded, and added to the wish: an integral controller around the network, without which its own
/// habits win where wishes are unusual together. Deterministic; allocates nothing.
/// </remarks>
internal sealed class IntentSteering(IntentScale scale)
{
    /// <summary>Most that a wish is overstated, on the scale of -1..1.</summary>
    public const float MostCorrection = 2.5f;

    private const float MemoryFrames = 24;
    private const float Gain = 0.06f; // of the gap, a frame
    private const int Measures = 6;

    // Numerators and denominators of the measures in models/training/corpus.py, intents_of; then the corrections.
    private readonly float[] _state = new float[3 * Measures];
    private readonly int[] _before = [ScoreTokens.None, ScoreTokens.None, ScoreTokens.None, ScoreTokens.None];

    /// <summary>Numbers in its memory.</summary>
    public static int StateLength => (3 * Measures) + ScoreTokens.Voices;

    private Span<float> Up => _state.AsSpan(0, Measures);

    private Span<float> Down => _state.AsSpan(Measures, Measures);

    private Span<float> Corrections => _state.AsSpan(2 * Measures, Measures);

    /// <summary>Forgets all.</summary>
    public void Reset()
    {
        Array.Clear(_state);
        Array.Fill(_before, ScoreTokens.None);
    }

    /// <summary>What to ask the network for so that a wish comes true.</summary>
    public float Ask(IntentAxis axis, double wish) => (float)wish + Corrections[(int)axis];

    /// <summary>Hears a frame that was written, and corrects.</summary>
    /// <param name="frame">Tokens, shape [4].</param>
    /// <param name="condition">What was wished for.</param>
    public void Hear(ReadOnlySpan<int> frame, ScoreCondition condition)
    {
        const float Kept = 1 - (1 / MemoryFrames);
        foreach (ref float value in _state.AsSpan(0, 2 * Measures)) value *= Kept;
        if (ScoreTokens.IsPitch(frame[0]) || frame[0] == ScoreTokens.Silent) Measure(frame);
        frame.CopyTo(_before);
        for (int axis = 0; axis < Measures; axis++)
        {
            ref float correction = ref Corrections[axis];
            if (condition[(IntentAxis)axis] is not { } wish || (condition.IsPaced && IsPace((IntentAxis)axis)))
            {
                correction = 0;
                continue;
            }

            if (Down[axis] <= 0) continue;
            float gap = (float)Math.Clamp(wish, -1, 1) - scale.Apply((IntentAxis)axis, Up[axis] / Down[axis]);
            correction = Math.Clamp(correction + (Gain * gap), -MostCorrection, MostCorrection);
        }
    }

    /// <summary>Copies its memory out.</summary>
    public void Save(Span<float> state)
    {
        _state.CopyTo(state);
        for (int voice = 0; voice < ScoreTokens.Voices; voice++) state[_state.Length + voice] = _before[voice];
    }

    /// <summary>Puts a memory back.</summary>
    public void Restore(ReadOnlySpan<float> state)
    {
        state[.._state.Length].CopyTo(_state);
        for (int voice = 0; voice < ScoreTokens.Voices; voice++) _before[voice] = (int)state[_state.Length + voice];
    }

    private static bool IsPace(IntentAxis axis) => axis is IntentAxis.Density or IntentAxis.Polyphony or IntentAxis.HarmonicRhythm;

    private void Measure(ReadOnlySpan<int> frame)
    {
        int bass = frame[ScoreTokens.Bass];
        Down[(int)IntentAxis.Polyphony]++;
        for (int voice = 0; voice < ScoreTokens.Voices; voice++)
        {
            int token = frame[voice];
            if (!ScoreTokens.IsPitch(token)) continue;
            Add(IntentAxis.Density, token == _before[voice] ? 0 : 1, 1);
            Add(IntentAxis.Register, ScoreTokens.ToPitch(token), 1);
            Add(IntentAxis.Polyphony, 1, 0);
            if (token != _before[voice]) Add(IntentAxis.HarmonicRhythm, voice == ScoreTokens.Soprano ? 0 : 1, 1);
            for (int other = voice + 1; other < ScoreTokens.Voices; other++)
            {
                if (!ScoreTokens.IsPitch(frame[other])) continue;
                Add(IntentAxis.Tension, IntentScale.DissonanceOf(token - frame[other]), 1);
            }

            if (voice == ScoreTokens.Bass || !ScoreTokens.IsPitch(bass)) continue;
            int third = (token - bass + (8 * 12)) % 12;
            if (third is 3 or 4) Add(IntentAxis.Mode, third == 4 ? 1 : -1, 1);
        }
    }

    private void Add(IntentAxis axis, float up, float down)
    {
        Up[(int)axis] += up;
        Down[(int)axis] += down;
    }
}
