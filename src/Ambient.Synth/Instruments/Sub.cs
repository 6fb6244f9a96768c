using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;
using Ambient.Synth.Oscillators;

namespace Ambient.Synth.Instruments;

/// <summary>Sub bass: a round low tone whose second and third harmonic tell small loudspeakers what the first would have said.</summary>
internal sealed class Sub : PolyphonicInstrument
{
    /// <summary>Makes one.</summary>
    /// <param name="seed">Seed of its breathing.</param>
    /// <param name="preset">Harmonics and envelope.</param>
    public Sub(uint seed, PresetReader preset)
        : this(seed, new Design(preset))
    {
    }

    private Sub(uint seed, Design design)
        : base(new Timbre(seed), voices: 3, timbre => new SubVoice(timbre, design))
    {
    }

    private sealed class Design(PresetReader preset)
    {
        public readonly int FullQ15 = preset.Decibels("levelDb");
        public readonly int AttackTicks = preset.Ticks("attackSeconds", 0.05m, 20);
        public readonly int ReleaseTicks = preset.Ticks("releaseSeconds", 0.05m, 20);
        public readonly int SecondQ15 = preset.Decibels("secondDb");
        public readonly int ThirdQ15 = preset.Decibels("thirdDb");
    }

    private sealed class SubVoice(Timbre timbre, Design design) : Voice(timbre)
    {
        private const int FadeFromCents = 4_800; // above middle C's octave below, a sub has no business: harmonics thin out

        private SwellEnvelope _envelope;
        private SlowWalk _breath;
        private Q31 _loudness;
        private PannedOscillator<SineShape> _first, _second, _third;
        private Q31 _secondGain, _thirdGain;

        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            _envelope = new(design.AttackTicks, design.ReleaseTicks);
            _breath = new(10 * TicksPerSecond, 25 * TicksPerSecond);
            _loudness = Loudness(noteOn.ValueQ15, design.FullQ15);
            uint step = Pitch.PhaseStep(noteOn.PitchCents);
            _first = new() { Step = step };
            _second = new() { Step = 2 * step };
            _third = new() { Step = 3 * step };
            int thinQ15 = Exp2Table.PowerQ15(-Math.Clamp((noteOn.PitchCents - FadeFromCents) * 32_768 / Pitch.Octave, 0, 4 << 15));
            _secondGain = Harmonic(design.SecondQ15, thinQ15);
            _thirdGain = Harmonic(design.ThirdQ15, thinQ15);
        }

        /// <inheritdoc/>
        protected override void Let() => _envelope.Release();

        /// <inheritdoc/>
        protected override int NextLevel()
        {
            int levelQ31 = _envelope.Next();
            if (levelQ31 < 0) return levelQ31;
            int breathQ31 = 1_910_000_000 + (int)(230_000_000L * _breath.Next(ref Random) >> 31); // 1 dB each way
            return (_loudness * new Q31(breathQ31)) * levelQ31;
        }

        /// <inheritdoc/>
        protected override void Aim(int levelQ31)
        {
            // In the middle, whatever the note's pan says: below 120 Hz there are no sides.
            int secondQ31 = _secondGain * levelQ31, thirdQ31 = _thirdGain * levelQ31;
            _first.Glide(levelQ31, levelQ31, TickFrames);
            _second.Glide(secondQ31, secondQ31, TickFrames);
            _third.Glide(thirdQ31, thirdQ31, TickFrames);
        }

        /// <inheritdoc/>
        protected override void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep)
        {
            _first.Render(left, right);
            _second.Render(left, right);
            _third.Render(left, right);
        }

        private Q31 Harmonic(int levelQ15, int thinQ15)
        {
            long heardQ15 = (long)levelQ15 * (Timbre.BrightnessQ15 + 16_384) / 32_768 * thinQ15 / 32_768;
            return new((int)Math.Min(int.MaxValue, heardQ15 << 16));
        }
    }
}
