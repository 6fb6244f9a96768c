using System.Runtime.CompilerServices;
using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Effects;

/// <summary>Low shelf, high shelf and one bell for both channels; comes to exact rest.</summary>
/// <remarks>Each adds a filtered share of the signal to itself: x + (G - 1) low(x), x + (G - 1) (x - low(x)), x + (G - 1) band(x), so that G = 1 is exactly nothing.</remarks>
internal sealed class ToneFilter : IEffect
{
    private const int MaxQ23 = 2 << 23; // +6 dB; the programme stays below -6
    private const int MaxHeardQ23 = 8 << 23;
    private const int GuardBits = 2; // Q23 -> Q25: all three at their highest on one tone stay within +-64
    private const int RestQ25 = 1 << 9; // -96 dB
    private const uint LowHz = 200, HighHz = 4_000;
    private const int DecibelQ15 = 5_443; // log2 of 1 dB

    private readonly Q31 _lowCorner = OnePole(LowHz), _highCorner = OnePole(HighHz);
    private readonly int _lowQ15, _highQ15, _bellQ15; // G - 1
    private readonly StateVariableFilter.Coefficients _bell;
    private State _left, _right;

    /// <summary>Makes a filter at rest.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of the range that <see cref="ToneSettings"/> names.</exception>
    public ToneFilter(ToneSettings tone)
    {
        _lowQ15 = GainLessOneQ15(tone.LowDb);
        _highQ15 = GainLessOneQ15(tone.HighDb);
        _bellQ15 = GainLessOneQ15(tone.BellDb);
        ArgumentOutOfRangeException.ThrowIfLessThan(tone.BellHz, 80, nameof(tone));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tone.BellHz, 8_000, nameof(tone));
        ArgumentOutOfRangeException.ThrowIfLessThan(tone.BellQ, 1, nameof(tone));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(tone.BellQ, 8, nameof(tone));
        int cents = 0;
        while (Pitch.PhaseStep(cents) < (uint)tone.BellHz * Pitch.StepPerHertz) cents++;
        _bell = StateVariableFilter.Coefficients.At(cents, (1 << 30) / tone.BellQ);
    }

    /// <inheritdoc/>
    public void Process(Span<int> left, Span<int> right)
    {
        State leftState = _left, rightState = _right;
        for (int i = 0; i < left.Length && i < right.Length; i++)
        {
            left[i] = Process(left[i], ref leftState);
            right[i] = Process(right[i], ref rightState);
        }

        _left = leftState;
        _right = rightState;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Process(int sampleQ23, ref State state)
    {
        if (sampleQ23 == 0 && state.IsAtRest)
        {
            state = default; // no limit cycle hums on
            return 0;
        }

        int sample = Math.Clamp(sampleQ23, -MaxQ23, MaxQ23) << GuardBits;
        sample += (int)((long)_lowQ15 * LowPass(sample, ref state.Low, _lowCorner) >> 15);
        sample += (int)((long)_highQ15 * (sample - LowPass(sample, ref state.High, _highCorner)) >> 15);
        sample += (int)((long)_bellQ15 * state.Bell.BandPass(sample, _bell) >> 15);
        return Math.Clamp((sample + (1 << (GuardBits - 1))) >> GuardBits, -MaxHeardQ23, MaxHeardQ23);
    }

    // Trapezoidal, as the filters of second order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int LowPass(int sample, ref int state, Q31 corner)
    {
        int half = corner * (sample - state);
        int low = state + half;
        state = low + half;
        return low;
    }

    // g / (1 + g) with g = tan(pi f / fs) = s / c.
    private static Q31 OnePole(uint hertz)
    {
        uint halfStep = hertz * Pitch.StepPerHertz / 2;
        long sine = SineTable.At(halfStep), cosine = SineTable.CosineAt(halfStep);
        return new((int)((sine << 31) / (sine + cosine)));
    }

    private static int GainLessOneQ15(int decibels)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Math.Abs(decibels), 9, nameof(decibels));
        return Exp2Table.PowerQ15(decibels * DecibelQ15) - 32_768;
    }

    private struct State
    {
        public int Low, High;
        public StateVariableFilter Bell;

        public readonly bool IsAtRest => Math.Abs(Low) < RestQ25 && Math.Abs(High) < RestQ25 && Bell.IsWithin(RestQ25);
    }
}
