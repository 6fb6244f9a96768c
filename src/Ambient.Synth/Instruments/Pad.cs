using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;
using Ambient.Synth.Oscillators;

namespace Ambient.Synth.Instruments;

/// <summary>Pad: two oscillators that beat slowly, one an octave below, each through a low-pass of 12 or 24 dB per octave.</summary>
internal sealed class Pad : StrandInstrument
{
    /// <summary>Makes one.</summary>
    /// <param name="seed">Seed of starting phases and slow walks.</param>
    /// <param name="preset">Wave, filter and envelope.</param>
    public Pad(uint seed, PresetReader preset)
        : this(seed, new Design(preset))
    {
    }

    private Pad(uint seed, Design design)
        : base(new Timbre(seed), voices: 8, PadVoice.Strands, design.IsSteep, (timbre, bank, first) => new PadVoice(timbre, design, bank, first))
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

    private sealed class PadVoice(Timbre timbre, Design design, StrandBank bank, int first) : StrandInstrument.StrandVoice(timbre, bank, first, Strands)
    {
        /// <summary>One to the left, one to the right, and the octave below in the middle.</summary>
        public const int Strands = 3;

        // Detuned in hertz, not cents, so that high notes beat as slowly as low ones.
        private const uint LeftDetune = 3 * Pitch.StepPerHertz / 20; // 0.15 Hz each way: 0.3 Hz between the two
        private const uint SubDetune = Pitch.StepPerHertz / 4; // with its octave the sub beats at 0.5 Hz

        private const int SweepCents = 840; // 0.7 octave from first touch to full bloom
        private const int WalkCents = 240; // 15 %
        private const int LagBits = 10; // one-pole over 1024 ticks: the filter opens 1.4 s behind the level

        private readonly Q31 _subGain = new((int)Math.Min(int.MaxValue, (long)design.SubQ15 << 16));
        private SwellEnvelope _envelope;
        private SlowWalk _walk;
        private StereoGain _pan;
        private Q31 _loudness;
        private int _baseCutoffCents;
        private int _lagQ31;

        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            _envelope = new(design.AttackTicks, design.ReleaseTicks);
            _walk = new(20 * TicksPerSecond, 45 * TicksPerSecond); // out and back: 40..90 s
            _lagQ31 = 0;
            _pan = StereoGain.At(noteOn.PanQ15);
            _loudness = Loudness(noteOn.ValueQ15, design.FullQ15);

            // Half keytracking around A3: so many times f0 there, more below, less above.
            _baseCutoffCents = Math.Clamp(5_700 + design.CutoffAboveCents + (noteOn.PitchCents - 5_700) / 2, design.DarkestCents, design.BrightestCents);
            uint step = Pitch.PhaseStep(noteOn.PitchCents);
            Bank.Start(First, design.Wave, Random.Next(), step - Math.Min(step, LeftDetune));
            Bank.Start(First + 1, design.Wave, Random.Next(), step + LeftDetune);
            Bank.Start(First + 2, design.Wave, Random.Next(), step / 2 + SubDetune);
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
            var filter = StateVariableFilter.Coefficients.At(_baseCutoffCents + sweep + walk + Timbre.CutoffShiftCents, design.DampingQ30);
            for (int i = 0; i < Strands; i++) Bank.Filter(First + i, filter);
            return _loudness * levelQ31;
        }

        /// <inheritdoc/>
        protected override void Aim(int levelQ31)
        {
            // Each oscillator stands 0.6 towards its side: 4 : 1 between near and far channel.
            int leftQ31 = _pan.Left * levelQ31, rightQ31 = _pan.Right * levelQ31;
            Bank.Glide(First, leftQ31, rightQ31 >> 2, TickFrames);
            Bank.Glide(First + 1, leftQ31 >> 2, rightQ31, TickFrames);
            Bank.Glide(First + 2, _subGain * leftQ31, _subGain * rightQ31, TickFrames);
        }
    }
}
