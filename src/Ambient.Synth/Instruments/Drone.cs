using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>Bass drone: four sawtooth voices on root, octave and twelfth that breathe in turn behind a steep low-pass.</summary>
/// <remarks>The side channel holds only what lies an octave and more above the root, so the bass stays in the middle.</remarks>
internal sealed class Drone : PolyphonicInstrument
{
    /// <summary>Makes one.</summary>
    /// <param name="seed">Seed of starting phases and breaths.</param>
    /// <param name="preset">Filter and envelope.</param>
    public Drone(uint seed, PresetReader preset)
        : this(seed, new Design(preset))
    {
    }

    private Drone(uint seed, Design design)
        : base(new Timbre(seed), voices: 4, timbre => new DroneVoice(timbre, design))
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

    private sealed class DroneVoice(Timbre timbre, Design design) : Voice(timbre)
    {
        private const int Oscillators = 4;
        private const int SideOscillator = 2; // the octave is the side channel, all others the middle
        private const int MonoBelowCents = 4_650; // 120 Hz: a side voice that low is left out

        private static readonly Reed[] Model =
        [
            new(Cents: 0, LevelQ15: 32_768, BeatStep: 0),
            new(Cents: 0, LevelQ15: 23_198, BeatStep: Pitch.StepPerHertz / 6), // -3 dB, 0.17 Hz
            new(Cents: 1_200, LevelQ15: 13_045, BeatStep: Pitch.StepPerHertz / 4), // -8 dB
            new(Cents: 1_902, LevelQ15: 10_362, BeatStep: 2 * Pitch.StepPerHertz / 5), // -10 dB
        ];

        private readonly SlowWalk[] _breaths = new SlowWalk[Oscillators];
        private readonly int[] _waves = new int[Oscillators];
        private readonly uint[] _phases = new uint[Oscillators];
        private readonly uint[] _steps = new uint[Oscillators];
        private readonly int[] _gainsQ31 = new int[Oscillators];
        private readonly int[] _gainSteps = new int[Oscillators];
        private readonly int[] _nextGainsQ31 = new int[Oscillators];
        private readonly int[] _midRow = new int[TickFrames];
        private readonly int[] _sideRow = new int[TickFrames];
        private SwellEnvelope _envelope;
        private StateVariableFilter.Coefficients _filter;
        private StateVariableFilter _mid1, _mid2, _side1, _side2;
        private Q31 _loudness;
        private int _cutoffCents;

        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            _envelope = new(design.AttackTicks, design.ReleaseTicks);
            _mid1 = _mid2 = _side1 = _side2 = default;
            _loudness = Loudness(noteOn.ValueQ15, design.FullQ15);
            _cutoffCents = Math.Clamp(noteOn.PitchCents + design.CutoffAboveRootCents, design.DarkestCents, design.BrightestCents);
            for (int i = 0; i < Oscillators; i++)
            {
                uint step = Pitch.PhaseStep(noteOn.PitchCents + Model[i].Cents) + Model[i].BeatStep;
                _steps[i] = step;
                _waves[i] = Wavetable.Saw.LevelFor(step);
                _phases[i] = Random.Next();
                _breaths[i] = new(15 * TicksPerSecond, 35 * TicksPerSecond); // in and out: 30..70 s
                bool isAudible = i != SideOscillator || noteOn.PitchCents + Model[i].Cents >= MonoBelowCents;
                _nextGainsQ31[i] = isAudible ? Breath(i) : 0;
            }
        }

        /// <inheritdoc/>
        protected override void Let() => _envelope.Release();

        /// <inheritdoc/>
        protected override int NextLevel()
        {
            for (int i = 0; i < Oscillators; i++)
            {
                _gainsQ31[i] = _nextGainsQ31[i];
                if (_gainsQ31[i] == 0) continue;
                _nextGainsQ31[i] = Breath(i);
                _gainSteps[i] = (_nextGainsQ31[i] - _gainsQ31[i]) / TickFrames;
            }

            _filter = StateVariableFilter.Coefficients.At(_cutoffCents + Timbre.CutoffShiftCents);
            int levelQ31 = _envelope.Next();
            return levelQ31 < 0 ? levelQ31 : _loudness * levelQ31;
        }

        /// <inheritdoc/>
        protected override void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep)
        {
            Span<int> mid = _midRow.AsSpan(0, left.Length);
            Span<int> side = _sideRow.AsSpan(0, left.Length);
            mid.Clear();
            side.Clear();
            for (int i = 0; i < Oscillators; i++) AddOscillator(i, i == SideOscillator ? side : mid);

            StateVariableFilter mid1 = _mid1, mid2 = _mid2, side1 = _side1, side2 = _side2;
            StateVariableFilter.Coefficients filter = _filter;
            for (int i = 0; i < left.Length; i++)
            {
                Q31 level = new(levelQ31);
                int midQ26 = level * mid2.LowPass(mid1.LowPass(mid[i], filter), filter);
                int sideQ26 = level * side2.LowPass(side1.LowPass(side[i], filter), filter);
                left[i] += (midQ26 + sideQ26) >> 3; // Q26 -> Q23
                right[i] += (midQ26 - sideQ26) >> 3;
                levelQ31 += levelStep;
            }

            _mid1 = mid1;
            _mid2 = mid2;
            _side1 = side1;
            _side2 = side2;
        }

        // A voice never falls silent: it breathes between 0.3 and 1 of its own level.
        private int Breath(int oscillator)
        {
            int walkQ31 = _breaths[oscillator].Next(ref Random);
            long breathQ15 = 21_299 + (11_468L * walkQ31 >> 31);
            return (int)(Model[oscillator].LevelQ15 * breathQ15 << 1);
        }

        private void AddOscillator(int oscillator, Span<int> row)
        {
            int gainQ31 = _gainsQ31[oscillator];
            int gainStep = _gainSteps[oscillator];
            if (gainQ31 == 0) return;
            int wave = _waves[oscillator];
            uint phase = _phases[oscillator];
            uint step = _steps[oscillator];
            foreach (ref int sampleQ26 in row)
            {
                sampleQ26 += new Q31(gainQ31) * (Wavetable.Read(wave, phase) >> 5); // Q31 -> Q26
                phase = unchecked(phase + step);
                gainQ31 += gainStep;
            }

            _phases[oscillator] = phase;
            _gainsQ31[oscillator] = gainQ31;
        }

        private readonly record struct Reed(int Cents, int LevelQ15, uint BeatStep);
    }
}
