using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>Steady rain: a bed of soft noise, drops that fall at random, and where the score has notes, a drop on that pitch.</summary>
/// <param name="seed">Seed of noise and drops.</param>
/// <param name="preset">Bed and drops.</param>
internal sealed class Rain(uint seed, PresetReader preset) : Texture(seed)
{
    private const int OwnQ15 = 26_754; // 0.816: correlation 0.6
    private const int LowestDropCents = 8_140; // 900 Hz
    private const int HighestDropCents = 11_108; // 5 kHz

    private readonly int _fullQ31 = (int)Math.Min(int.MaxValue, (long)preset.Decibels("levelDb") << 16);
    private readonly int _dropQ15 = preset.Decibels("dropDb");
    private readonly int _noteQ15 = preset.Decibels("noteDb");
    private readonly int _fewestDrops = preset.Whole("fewestDropsPerSecond", 0, 60);
    private readonly int _mostDrops = preset.Whole("mostDropsPerSecond", 0, 120);
    private readonly Grains _grains = new(capacity: 12);
    private readonly StateVariableFilter.Coefficients _floor = StateVariableFilter.Coefficients.At(preset.Frequency("floorHz", 40, 1_000));
    private readonly StateVariableFilter.Coefficients _ceiling = StateVariableFilter.Coefficients.At(preset.Frequency("ceilingHz", 1_000, 12_000));
    private SlowWalk _strength = new(20 * TicksPerSecond, 60 * TicksPerSecond);
    private SpeechSlope _left, _right;
    private StateVariableFilter _floorLeft, _floorRight, _ceilingLeft, _ceilingRight;
    private Q31 _gain;

    /// <summary>Lets a drop fall on a pitch, such as one of the scale.</summary>
    public override void NoteOn(in ScoreEvent scoreEvent)
    {
        long levelQ31 = (long)Math.Clamp(scoreEvent.ValueQ15, 0, ScoreEvent.UnityQ15) * _noteQ15 << 1;
        _grains.Start(scoreEvent.PitchCents, (int)Math.Min(levelQ31, int.MaxValue), SynthEngine.SampleRateHz / 4, StereoGain.At(scoreEvent.PanQ15));
    }

    /// <inheritdoc/>
    protected override void Tick()
    {
        _grains.Tick();
        int strengthQ31 = _strength.Next(ref Timbre.Random);
        _gain = new(_fullQ31 - _fullQ31 / 6 + (int)((long)strengthQ31 * (_fullQ31 / 6) >> 31)); // up to 1.5 dB each way

        // So many drops a second at random: in this tick one with a chance of their share of the tick.
        int dropsQ15 = ((_fewestDrops + _mostDrops) << 14) + (int)((long)((_mostDrops - _fewestDrops) << 14) * strengthQ31 >> 31);
        if (Timbre.Random.NextBetween(0, TicksPerSecond << 15) >= dropsQ15) return;
        int cents = Timbre.Random.NextBetween(LowestDropCents, HighestDropCents) + Timbre.CutoffShiftCents / 2;
        int fallQ15 = Exp2Table.PowerQ15(-Timbre.Random.NextBetween(0, 3 << 15)); // most are small
        int levelQ31 = (int)Math.Min(int.MaxValue, (long)_dropQ15 * fallQ15 << 1);
        _grains.Start(cents, levelQ31, Timbre.Random.NextBetween(200, 900), StereoGain.At(Timbre.Random.NextBetween(-26_000, 26_000)));
    }

    /// <inheritdoc/>
    protected override void RenderFrames(Span<int> left, Span<int> right)
    {
        SpeechSlope slopeLeft = _left, slopeRight = _right;
        StateVariableFilter floorLeft = _floorLeft, floorRight = _floorRight, ceilingLeft = _ceilingLeft, ceilingRight = _ceilingRight;
        Q31 gain = _gain;
        for (int i = 0; i < left.Length; i++)
        {
            int shared = Timbre.Random.NextQ31() >> 3; // Q31 -> Q28
            int ownLeft = (int)((long)(Timbre.Random.NextQ31() >> 3) * OwnQ15 >> 15);
            int ownRight = (int)((long)(Timbre.Random.NextQ31() >> 3) * OwnQ15 >> 15);
            int bedLeft = ceilingLeft.LowPass(floorLeft.HighPass(slopeLeft.Next(shared + ownLeft), _floor), _ceiling);
            int bedRight = ceilingRight.LowPass(floorRight.HighPass(slopeRight.Next(shared + ownRight), _floor), _ceiling);
            left[i] += gain * bedLeft; // Q28 -> Q23 and 30 dB more, which the slope takes away
            right[i] += gain * bedRight;
        }

        _left = slopeLeft;
        _right = slopeRight;
        _floorLeft = floorLeft;
        _floorRight = floorRight;
        _ceilingLeft = ceilingLeft;
        _ceilingRight = ceilingRight;
        _grains.Render(left, right);
    }
}
