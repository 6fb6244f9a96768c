using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Instruments;

/// <summary>Soft wind: brown noise above 100 Hz, -6 dB per octave from a corner that gusts move between 250 and 900 Hz.</summary>
/// <remarks>The channels share 60 % of their power, so the air is wide and a mono ceiling loses nothing.</remarks>
/// <param name="seed">Seed of noise and gusts.</param>
internal sealed class Noise(uint seed) : IInstrument
{
    private const int TicksPerSecond = Voice.TicksPerSecond;
    private const int MiddleCutoffCents = 7_025; // 473 Hz
    private const int GustCents = 1_108; // down to 250 Hz, up to 900 Hz
    private const int FloorCents = 4_335; // 100 Hz
    private const int OwnQ15 = 26_754; // 0.816: correlation 1 / (1 + 0.816^2) = 0.6
    private const int FullQ31 = 62_000_000; // 0.029: at gain 1 it sounds 18 LU below the pad

    private readonly Timbre _timbre = new(seed);
    private SlowWalk _gust = new(10 * TicksPerSecond, 30 * TicksPerSecond); // up and down: 20..60 s
    private StateVariableFilter _floorLeft, _floorRight;
    private readonly StateVariableFilter.Coefficients _floor = StateVariableFilter.Coefficients.At(FloorCents);
    private Q31 _softening;
    private Q31 _gain;
    private int _lowLeft, _lowRight;
    private int _framesToTick;

    /// <inheritdoc/>
    public bool IsTexture => true;

    /// <inheritdoc/>
    public int ActiveVoices => 0;

    /// <inheritdoc/>
    public int BrightnessQ15
    {
        set => _timbre.BrightnessQ15 = value;
    }

    /// <inheritdoc/>
    public void NoteOn(in ScoreEvent scoreEvent)
    {
        // Wind has no notes: its gain alone says when it blows.
    }

    /// <inheritdoc/>
    public void NoteOff(int noteId)
    {
        // See NoteOn.
    }

    /// <inheritdoc/>
    public void Render(Span<int> left, Span<int> right)
    {
        while (!left.IsEmpty)
        {
            if (_framesToTick == 0) Tick();
            int frames = Math.Min(left.Length, _framesToTick);
            RenderFrames(left[..frames], right[..frames]);
            _framesToTick -= frames;
            left = left[frames..];
            right = right[frames..];
        }
    }

    private void Tick()
    {
        _framesToTick = Voice.TickFrames;
        int gustQ31 = _gust.Next(ref _timbre.Random);
        int cutoffCents = MiddleCutoffCents + _timbre.CutoffShiftCents + (int)((long)GustCents * gustQ31 >> 31);

        // One-pole coefficient 2 pi f / fs, which is 2^32 to the turn read as Q31 times pi: good to 6 % at 900 Hz.
        _softening = new((int)(Pitch.PhaseStep(cutoffCents) * 3_217L >> 10));

        // A lower corner already takes power away; the rest of the +-3 dB comes from the gain, +-2.5 dB.
        _gain = new(FullQ31 + (int)((long)gustQ31 * (FullQ31 / 4) >> 31));
    }

    private void RenderFrames(Span<int> left, Span<int> right)
    {
        int lowLeft = _lowLeft, lowRight = _lowRight;
        StateVariableFilter floorLeft = _floorLeft, floorRight = _floorRight;
        for (int i = 0; i < left.Length; i++)
        {
            int shared = _timbre.Random.NextQ31() >> 4; // Q31 -> Q27
            int ownLeft = (int)((long)(_timbre.Random.NextQ31() >> 4) * OwnQ15 >> 15);
            int ownRight = (int)((long)(_timbre.Random.NextQ31() >> 4) * OwnQ15 >> 15);
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
