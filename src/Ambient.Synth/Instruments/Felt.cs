using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>Felt piano: two strings to a note, slightly stiff, struck by something soft; velocity opens the tone more than the level.</summary>
internal sealed class Felt : PolyphonicInstrument
{
    private const int Partials = 8;
    private const int MiddleC = 6_000;

    /// <summary>Makes one.</summary>
    /// <param name="seed">Seed of starting phases and of the hammer's noise.</param>
    /// <param name="preset">Hammer and strings.</param>
    public Felt(uint seed, PresetReader preset)
        : this(seed, new Design(preset))
    {
    }

    private Felt(uint seed, Design design)
        : base(new Timbre(seed), voices: 10, timbre => new FeltVoice(timbre, design))
    {
    }

    private sealed class Design(PresetReader preset)
    {
        public readonly int FullQ15 = preset.Decibels("levelDb");
        public readonly int AttackTicks = preset.Ticks("attackSeconds", 0.004m, 0.1m);
        public readonly int RingTicks = preset.Ticks("ringSeconds", 0.5m, 20); // of middle C's fundamental
        public readonly int DampedTicks = preset.Ticks("dampedSeconds", 0.05m, 5);
        public readonly int TiltExponentQ15 = Log2Q15(preset.Decibels("dbPerOctave", -24, -3)); // partial to partial, an octave apart
        public readonly int SoftCents = preset.Frequency("softHz", 200, 4_000);
        public readonly int HardCents = preset.Frequency("hardHz", 200, 8_000);
        public readonly int StiffnessQ15 = preset.Share("stiffness"); // 1: the high partials of a spinet
        public readonly uint UnisonStep = preset.Beat("unisonHz", 0, 1) / 2;
        public readonly int ContactQ15 = preset.Decibels("strokeDb");
        public readonly int ContactTicks = preset.Ticks("strokeSeconds", 0.005m, 1);
        public readonly StateVariableFilter.Coefficients ContactBand = StateVariableFilter.Coefficients.At(
            preset.Frequency("strokeHz", 60, 6_000), preset.Damping("strokeQ", 0.5m, 20));

        private static int Log2Q15(int gainQ15)
        {
            int exponentQ15 = 0;
            while (Exp2Table.PowerQ15(exponentQ15) > gainQ15) exponentQ15 -= 64;
            return exponentQ15;
        }
    }

    private sealed class FeltVoice(Timbre timbre, Design design) : ModalVoice(timbre, Partials)
    {
        private const int QuieterPerOctaveQ15 = 6_532; // 1.2 dB
        private const int AfterQ31 = 854_000_000; // -8 dB: what is left after the first half second
        private static readonly int[] PartialCents = [0, 1_200, 1_902, 2_400, 2_786, 3_102, 3_369, 3_600];
        private static readonly Q31 FirstPerTick = Q31.Decay(TickFrames, (long)TicksPerSecond * TickFrames);

        private int _firstQ31;

        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            // Low notes have more partials below the hammer's cutoff, and let them ring: without this they stand out.
            int softerQ15 = Exp2Table.PowerQ15(Math.Min(0, noteOn.PitchCents - MiddleC) * QuieterPerOctaveQ15 / Pitch.Octave);
            Strike(noteOn, (int)((long)design.FullQ15 * softerQ15 >> 15), design.AttackTicks, design.DampedTicks);
            _firstQ31 = int.MaxValue - AfterQ31;
            int velocityQ15 = Math.Clamp(noteOn.ValueQ15, 0, ScoreEvent.UnityQ15);
            int cutoffCents = design.SoftCents + (int)((long)(design.HardCents - design.SoftCents) * velocityQ15 >> 15) + Timbre.CutoffShiftCents / 2;
            long ringTicks = (long)design.RingTicks * Exp2Table.PowerQ15((MiddleC - noteOn.PitchCents) * 16_384 / Pitch.Octave) >> 15; // low strings ring longer
            for (int n = 1; n <= Partials; n++)
            {
                // sqrt(1 + B n^2) in cents, B = 4e-4 at middle C and stiffness 1, twice that an octave up.
                int stiffQ15 = (int)Math.Min(8L << 15, (long)design.StiffnessQ15 * Exp2Table.PowerQ15((noteOn.PitchCents - MiddleC) * 32_768 / Pitch.Octave) >> 15);
                int cents = noteOn.PitchCents + PartialCents[n - 1] + (int)((long)stiffQ15 * n * n * 35 / 100 >> 15);
                if (cents > Pitch.MaxCents - Pitch.Octave) break;
                long levelQ15 = Exp2Table.PowerQ15(Math.Max(design.TiltExponentQ15 * PartialCents[n - 1] / Pitch.Octave, -(14 << 15)));
                int overCents = cents - cutoffCents;
                if (overCents > 0) levelQ15 = levelQ15 * Exp2Table.PowerQ15(-Math.Min(overCents * 65_536 / Pitch.Octave, 12 << 15)) >> 15; // 12 dB per octave
                if (n % 2 == 0) levelQ15 = levelQ15 * 29_205 >> 15; // -1 dB
                Excite(n - 1, Pitch.PhaseStep(cents), levelQ15, Math.Max(1, ringTicks / n), design.UnisonStep);
            }

            Touch(design.ContactBand, design.ContactQ15, design.ContactTicks);
        }

        /// <inheritdoc/>
        protected override int NextLevel()
        {
            int levelQ31 = base.NextLevel();
            _firstQ31 = Math.Max(Fall(_firstQ31, FirstPerTick), 0);
            return levelQ31 < 0 ? levelQ31 : new Q31(AfterQ31 + _firstQ31) * levelQ31;
        }
    }
}
