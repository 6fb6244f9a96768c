using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Instruments;

/// <summary>Warm pad: two triangle-and-saw oscillators that beat slowly, one an octave below, each side through its own low-pass.</summary>
/// <param name="seed">Seed of starting phases and slow walks.</param>
internal sealed class Pad(uint seed) : PolyphonicInstrument(new Timbre(seed), voices: 8, timbre => new PadVoice(timbre))
{
    private sealed class PadVoice(Timbre timbre) : Voice
    {
        private const int FullQ15 = 3_391; // -19.7 dB: four notes at velocity 0.6 sound at -27 LUFS
        private const int AttackTicks = 7 * TicksPerSecond / 2;
        private const int ReleaseTicks = 8 * TicksPerSecond;

        // Detuned in hertz, not cents, so that high notes beat as slowly as low ones.
        private const uint LeftDetune = 3 * Pitch.StepPerHertz / 20; // 0.15 Hz each way: 0.3 Hz between the two
        private const uint SubDetune = Pitch.StepPerHertz / 4; // with its octave the sub beats at 0.5 Hz

        private const int DarkestCutoffCents = 6_504; // 350 Hz
        private const int BrightestCutoffCents = 9_339; // 1 800 Hz
        private const int SweepCents = 840; // 0.7 octave from first touch to full bloom
        private const int WalkCents = 240; // 15 %
        private const int LagBits = 10; // one-pole over 1024 ticks: the filter opens 1.4 s behind the level
        private const int DampingQ30 = 1_431_655_765; // k = 1.33, Q = 0.75

        private SwellEnvelope _envelope;
        private SlowWalk _walk;
        private StateVariableFilter.Coefficients _filter;
        private StateVariableFilter _filterLeft;
        private StateVariableFilter _filterRight;
        private StereoGain _pan;
        private Q31 _loudness;
        private int _baseCutoffCents;
        private int _lagQ31;
        private int _wave;
        private int _subWave;
        private uint _phaseLeft, _phaseRight, _phaseSub;
        private uint _stepLeft, _stepRight, _stepSub;

        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            _envelope = new(AttackTicks, ReleaseTicks);
            _walk = new(20 * TicksPerSecond, 45 * TicksPerSecond); // out and back: 40..90 s
            _filterLeft = _filterRight = default;
            _lagQ31 = 0;
            _pan = StereoGain.At(noteOn.PanQ15);
            _loudness = Loudness(noteOn.ValueQ15, FullQ15);

            // Half keytracking around A3: 3.5 x f0 there, more below, less above.
            _baseCutoffCents = Math.Clamp(5_700 + 2_169 + (noteOn.PitchCents - 5_700) / 2, DarkestCutoffCents, BrightestCutoffCents);
            uint step = Pitch.PhaseStep(noteOn.PitchCents);
            _stepLeft = step - Math.Min(step, LeftDetune);
            _stepRight = step + LeftDetune;
            _stepSub = step / 2 + SubDetune;
            _wave = Wavetable.Warm.LevelFor(_stepRight);
            _subWave = Wavetable.Warm.LevelFor(_stepSub);
            _phaseLeft = timbre.Random.Next();
            _phaseRight = timbre.Random.Next();
            _phaseSub = timbre.Random.Next();
        }

        /// <inheritdoc/>
        protected override void Let() => _envelope.Release();

        /// <inheritdoc/>
        protected override int NextLevel()
        {
            int levelQ31 = _envelope.Next();
            if (levelQ31 < 0) return levelQ31;
            _lagQ31 += (levelQ31 - _lagQ31) >> LagBits;
            int sweep = (int)((long)SweepCents * _lagQ31 >> 31) - SweepCents;
            int walk = (int)((long)WalkCents * _walk.Next(ref timbre.Random) >> 31);
            _filter = StateVariableFilter.Coefficients.At(_baseCutoffCents + sweep + walk + timbre.CutoffShiftCents, DampingQ30);
            return _loudness * levelQ31;
        }

        /// <inheritdoc/>
        protected override void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep)
        {
            uint phaseLeft = _phaseLeft, phaseRight = _phaseRight, phaseSub = _phaseSub;
            int wave = _wave, subWave = _subWave;
            StateVariableFilter filterLeft = _filterLeft, filterRight = _filterRight;
            StateVariableFilter.Coefficients filter = _filter;
            StereoGain pan = _pan;
            for (int i = 0; i < left.Length; i++)
            {
                int a = Wavetable.Read(wave, phaseLeft) >> 5; // Q31 -> Q26
                int b = Wavetable.Read(wave, phaseRight) >> 5;
                int sub = Wavetable.Read(subWave, phaseSub) / 3 >> 5; // -10 dB
                phaseLeft = unchecked(phaseLeft + _stepLeft);
                phaseRight = unchecked(phaseRight + _stepRight);
                phaseSub = unchecked(phaseSub + _stepSub);

                // Each oscillator stands 0.6 towards its side: 4 : 1 between near and far channel.
                Q31 level = new(levelQ31);
                int leftQ26 = level * filterLeft.LowPass(a + (b >> 2) + sub, filter);
                int rightQ26 = level * filterRight.LowPass(b + (a >> 2) + sub, filter);
                left[i] += pan.Left * leftQ26 >> 3; // Q26 -> Q23
                right[i] += pan.Right * rightQ26 >> 3;
                levelQ31 += levelStep;
            }

            _phaseLeft = phaseLeft;
            _phaseRight = phaseRight;
            _phaseSub = phaseSub;
            _filterLeft = filterLeft;
            _filterRight = filterRight;
        }
    }
}
