using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>Breath lead, somewhere between a flute and a bottle: a triangle, air around its pitch and its twelfth, a scoop into the note, late vibrato.</summary>
internal sealed class Breath : PolyphonicInstrument
{
    /// <summary>Makes one.</summary>
    /// <param name="seed">Seed of the air and of the vibrato's pace.</param>
    /// <param name="preset">Air, vibrato and envelope.</param>
    public Breath(uint seed, PresetReader preset)
        : this(seed, new Design(preset))
    {
    }

    private Breath(uint seed, Design design)
        : base(new Timbre(seed), voices: 4, timbre => new BreathVoice(timbre, design))
    {
    }

    private sealed class Design(PresetReader preset)
    {
        public readonly int FullQ15 = preset.Decibels("levelDb");
        public readonly int AttackTicks = preset.Ticks("attackSeconds", 0.05m, 5);
        public readonly int ReleaseTicks = preset.Ticks("releaseSeconds", 0.05m, 10);
        public readonly int CutoffCents = preset.Ratio("cutoffRatio", 1, 12);
        public readonly int AirQ15 = preset.Decibels("airDb", -40);
        public readonly int HighAirQ15 = preset.Decibels("highAirDb", -60);
        public readonly int AirDampingQ30 = preset.Damping("airQ", 2, 60);
        public readonly int ScoopCents = preset.Whole("scoopCents", 0, 200);
        public readonly int VibratoCents = preset.Whole("vibratoCents", 0, 50);
        public readonly uint VibratoStep = preset.Beat("vibratoHz", 3, 7);
    }

    private sealed class BreathVoice(Timbre timbre, Design design) : Voice(timbre)
    {
        private const int ScoopTicks = 12 * TicksPerSecond / 100; // 120 ms
        private const int VibratoDelayTicks = 6 * TicksPerSecond / 10;
        private const int VibratoFadeTicks = TicksPerSecond;
        private const int NoiseHeadroomBits = 3; // 18 dB: a narrow band of white noise is quiet

        private SwellEnvelope _envelope;
        private StateVariableFilter.Coefficients _tone, _air, _highAir;
        private StateVariableFilter _toneFilter, _airFilter, _highAirFilter;
        private StereoGain _pan;
        private Q31 _loudness;
        private int _pitchCents, _tick;
        private int _wave;
        private uint _phase, _step, _vibratoPhase, _vibratoStep;

        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            _envelope = new(design.AttackTicks, design.ReleaseTicks);
            _toneFilter = _airFilter = _highAirFilter = default;
            _pan = StereoGain.At(noteOn.PanQ15);
            _loudness = Loudness(noteOn.ValueQ15, design.FullQ15);
            _pitchCents = noteOn.PitchCents;
            _tick = 0;
            _wave = Wavetable.Warm.LevelFor(Pitch.PhaseStep(_pitchCents));
            _air = StateVariableFilter.Coefficients.At(_pitchCents, design.AirDampingQ30);
            _highAir = StateVariableFilter.Coefficients.At(_pitchCents + 1_902, design.AirDampingQ30);
            _phase = _vibratoPhase = 0;
            _vibratoStep = design.VibratoStep * TickFrames / 20 * (uint)Random.NextBetween(18, 23); // no two notes at one pace
        }

        /// <inheritdoc/>
        protected override void Let() => _envelope.Release();

        /// <inheritdoc/>
        protected override int NextLevel()
        {
            int levelQ31 = _envelope.Next();
            if (levelQ31 < 0) return levelQ31;
            _tick++;
            int scoopQ31 = _tick >= ScoopTicks ? 0 : int.MaxValue - SineTable.RaisedCosine((int)((long)int.MaxValue * _tick / ScoopTicks));
            long vibrato = SineTable.At(_vibratoPhase) * (long)Math.Clamp(_tick - VibratoDelayTicks, 0, VibratoFadeTicks) / VibratoFadeTicks;
            _vibratoPhase = unchecked(_vibratoPhase + _vibratoStep);
            int centsQ12 = (int)((design.VibratoCents * vibrato - (long)design.ScoopCents * scoopQ31) >> 19);
            _step = Bent(Pitch.PhaseStep(_pitchCents), centsQ12);
            _tone = StateVariableFilter.Coefficients.At(_pitchCents + design.CutoffCents + Timbre.CutoffShiftCents);
            return _loudness * levelQ31;
        }

        /// <inheritdoc/>
        protected override void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep)
        {
            StateVariableFilter tone = _toneFilter, air = _airFilter, highAir = _highAirFilter;
            uint phase = _phase, step = _step;
            long airQ15 = design.AirQ15, highAirQ15 = design.HighAirQ15;
            int wave = _wave;
            StereoGain pan = _pan;
            for (int i = 0; i < left.Length; i++)
            {
                int white = Random.NextQ31() >> 5; // Q26
                long airQ26 = (air.BandPass(white, _air) * airQ15 + highAir.BandPass(white, _highAir) * highAirQ15) >> (15 - NoiseHeadroomBits);
                int sound = new Q31(levelQ31) * tone.LowPass(Wavetable.Read(wave, phase) + (int)airQ26, _tone);
                left[i] += pan.Left * sound >> 3; // Q26 -> Q23
                right[i] += pan.Right * sound >> 3;
                phase = unchecked(phase + step);
                levelQ31 += levelStep;
            }

            _phase = phase;
            _toneFilter = tone;
            _airFilter = air;
            _highAirFilter = highAir;
        }
    }
}
