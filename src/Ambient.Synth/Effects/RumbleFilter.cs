using System.Runtime.CompilerServices;
using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Effects;

/// <summary>High-pass for both channels, 12 dB per octave; takes away DC and what no room speaker can play, and comes to exact rest.</summary>
/// <param name="cutoffCents">Cutoff in cents above MIDI note 0; 2 518 is 35 Hz.</param>
internal sealed class RumbleFilter(int cutoffCents) : IEffect
{
    private const int MaxQ23 = (4 << 23) - 1; // +12 dB: beyond that the limiter has nothing left to save
    private const int GuardBits = 5; // Q23 -> Q28: at 35 Hz the filter magnifies its own rounding by 50 dB
    private const int RestQ28 = 1 << 10; // -108 dB

    private readonly StateVariableFilter.Coefficients _filter = StateVariableFilter.Coefficients.At(cutoffCents);
    private StateVariableFilter _left;
    private StateVariableFilter _right;

    /// <inheritdoc/>
    public void Process(Span<int> left, Span<int> right)
    {
        // Both channels in one loop: while one waits for its product the other one works.
        StateVariableFilter leftFilter = _left, rightFilter = _right;
        StateVariableFilter.Coefficients filter = _filter;
        for (int i = 0; i < left.Length && i < right.Length; i++)
        {
            left[i] = Process(left[i], ref leftFilter, filter);
            right[i] = Process(right[i], ref rightFilter, filter);
        }

        _left = leftFilter;
        _right = rightFilter;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Process(int sampleQ23, ref StateVariableFilter state, in StateVariableFilter.Coefficients filter)
    {
        int inputQ23 = Math.Clamp(sampleQ23, -MaxQ23, MaxQ23);
        if (inputQ23 != 0 || !state.IsWithin(RestQ28)) return state.HighPass(inputQ23 << GuardBits, filter) >> GuardBits;
        state = default; // no limit cycle hums on
        return 0;
    }
}
