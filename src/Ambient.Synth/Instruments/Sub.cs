using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

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
        private uint _phase, _step;
        private int _secondQ15, _thirdQ15;

        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            _envelope = new(design.AttackTicks, design.ReleaseTicks);
            _breath = new(10 * TicksPerSecond, 25 * TicksPerSecond);
            _loudness = Loudness(noteOn.ValueQ15, design.FullQ15);
            _step = Pitch.PhaseStep(noteOn.PitchCents);
            _phase = 0;
            int thinQ15 = Exp2Table.PowerQ15(-Math.Clamp((noteOn.PitchCents - FadeFromCents) * 32_768 / Pitch.Octave, 0, 4 << 15));
            _secondQ15 = design.SecondQ15 * (Timbre.BrightnessQ15 + 16_384) / 32_768 * thinQ15 / 32_768;
            _thirdQ15 = design.ThirdQ15 * (Timbre.BrightnessQ15 + 16_384) / 32_768 * thinQ15 / 32_768;
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
        protected override void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep)
        {
            uint phase = _phase, step = _step;
            int secondQ15 = _secondQ15, thirdQ15 = _thirdQ15;
            for (int i = 0; i < left.Length; i++)
            {
                int second = (int)((long)SineTable.At(unchecked(phase * 2)) * secondQ15 >> 20); // Q31 -> Q26
                int third = (int)((long)SineTable.At(unchecked(phase * 3)) * thirdQ15 >> 20);
                int sound = new Q31(levelQ31) * ((SineTable.At(phase) >> 5) + second + third) >> 3; // Q26 -> Q23
                left[i] += sound; // in the middle, whatever the note's pan says: below 120 Hz there are no sides
                right[i] += sound;
                phase = unchecked(phase + step);
                levelQ31 += levelStep;
            }

            _phase = phase;
        }
    }
}
