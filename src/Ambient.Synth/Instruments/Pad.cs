using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>Pad: two oscillators that beat slowly, one an octave below, each side through its own low-pass of 12 or 24 dB per octave.</summary>
internal sealed class Pad : PolyphonicInstrument
{
    /// <summary>Makes one.</summary>
    /// <param name="seed">Seed of starting phases and slow walks.</param>
    /// <param name="preset">Wave, filter and envelope.</param>
    public Pad(uint seed, PresetReader preset)
        : this(seed, new Design(preset))
    {
    }

    private Pad(uint seed, Design design)
        : base(new Timbre(seed), voices: 8, timbre => new PadVoice(timbre, design))
    {
    }

    private sealed class Design(PresetReader preset)
    {
        public readonly Wavetable Wave = preset.Choice("wave", "warm", "saw") == 0 ? Wavetable.Warm : Wavetable.Saw;
        public readonly bool IsSteep = preset.Choice("slope", "12 dB", "24 dB") == 1;
        public readonly int FullQ15 = preset.Decibels("levelDb");
        public readonly int AttackTicks = preset.Ticks("attackSeconds", 0.05m, 20);
        public readonly int ReleaseTicks = preset.Ticks("releaseSeconds", 0.1m, 30);
        public readonly int CutoffAboveCents = preset.Ratio("cutoffRatio", 1, 16); // of A3; half keytracking from there
        public readonly int DarkestCents = preset.Frequency("darkestHz", 100, 4_000);
        public readonly int BrightestCents = preset.Frequency("brightestHz", 100, 8_000);
        public readonly int DampingQ30 = preset.Damping("resonance", 0.5m, 4);
        public readonly int SubQ15 = preset.Decibels("subDb");
    }

    private sealed class PadVoice(Timbre timbre, Design design) : Voice(timbre)
    {
        // Detuned in hertz, not cents, so that high notes beat as slowly as low ones.
        private const uint LeftDetune = 3 * Pitch.StepPerHertz / 20; // 0.15 Hz each way: 0.3 Hz between the two
        private const uint SubDetune = Pitch.StepPerHertz / 4; // with its octave the sub beats at 0.5 Hz

        private const int SweepCents = 840; // 0.7 octave from first touch to full bloom
        private const int WalkCents = 240; // 15 %
        private const int LagBits = 10; // one-pole over 1024 ticks: the filter opens 1.4 s behind the level

        private SwellEnvelope _envelope;
        private SlowWalk _walk;
        private StateVariableFilter.Coefficients _filter;
        private StateVariableFilter _filterLeft;
        private StateVariableFilter _filterRight;
        private StateVariableFilter _steepLeft;
        private StateVariableFilter _steepRight;
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
            _envelope = new(design.AttackTicks, design.ReleaseTicks);
            _walk = new(20 * TicksPerSecond, 45 * TicksPerSecond); // out and back: 40..90 s
            _filterLeft = _filterRight = _steepLeft = _steepRight = default;
            _lagQ31 = 0;
            _pan = StereoGain.At(noteOn.PanQ15);
            _loudness = Loudness(noteOn.ValueQ15, design.FullQ15);

            // Half keytracking around A3: so many times f0 there, more below, less above.
            _baseCutoffCents = Math.Clamp(5_700 + design.CutoffAboveCents + (noteOn.PitchCents - 5_700) / 2, design.DarkestCents, design.BrightestCents);
            uint step = Pitch.PhaseStep(noteOn.PitchCents);
            _stepLeft = step - Math.Min(step, LeftDetune);
            _stepRight = step + LeftDetune;
            _stepSub = step / 2 + SubDetune;
            _wave = design.Wave.LevelFor(_stepRight);
            _subWave = design.Wave.LevelFor(_stepSub);
            _phaseLeft = Random.Next();
            _phaseRight = Random.Next();
            _phaseSub = Random.Next();
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
            int walk = (int)((long)WalkCents * _walk.Next(ref Random) >> 31);
            _filter = StateVariableFilter.Coefficients.At(_baseCutoffCents + sweep + walk + Timbre.CutoffShiftCents, design.DampingQ30);
            return _loudness * levelQ31;
        }

        /// <inheritdoc/>
        protected override void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep)
        {
            uint phaseLeft = _phaseLeft, phaseRight = _phaseRight, phaseSub = _phaseSub;
            int wave = _wave, subWave = _subWave;
            StateVariableFilter filterLeft = _filterLeft, filterRight = _filterRight;
            StateVariableFilter.Coefficients filter = _filter;
            StateVariableFilter steepLeft = _steepLeft, steepRight = _steepRight;
            StereoGain pan = _pan;
            bool isSteep = design.IsSteep;
            int subQ15 = design.SubQ15;
            for (int i = 0; i < left.Length; i++)
            {
                int a = Wavetable.Read(wave, phaseLeft) >> 5; // Q31 -> Q26
                int b = Wavetable.Read(wave, phaseRight) >> 5;
                int sub = (int)((long)(Wavetable.Read(subWave, phaseSub) >> 5) * subQ15 >> 15);
                phaseLeft = unchecked(phaseLeft + _stepLeft);
                phaseRight = unchecked(phaseRight + _stepRight);
                phaseSub = unchecked(phaseSub + _stepSub);

                // Each oscillator stands 0.6 towards its side: 4 : 1 between near and far channel.
                Q31 level = new(levelQ31);
                int leftQ26 = filterLeft.LowPass(a + (b >> 2) + sub, filter);
                int rightQ26 = filterRight.LowPass(b + (a >> 2) + sub, filter);
                if (isSteep)
                {
                    leftQ26 = steepLeft.LowPass(leftQ26, filter);
                    rightQ26 = steepRight.LowPass(rightQ26, filter);
                }

                leftQ26 = level * leftQ26;
                rightQ26 = level * rightQ26;
                left[i] += pan.Left * leftQ26 >> 3; // Q26 -> Q23
                right[i] += pan.Right * rightQ26 >> 3;
                levelQ31 += levelStep;
            }

            _phaseLeft = phaseLeft;
            _phaseRight = phaseRight;
            _phaseSub = phaseSub;
            _filterLeft = filterLeft;
            _filterRight = filterRight;
            _steepLeft = steepLeft;
            _steepRight = steepRight;
        }
    }
}
