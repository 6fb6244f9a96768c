using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Instruments;

/// <summary>Soft bell: five partials, each a pair of sines that beats slowly across the stereo field and dies at its own pace.</summary>
/// <remarks>No minor-third partial (1.2), which would colour every major mood; nothing above 5 kHz.</remarks>
/// <param name="seed">Seed of the partials' starting phases.</param>
internal sealed class Bell(uint seed) : PolyphonicInstrument(new Timbre(seed), voices: 8, timbre => new BellVoice(timbre))
{
    private sealed class BellVoice(Timbre timbre) : Voice
    {
        private const int FullQ15 = 7_766; // -12.5 dB: ten notes a minute sound 10 LU below the pad
        private const int AttackTicks = 11; // 15 ms
        private const int DampedRt60Ticks = 6 * TicksPerSecond;
        private const int SoftestCutoffCents = 10_490; // 3 500 Hz: from here partials thin out ...
        private const int HighestCents = 11_108; // ... and at 5 000 Hz they are gone
        private const uint WidestBeat = 2 * Pitch.StepPerHertz / 5; // 0.4 Hz each way: pairs stay within 0.8 Hz

        private static readonly Partial[] Model =
        [
            new(Cents: -1_200, LevelQ15: 10_362, Rt60Ticks: 12 * TicksPerSecond, BeatStep: 3 * Pitch.StepPerHertz / 20), // 0.5, -10 dB
            new(Cents: 0, LevelQ15: 32_768, Rt60Ticks: 9 * TicksPerSecond, BeatStep: Pitch.StepPerHertz / 5),
            new(Cents: 702, LevelQ15: 6_538, Rt60Ticks: 5 * TicksPerSecond, BeatStep: Pitch.StepPerHertz / 4), // 1.5, -14 dB
            new(Cents: 1_200, LevelQ15: 16_423, Rt60Ticks: 4 * TicksPerSecond, BeatStep: 3 * Pitch.StepPerHertz / 10), // 2, -6 dB
            new(Cents: 1_720, LevelQ15: 2_603, Rt60Ticks: 3 * TicksPerSecond / 2, BeatStep: WidestBeat), // 2.7, -22 dB
        ];

        private readonly Sounding[] _partials = new Sounding[Model.Length];
        private StereoGain _pan;
        private Q31 _loudness;
        private Q31 _damping;
        private int _attackTick;
        private int _damperQ31;

        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            _pan = StereoGain.At(noteOn.PanQ15);
            int velocityQ15 = Math.Clamp(noteOn.ValueQ15, 0, ScoreEvent.UnityQ15);
            _loudness = Loudness(velocityQ15, FullQ15);
            _damping = Q31.Max;
            _damperQ31 = int.MaxValue;
            _attackTick = 0;

            // Soft strokes and low brightness take away from the partials above the fundamental.
            int hardnessQ15 = (velocityQ15 + timbre.BrightnessQ15 + 16_384) / 2;
            for (int i = 0; i < Model.Length; i++)
            {
                Partial partial = Model[i];
                int cents = noteOn.PitchCents + partial.Cents;
                int taperQ15 = Math.Clamp((HighestCents - cents) * 32_768 / (HighestCents - SoftestCutoffCents), 0, 32_768);
                long levelQ15 = (long)partial.LevelQ15 * taperQ15 >> 15;
                if (partial.Cents > 0) levelQ15 = levelQ15 * hardnessQ15 >> 15;
                uint step = Pitch.PhaseStep(cents);
                _partials[i] = new Sounding
                {
                    StepNear = step - Math.Min(step, partial.BeatStep),
                    StepFar = step + partial.BeatStep,
                    PhaseNear = timbre.Random.Next(),
                    PhaseFar = timbre.Random.Next(),
                    TargetQ31 = (int)(levelQ15 << 14), // up to 0.5, twice with a hard stroke
                    PerTick = Q31.Decay(TickFrames, (long)partial.Rt60Ticks * TickFrames),
                };
            }
        }

        /// <inheritdoc/>
        protected override void Let() => _damping = Q31.Decay(TickFrames, (long)DampedRt60Ticks * TickFrames);

        /// <inheritdoc/>
        protected override int NextLevel()
        {
            bool isSounding = false;
            foreach (ref Sounding partial in _partials.AsSpan())
            {
                partial.LevelQ31 = partial.TargetQ31;
                partial.TargetQ31 = Math.Max(Fall(partial.TargetQ31, partial.PerTick), 0);
                partial.LevelStep = (partial.TargetQ31 - partial.LevelQ31) / TickFrames;
                isSounding |= partial.LevelQ31 > 0;
            }

            _damperQ31 = Math.Max(Fall(_damperQ31, _damping), 0);
            if (!isSounding || _damperQ31 == 0) return -1;
            if (_attackTick < AttackTicks) _attackTick++;
            Q31 attack = new(SineTable.RaisedCosine((int)((long)int.MaxValue * _attackTick / AttackTicks)));
            return (_loudness * attack * new Q31(_damperQ31)).Raw;
        }

        /// <inheritdoc/>
        protected override void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep)
        {
            foreach (ref Sounding partial in _partials.AsSpan())
            {
                if (partial.LevelQ31 == 0) continue;
                uint phaseNear = partial.PhaseNear, phaseFar = partial.PhaseFar;
                int partialQ31 = partial.LevelQ31;
                int voiceQ31 = levelQ31;
                for (int i = 0; i < left.Length; i++)
                {
                    Q31 level = new Q31(voiceQ31) * new Q31(partialQ31);
                    int near = level * (SineTable.At(phaseNear) >> 5); // Q31 -> Q26
                    int far = level * (SineTable.At(phaseFar) >> 5);
                    left[i] += _pan.Left * (near + (far >> 1)) >> 3; // Q26 -> Q23
                    right[i] += _pan.Right * (far + (near >> 1)) >> 3;
                    phaseNear = unchecked(phaseNear + partial.StepNear);
                    phaseFar = unchecked(phaseFar + partial.StepFar);
                    partialQ31 += partial.LevelStep;
                    voiceQ31 += levelStep;
                }

                partial.PhaseNear = phaseNear;
                partial.PhaseFar = phaseFar;
                partial.LevelQ31 = partialQ31;
            }
        }

        private readonly record struct Partial(int Cents, int LevelQ15, int Rt60Ticks, uint BeatStep);

        private struct Sounding
        {
            public uint PhaseNear, PhaseFar;
            public uint StepNear, StepFar;
            public int LevelQ31, LevelStep, TargetQ31;
            public Q31 PerTick;
        }
    }
}
