using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>Soft wind: brown noise above 100 Hz, -6 dB per octave from a corner that gusts move between 250 and 900 Hz.</summary>
/// <remarks>The channels share 60 % of their power, so the air is wide and a mono ceiling loses nothing.</remarks>
/// <param name="seed">Seed of noise and gusts.</param>
/// <param name="preset">Gusts and level.</param>
internal sealed class Noise(uint seed, PresetReader preset) : Texture(seed)
{
    private const int OwnQ15 = 26_754; // 0.816: correlation 1 / (1 + 0.816^2) = 0.6

    private readonly int _fullQ31 = preset.Decibels("levelDb") << 16;
    private readonly int _lowCents = preset.Frequency("lowHz", 100, 2_000);
    private readonly int _highCents = preset.Frequency("highHz", 100, 4_000);
    private SlowWalk _gust = new(preset.Ticks("shortestGustSeconds", 5, 60), preset.Ticks("longestGustSeconds", 5, 120)); // half a gust each: up, down
    private StateVariableFilter _floorLeft, _floorRight;
    private readonly StateVariableFilter.Coefficients _floor = StateVariableFilter.Coefficients.At(preset.Frequency("floorHz", 40, 400));
    private Q31 _softening;
    private Q31 _gain;
    private int _lowLeft, _lowRight;

    /// <inheritdoc/>
    protected override void Tick()
    {
        int gustQ31 = _gust.Next(ref Timbre.Random);
        int cutoffCents = (_lowCents + _highCents) / 2 + Timbre.CutoffShiftCents + (int)((long)(_highCents - _lowCents) / 2 * gustQ31 >> 31);

        // One-pole coefficient 2 pi f / fs, which is 2^32 to the turn read as Q31 times pi: good to 6 % at 900 Hz.
        _softening = new((int)(Pitch.PhaseStep(cutoffCents) * 3_217L >> 10));

        // A lower corner already takes power away; the rest of the +-3 dB comes from the gain, +-2.5 dB.
        _gain = new(_fullQ31 + (int)((long)gustQ31 * (_fullQ31 / 4) >> 31));
    }

    /// <inheritdoc/>
    protected override void RenderFrames(Span<int> left, Span<int> right)
    {
        int lowLeft = _lowLeft, lowRight = _lowRight;
        StateVariableFilter floorLeft = _floorLeft, floorRight = _floorRight;
        for (int i = 0; i < left.Length; i++)
        {
            int shared = Timbre.Random.NextQ31() >> 4; // Q31 -> Q27
            int ownLeft = (int)((long)(Timbre.Random.NextQ31() >> 4) * OwnQ15 >> 15);
            int ownRight = (int)((long)(Timbre.Random.NextQ31() >> 4) * OwnQ15 >> 15);
            lowLeft += _softening * (shared + ownLeft - lowLeft);
            lowRight += _softening * (shared + ownRight - lowRight);
            left[i] += _gain * floorLeft.HighPass(lowLeft, _floor) >> 4; // Q27 -> Q23
            right[i] += _gain * floorRight.HighPass(lowRight, _floor) >> 4;
        }

        _lowLeft = lowLeft;
        _lowRight = lowRight;
        _floorLeft = floorLeft;
        _floorRight = floorRight;
    }
}
