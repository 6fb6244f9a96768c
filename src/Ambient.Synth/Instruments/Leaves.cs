using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>Leaves in a breeze: high noise that swells and dies on each side in its own time, and dry crackles where it is strongest.</summary>
/// <param name="seed">Seed of noise, breeze and crackles.</param>
/// <param name="preset">Band, breeze and crackles.</param>
internal sealed class Leaves(uint seed, PresetReader preset) : Texture(seed)
{
    private readonly int _fullQ31 = (int)Math.Min(int.MaxValue, (long)preset.Decibels("levelDb") << 16);
    private readonly int _crackleQ15 = preset.Decibels("crackleDb");
    private readonly int _crackles = preset.Whole("cracklesPerSecond", 0, 60);
    private readonly int _floorCents = preset.Frequency("floorHz", 500, 4_000);
    private readonly int _ceilingCents = preset.Frequency("ceilingHz", 1_000, 12_000);
    private readonly Grains _grains = new(capacity: 8);
    private SlowWalk _breeze = new(4 * TicksPerSecond, 12 * TicksPerSecond);
    private SlowWalk _flutterLeft = new(TicksPerSecond / 4, TicksPerSecond); // below 2 Hz
    private SlowWalk _flutterRight = new(TicksPerSecond / 4, TicksPerSecond);
    private StateVariableFilter.Coefficients _floor, _ceiling;
    private StateVariableFilter _floorLeft, _floorRight, _ceilingLeft, _ceilingRight;
    private int _gainLeftQ31, _gainRightQ31, _stepLeft, _stepRight;

    /// <inheritdoc/>
    protected override void Tick()
    {
        _grains.Tick();
        _floor = StateVariableFilter.Coefficients.At(_floorCents + Timbre.CutoffShiftCents / 2);
        _ceiling = StateVariableFilter.Coefficients.At(_ceilingCents + Timbre.CutoffShiftCents / 2);
        int breezeQ31 = (_breeze.Next(ref Timbre.Random) >> 1) + (1 << 30); // 0..1
        _stepLeft = (Swell(breezeQ31, _flutterLeft.Next(ref Timbre.Random)) - _gainLeftQ31) / Voice.TickFrames;
        _stepRight = (Swell(breezeQ31, _flutterRight.Next(ref Timbre.Random)) - _gainRightQ31) / Voice.TickFrames;
        long chanceQ31 = (long)_crackles * breezeQ31 / TicksPerSecond;
        if (Timbre.Random.Next() >> 1 >= chanceQ31) return;
        int levelQ31 = (int)Math.Min(int.MaxValue, (long)_crackleQ15 * Exp2Table.PowerQ15(-Timbre.Random.NextBetween(0, 3 << 15)) << 1);
        _grains.Start(Timbre.Random.NextBetween(10_200, 11_600), levelQ31, Timbre.Random.NextBetween(60, 240), StereoGain.At(Timbre.Random.NextBetween(-30_000, 30_000)));
    }

    /// <inheritdoc/>
    protected override void RenderFrames(Span<int> left, Span<int> right)
    {
        StateVariableFilter floorLeft = _floorLeft, floorRight = _floorRight, ceilingLeft = _ceilingLeft, ceilingRight = _ceilingRight;
        int gainLeft = _gainLeftQ31, gainRight = _gainRightQ31;
        for (int i = 0; i < left.Length; i++)
        {
            int shared = Timbre.Random.NextQ31() >> 5; // Q31 -> Q26
            int rightQ26 = shared + (Timbre.Random.NextQ31() >> 5);
            int leftQ26 = shared + (Timbre.Random.NextQ31() >> 5);
            left[i] += new Q31(gainLeft) * ceilingLeft.LowPass(floorLeft.HighPass(leftQ26, _floor), _ceiling) >> 3; // Q26 -> Q23
            right[i] += new Q31(gainRight) * ceilingRight.LowPass(floorRight.HighPass(rightQ26, _floor), _ceiling) >> 3;
            gainLeft += _stepLeft;
            gainRight += _stepRight;
        }

        _floorLeft = floorLeft;
        _floorRight = floorRight;
        _ceilingLeft = ceilingLeft;
        _ceilingRight = ceilingRight;
        _gainLeftQ31 = gainLeft;
        _gainRightQ31 = gainRight;
        _grains.Render(left, right);
    }

    // From a whisper, -14 dB, to all of it.
    private int Swell(int breezeQ31, int flutterQ31)
    {
        long strengthQ31 = (long)breezeQ31 * ((1L << 30) + (flutterQ31 >> 1)) >> 31;
        return (int)(_fullQ31 / 5 + (_fullQ31 / 5 * 4) * strengthQ31 / int.MaxValue);
    }
}
