using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>Wind around a house: brown noise through a resonance that gusts push up and down, each side in its own time, and a whistle in the strongest of them.</summary>
/// <param name="seed">Seed of noise and gusts.</param>
/// <param name="preset">Resonances and gusts.</param>
internal sealed class Wind(uint seed, PresetReader preset) : Texture(seed)
{
    private const int BrownQ31 = 14_000_000; // 50 Hz
    private const int OwnQ15 = 26_754; // 0.816: correlation 0.6

    private readonly int _fullQ31 = (int)Math.Min(int.MaxValue, (long)preset.Decibels("levelDb") << 16);
    private readonly int _lowCents = preset.Frequency("lowHz", 100, 2_000);
    private readonly int _highCents = preset.Frequency("highHz", 100, 4_000);
    private readonly int _dampingQ30 = preset.Damping("resonance", 0.5m, 8);
    private readonly int _whistleQ15 = preset.Decibels("whistleDb");
    private readonly int _whistleAboveCents = preset.Ratio("whistleRatio", 1, 6);
    private SlowWalk _gust = new(preset.Ticks("shortestGustSeconds", 3, 60), preset.Ticks("longestGustSeconds", 5, 120));
    private SlowWalk _swing = new(4 * TicksPerSecond, 11 * TicksPerSecond);
    private StateVariableFilter.Coefficients _bandLeft, _bandRight, _whistleBand;
    private StateVariableFilter _left, _right, _whistle;
    private Q31 _gain, _whistleGain;
    private int _brownLeft, _brownRight;

    /// <inheritdoc/>
    protected override void Tick()
    {
        int gustQ31 = _gust.Next(ref Timbre.Random);
        int swingCents = (int)(300L * _swing.Next(ref Timbre.Random) >> 31);
        int cents = (_lowCents + _highCents) / 2 + Timbre.CutoffShiftCents + (int)((long)(_highCents - _lowCents) / 2 * gustQ31 >> 31);
        _bandLeft = StateVariableFilter.Coefficients.At(cents + swingCents, _dampingQ30);
        _bandRight = StateVariableFilter.Coefficients.At(cents - swingCents, _dampingQ30);
        _gain = new(_fullQ31 / 10 * 7 + (int)((long)gustQ31 * (_fullQ31 / 10 * 2) >> 31)); // 3 dB each way around -3 dB
        int strongQ31 = Math.Max(0, gustQ31);
        _whistleBand = StateVariableFilter.Coefficients.At(cents + _whistleAboveCents + swingCents, 1 << 26); // Q 16
        _whistleGain = new Q31(strongQ31) * new Q31(strongQ31);
    }

    /// <inheritdoc/>
    protected override void RenderFrames(Span<int> left, Span<int> right)
    {
        int brownLeft = _brownLeft, brownRight = _brownRight;
        StateVariableFilter bandLeft = _left, bandRight = _right, whistleState = _whistle;
        Q31 brown = new(BrownQ31), gain = _gain, whistleGain = _whistleGain;
        long whistleQ15 = _whistleQ15;
        for (int i = 0; i < left.Length; i++)
        {
            int shared = Timbre.Random.NextQ31() >> 3; // Q31 -> Q28
            int ownLeft = (int)((long)(Timbre.Random.NextQ31() >> 3) * OwnQ15 >> 15);
            int ownRight = (int)((long)(Timbre.Random.NextQ31() >> 3) * OwnQ15 >> 15);
            brownLeft += brown * (shared + ownLeft - brownLeft);
            brownRight += brown * (shared + ownRight - brownRight);
            int whistle = (int)((whistleGain * whistleState.BandPass((brownLeft + brownRight) / 2, _whistleBand)) * whistleQ15 >> 15);
            left[i] += gain * (bandLeft.BandPass(brownLeft, _bandLeft) + whistle); // Q28 -> Q23 and 30 dB more, which brown takes away
            right[i] += gain * (bandRight.BandPass(brownRight, _bandRight) + whistle);
        }

        _brownLeft = brownLeft;
        _brownRight = brownRight;
        _left = bandLeft;
        _right = bandRight;
        _whistle = whistleState;
    }
}
