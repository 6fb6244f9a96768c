using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;
using Ambient.Synth.Oscillators;

namespace Ambient.Synth.Instruments;

/// <summary>Bass drone: four sawtooth voices on root, octave and twelfth that breathe in turn behind a steep low-pass.</summary>
/// <remarks>The side channel holds only what lies an octave and more above the root, so the bass stays in the middle.</remarks>
internal sealed class Drone : StrandInstrument
{
    /// <summary>Makes one.</summary>
    /// <param name="seed">Seed of starting phases and breaths.</param>
    /// <param name="preset">Filter and envelope.</param>
    public Drone(uint seed, PresetReader preset)
        : this(seed, new Design(preset))
    {
    }

    private Drone(uint seed, Design design)
        : base(new Timbre(seed), voices: 4, DroneVoice.Strands, isSteep: true, (timbre, bank, first) => new DroneVoice(timbre, design, bank, first))
    {
    }

    private sealed class Design(PresetReader preset)
    {
        public readonly int FullQ15 = preset.Decibels("levelDb");
        public readonly int AttackTicks = preset.Ticks("attackSeconds", 0.5m, 30);
        public readonly int ReleaseTicks = preset.Ticks("releaseSeconds", 0.5m, 40);
        public readonly int CutoffAboveRootCents = preset.Ratio("cutoffRatio", 1, 16);
        public readonly int DarkestCents = preset.Frequency("darkestHz", 60, 2_000);
        public readonly int BrightestCents = preset.Frequency("brightestHz", 60, 4_000);
    }

    private sealed class DroneVoice(Timbre timbre, Design design, StrandBank bank, int first) : StrandInstrument.StrandVoice(timbre, bank, first, Strands)
    {
        /// <summary>The saws of a note.</summary>
        public const int Strands = 4;

        private const int SideStrand = 2; // the octave is the side channel, all others the middle
        private const int MonoBelowCents = 4_650; // 120 Hz: a side voice that low is left out

        private static readonly Reed[] Model =
        [
            new(Cents: 0, LevelQ15: 32_768, BeatStep: 0),
            new(Cents: 0, LevelQ15: 23_198, BeatStep: Pitch.StepPerHertz / 6), // -3 dB, 0.17 Hz
            new(Cents: 1_200, LevelQ15: 13_045, BeatStep: Pitch.StepPerHertz / 4), // -8 dB
            new(Cents: 1_902, LevelQ15: 10_362, BeatStep: 2 * Pitch.StepPerHertz / 5), // -10 dB
        ];

        private readonly SlowWalk[] _breaths = new SlowWalk[Strands];
        private SwellEnvelope _envelope;
        private Q31 _loudness;
        private int _cutoffCents;
        private bool _hasSides;

        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            _envelope = new(design.AttackTicks, design.ReleaseTicks);
            _loudness = Loudness(noteOn.ValueQ15, design.FullQ15);
            _cutoffCents = Math.Clamp(noteOn.PitchCents + design.CutoffAboveRootCents, design.DarkestCents, design.BrightestCents);
            _hasSides = noteOn.PitchCents + Model[SideStrand].Cents >= MonoBelowCents;
            for (int i = 0; i < Strands; i++)
            {
                Bank.Start(First + i, Wavetable.Saw, Random.Next(), Pitch.PhaseStep(noteOn.PitchCents + Model[i].Cents) + Model[i].BeatStep);
                _breaths[i] = new(15 * TicksPerSecond, 35 * TicksPerSecond); // in and out: 30..70 s
            }
        }

        /// <inheritdoc/>
        protected override void Let() => _envelope.Release();

        /// <inheritdoc/>
        protected override int NextLevel()
        {
            var filter = StateVariableFilter.Coefficients.At(_cutoffCents + Timbre.CutoffShiftCents);
            for (int i = 0; i < Strands; i++) Bank.Filter(First + i, filter);
            int levelQ31 = _envelope.Next();
            return levelQ31 < 0 ? levelQ31 : _loudness * levelQ31;
        }

        /// <inheritdoc/>
        protected override void Aim(int levelQ31)
        {
            for (int i = 0; i < Strands; i++)
            {
                int gainQ31 = Breath(i) * levelQ31;
                if (i == SideStrand) Bank.Glide(First + i, _hasSides ? gainQ31 : 0, _hasSides ? -gainQ31 : 0, TickFrames);
                else Bank.Glide(First + i, gainQ31, gainQ31, TickFrames);
            }
        }

        // A voice never falls silent: it breathes between 0.3 and 1 of its own level.
        private Q31 Breath(int strand)
        {
            int walkQ31 = _breaths[strand].Next(ref Random);
            long breathQ15 = 21_299 + (11_468L * walkQ31 >> 31);
            return new((int)(Model[strand].LevelQ15 * breathQ15 << 1));
        }

        private readonly record struct Reed(int Cents, int LevelQ15, uint BeatStep);
    }
}
