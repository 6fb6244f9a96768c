using System.Runtime.CompilerServices;

namespace Ambient.Synth.Arithmetic;

/// <summary>A parameter that never steps: it moves in a straight line to its target, frame by frame.</summary>
/// <remarks>46 fraction bits let even a ramp of 2^31 frames over one Q15 unit move at an exact, steady pace.</remarks>
/// <param name="valueQ15">Where it starts; 32 768 is 1.0.</param>
/// <param name="minRampFrames">Shortest ramp, so that an abrupt change asked for still does not click.</param>
internal struct Glide(int valueQ15, int minRampFrames)
{
    private const int ExtraBits = 31;

    private long _valueQ46 = (long)valueQ15 << ExtraBits;
    private long _stepQ46;
    private int _framesLeft;
    private int _targetQ15 = valueQ15;

    /// <summary>Where it is now, Q15.</summary>
    public readonly int ValueQ15 => (int)(_valueQ46 >> ExtraBits);

    /// <summary>Where it is now with eight more fraction bits, Q23: gains need them to sound smooth.</summary>
    public readonly int ValueQ23 => (int)(_valueQ46 >> (ExtraBits - 8));

    /// <summary>Where it is now as a coefficient, Q31; 1.0 is the largest there is.</summary>
    public readonly int ValueQ31 => (int)Math.Min(_valueQ46 >> (ExtraBits - 16), int.MaxValue);

    /// <summary>Whether it has arrived.</summary>
    public readonly bool HasSettled => _framesLeft == 0;

    /// <summary>Starts towards <paramref name="targetQ15"/> from wherever it is.</summary>
    public void To(int targetQ15, int rampFrames)
    {
        _targetQ15 = targetQ15;
        _framesLeft = Math.Max(rampFrames, minRampFrames);
        _stepQ46 = (((long)targetQ15 << ExtraBits) - _valueQ46) / _framesLeft;
    }

    /// <summary>Moves on by one frame.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance()
    {
        if (_framesLeft == 0) return;
        _framesLeft--;
        _valueQ46 = _framesLeft == 0 ? (long)_targetQ15 << ExtraBits : _valueQ46 + _stepQ46;
    }

    /// <summary>Moves on by <paramref name="frames"/> frames at once, to the same value as one by one.</summary>
    public void Advance(int frames)
    {
        if (frames >= _framesLeft)
        {
            _framesLeft = 0;
            _valueQ46 = (long)_targetQ15 << ExtraBits;
            return;
        }

        _framesLeft -= frames;
        _valueQ46 += _stepQ46 * frames;
    }
}
