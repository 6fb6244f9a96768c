using Ambient.Composer.Direction;

namespace Ambient.Composer.Models;

/// <summary>Listens to what the network has written and asks for more, or less, until that is what was wished for.</summary>
/// <remarks>
/// What has been written counts for some <see cref="MemoryFrames"/> frames, in the units of training (<see cref="IntentScale"/>).
/// The gap to the wish is integrated, bounded, and added to the wish: an integral controller around the network, without which its own
/// habits win where wishes are unusual together. Deterministic; allocates nothing.
/// </remarks>
internal sealed class IntentSteering(IntentScale scale)
{
    /// <summary>Most that a wish is overstated, on the scale of -1..1.</summary>
    public const float MostCorrection = 2.5f;

    /// <summary>The same of mode: a network keeps to the mode in which it is, and takes more to move.</summary>
    public const float MostModeCorrection = 6;

    private const float MemoryFrames = 24;
    private const float Gain = 0.06f; // of the gap, a frame
    private const float ModeGain = 3 * Gain;

    private readonly IntentTally _written = new();
    private readonly float[] _corrections = new float[IntentTally.Axes];

    /// <summary>Numbers in its memory.</summary>
    public static int StateLength => IntentTally.StateLength + IntentTally.Axes;

    /// <summary>Forgets all.</summary>
    public void Reset()
    {
        _written.Clear();
        Array.Clear(_corrections);
    }

    /// <summary>What to ask the network for so that a wish comes true.</summary>
    public float Ask(IntentAxis axis, double wish) => (float)wish + _corrections[(int)axis];

    /// <summary>Hears a frame that was written, and corrects.</summary>
    /// <param name="frame">Tokens, shape [4].</param>
    /// <param name="condition">What was wished for.</param>
    public void Hear(ReadOnlySpan<int> frame, ScoreCondition condition)
    {
        _written.Fade(1 - (1 / MemoryFrames));
        _written.Add(frame);
        for (int i = 0; i < _corrections.Length; i++)
        {
            var axis = (IntentAxis)i;
            if (condition[axis] is not { } wish || condition.IsPaced)
            {
                _corrections[i] = 0;
                continue;
            }

            if (_written.Of(axis) is not { } written) continue;
            float gap = (float)Math.Clamp(wish, -1, 1) - scale.Apply(axis, written);
            (float gain, float most) = axis == IntentAxis.Mode ? (ModeGain, MostModeCorrection) : (Gain, MostCorrection);
            _corrections[i] = Math.Clamp(_corrections[i] + (gain * gap), -most, most);
        }
    }

    /// <summary>Copies its memory out.</summary>
    public void Save(Span<float> state)
    {
        _written.Save(state);
        _corrections.CopyTo(state[IntentTally.StateLength..]);
    }

    /// <summary>Puts a memory back.</summary>
    public void Restore(ReadOnlySpan<float> state)
    {
        _written.Restore(state);
        state.Slice(IntentTally.StateLength, _corrections.Length).CopyTo(_corrections);
    }
}
