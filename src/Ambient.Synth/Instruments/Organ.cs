using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>A small church organ: two ranks of flue pipes, one on each side, tuned a hair apart; every pipe speaks with a little wind.</summary>
internal sealed class Organ : PolyphonicInstrument
{
    /// <summary>Makes one.</summary>
    /// <param name="seed">Seed of the pipes' phases and of the wind.</param>
    /// <param name="preset">Stops and speech.</param>
    public Organ(uint seed, PresetReader preset)
        : this(seed, new Design(preset))
    {
    }

    private Organ(uint seed, Design design)
        : base(new Timbre(seed), voices: 8, timbre => new PipeVoice(timbre, design))
    {
    }

    private sealed class Design(PresetReader preset)
    {
        public readonly int FullQ15 = preset.Decibels("levelDb");
        public readonly int AttackTicks = preset.Ticks("attackSeconds", 0.02m, 5);
        public readonly int ReleaseTicks = preset.Ticks("releaseSeconds", 0.05m, 5);
        public readonly uint BeatStep = preset.Beat("beatHz", 0, 1) / 2;
        public readonly int ChiffQ15 = preset.Decibels("chiffDb");
        public readonly int ChiffTicks = preset.Ticks("chiffSeconds", 0.01m, 1);
        public readonly int[] Turn = Drawn(preset.List("stops", 1, 8, stop => (Harmonic: stop.Whole("harmonic", 1, 8), LevelQ15: stop.Decibels("levelDb"))));

        // One turn of the pipes together, shape [2049], Q31. Up to the eighth harmonic: below 17 kHz over the whole keyboard.
        private static int[] Drawn((int Harmonic, int LevelQ15)[] stops)
        {
            long total = stops.Sum(stop => (long)stop.LevelQ15);
            var turn = new int[SineTable.Steps + 1];
            for (int i = 0; i < turn.Length; i++)
                turn[i] = (int)stops.Sum(stop => SineTable.Turn[stop.Harmonic * i & (SineTable.Steps - 1)] * (long)stop.LevelQ15 / Math.Max(total, 1));
            return turn;
        }
    }

    private sealed class PipeVoice(Timbre timbre, Design design) : Voice(timbre)
    {
        private const int ToneAboveCents = 3_600; // low-pass three octaves above the pipe, as designed

        private StereoGain _pan;
        private Q31 _loudness, _releasePerTick, _chiffPerTick;
        private StateVariableFilter.Coefficients _tone, _chiffBand;
        private StateVariableFilter _toneLeft, _toneRight, _chiffFilter;
        private uint _phaseLeft, _phaseRight, _stepLeft, _stepRight;
        private int _tick, _pitchCents;
        private int _levelQ31;
        private int _chiffQ31;
        private bool _isReleasing;

        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            _pan = StereoGain.At(noteOn.PanQ15);
            _loudness = Loudness(noteOn.ValueQ15, design.FullQ15);
            _releasePerTick = Q31.Decay(TickFrames, (long)design.ReleaseTicks * TickFrames);
            _chiffPerTick = Q31.Decay(TickFrames, (long)design.ChiffTicks * TickFrames);
            _chiffQ31 = (int)Math.Min(int.MaxValue, (long)design.ChiffQ15 << 16);
            _chiffBand = StateVariableFilter.Coefficients.At(noteOn.PitchCents + 1_902, 1 << 28); // Q 4 around the twelfth
            _toneLeft = _toneRight = _chiffFilter = default;
            _pitchCents = noteOn.PitchCents;
            uint step = Pitch.PhaseStep(_pitchCents);
            _stepLeft = step - Math.Min(step, design.BeatStep);
            _stepRight = step + design.BeatStep;
            _phaseLeft = Random.Next();
            _phaseRight = Random.Next();
            _tick = 0;
            _levelQ31 = 0;
            _isReleasing = false;
        }

        /// <inheritdoc/>
        protected override void Let() => _isReleasing = true;

        /// <inheritdoc/>
        protected override int NextLevel()
        {
            _tone = StateVariableFilter.Coefficients.At(_pitchCents + ToneAboveCents + Timbre.CutoffShiftCents);
            _chiffQ31 = Math.Max(Fall(_chiffQ31, _chiffPerTick), 0);
            if (_isReleasing) _levelQ31 = Fall(_levelQ31, _releasePerTick);
            else if (_tick < design.AttackTicks) _levelQ31 = SineTable.RaisedCosine((int)((long)int.MaxValue * ++_tick / design.AttackTicks));
            return _levelQ31 < 0 ? -1 : _loudness * _levelQ31;
        }

        /// <inheritdoc/>
        protected override void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep)
        {
            uint phaseLeft = _phaseLeft, phaseRight = _phaseRight;
            StateVariableFilter toneLeft = _toneLeft, toneRight = _toneRight, chiffFilter = _chiffFilter;
            Q31 chiffLevel = new(_chiffQ31);
            int[] turn = design.Turn;
            StereoGain pan = _pan;
            for (int i = 0; i < left.Length; i++)
            {
                int a = SineTable.Interpolate(turn, phaseLeft) >> 5; // Q31 -> Q26
                int b = SineTable.Interpolate(turn, phaseRight) >> 5;
                int chiff = chiffFilter.BandPass(chiffLevel * (Random.NextQ31() >> 4), _chiffBand);
                phaseLeft = unchecked(phaseLeft + _stepLeft);
                phaseRight = unchecked(phaseRight + _stepRight);
                Q31 level = new(levelQ31);
                int leftQ26 = level * (toneLeft.LowPass(a + (b >> 2), _tone) + chiff);
                int rightQ26 = level * (toneRight.LowPass(b + (a >> 2), _tone) + chiff);
                left[i] += pan.Left * leftQ26 >> 3; // Q26 -> Q23
                right[i] += pan.Right * rightQ26 >> 3;
                levelQ31 += levelStep;
            }

            _phaseLeft = phaseLeft;
            _phaseRight = phaseRight;
            _toneLeft = toneLeft;
            _toneRight = toneRight;
            _chiffFilter = chiffFilter;
        }
    }
}
