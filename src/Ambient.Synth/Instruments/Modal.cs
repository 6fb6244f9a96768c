using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>Bells, bowls, bars and tongues: whatever a list of modes describes.</summary>
internal sealed class Modal : PolyphonicInstrument
{
    private const int MiddleC = 6_000;

    /// <summary>Makes one.</summary>
    /// <param name="seed">Seed of starting phases and of the stroke's noise.</param>
    /// <param name="preset">Modes and stroke.</param>
    public Modal(uint seed, PresetReader preset)
        : this(seed, new Design(preset))
    {
    }

    private Modal(uint seed, Design design)
        : base(new Timbre(seed), voices: 8, timbre => new StruckVoice(timbre, design))
    {
    }

    private sealed class Design(PresetReader preset)
    {
        public readonly int FullQ15 = preset.Decibels("levelDb");
        public readonly int AttackTicks = preset.Ticks("attackSeconds", 0.002m, 2);
        public readonly int DampedRt60Ticks = preset.Ticks("dampedSeconds", 0.05m, 30);
        public readonly int ThinFromCents = preset.Frequency("thinFromHz", 1_000, 8_000); // from here modes grow weaker ...
        public readonly int GoneAtCents = preset.Frequency("goneAtHz", 1_500, 12_000); // ... and here they are gone
        public readonly int ShorterPerOctaveQ15 = preset.Share("shorterPerOctave"); // 1: half as long an octave up
        public readonly int ContactQ15 = preset.Decibels("strokeDb");
        public readonly int ContactTicks = preset.Ticks("strokeSeconds", 0.005m, 1);
        public readonly StateVariableFilter.Coefficients ContactBand = StateVariableFilter.Coefficients.At(
            preset.Frequency("strokeHz", 60, 6_000), preset.Damping("strokeQ", 0.5m, 20));

        public readonly Mode[] Modes = preset.List("modes", 1, 8, mode => new Mode(
            mode.Ratio("ratio", 0.25m, 20), mode.Decibels("levelDb"), mode.Ticks("seconds", 0.02m, 30), mode.Beat("beatHz", 0, 1) / 2));
    }

    private readonly record struct Mode(int Cents, int LevelQ15, int Rt60Ticks, uint BeatStep);

    private sealed class StruckVoice(Timbre timbre, Design design) : ModalVoice(timbre, design.Modes.Length)
    {
        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            Strike(noteOn, design.FullQ15, design.AttackTicks, design.DampedRt60Ticks);

            // Soft strokes and low brightness take away from the modes above the fundamental.
            int velocityQ15 = Math.Clamp(noteOn.ValueQ15, 0, ScoreEvent.UnityQ15);
            int hardnessQ15 = (velocityQ15 + Timbre.BrightnessQ15 + 16_384) / 2;
            long lengthQ15 = Exp2Table.PowerQ15((MiddleC - noteOn.PitchCents) * design.ShorterPerOctaveQ15 / Pitch.Octave);
            for (int i = 0; i < design.Modes.Length; i++)
            {
                Mode mode = design.Modes[i];
                int cents = noteOn.PitchCents + mode.Cents;
                int taperQ15 = Math.Clamp((design.GoneAtCents - cents) * 32_768 / Math.Max(1, design.GoneAtCents - design.ThinFromCents), 0, 32_768);
                long levelQ15 = (long)mode.LevelQ15 * taperQ15 >> 15;
                if (mode.Cents > 0) levelQ15 = levelQ15 * hardnessQ15 >> 15;
                Excite(i, Pitch.PhaseStep(cents), levelQ15, Math.Max(1, mode.Rt60Ticks * lengthQ15 >> 15), mode.BeatStep);
            }

            Touch(design.ContactBand, design.ContactQ15, design.ContactTicks);
        }
    }
}
