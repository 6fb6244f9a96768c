using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;
using Ambient.Synth.Oscillators;

namespace Ambient.Synth.Instruments;

/// <summary>A humming choir: three singers to a note, each with a vibrato of their own, in one room of formants that moves slowly between oo and oh.</summary>
/// <remarks>Filters are linear, so the formants stand once behind all the singers and not in every one of them. Never a word: one vowel takes its seconds.</remarks>
internal sealed class Choir : PolyphonicInstrument
{
    private const int Formants = 3;

    private readonly Timbre _timbre;
    private readonly Design _design;
    private readonly int[] _leftRow = new int[Voice.TickFrames];
    private readonly int[] _rightRow = new int[Voice.TickFrames];
    private readonly StateVariableFilter.Coefficients[] _formants = new StateVariableFilter.Coefficients[Formants];
    private readonly int[] _levelsQ15;
    private FormantRoom _room;
    private SlowWalk _vowel;
    private int _framesToTick;

    /// <summary>Makes one.</summary>
    /// <param name="seed">Seed of voices, vibrato and vowel.</param>
    /// <param name="preset">Vowels and singers.</param>
    public Choir(uint seed, PresetReader preset)
        : this(new Timbre(seed), new Design(preset))
    {
    }

    private Choir(Timbre timbre, Design design)
        : base(timbre, voices: 6, shared => new SingerVoice(shared, design))
    {
        _timbre = timbre;
        _design = design;
        _levelsQ15 = Array.ConvertAll(design.Formants, formant => formant.LevelQ15);
        _vowel = new(design.VowelTicks, 5 * design.VowelTicks / 2);
    }

    /// <inheritdoc/>
    public override bool IsSounding => base.IsSounding || _framesToTick > 0; // the formants ring until the tick is full

    /// <inheritdoc/>
    public override void NoteOn(in ScoreEvent scoreEvent)
    {
        if (!IsSounding) _room.Clear();
        base.NoteOn(scoreEvent);
    }

    /// <inheritdoc/>
    public override void Render(Span<int> left, Span<int> right)
    {
        while (!left.IsEmpty && IsSounding)
        {
            if (_framesToTick == 0) Tick();
            int frames = Math.Min(left.Length, _framesToTick);
            Span<int> leftRow = _leftRow.AsSpan(0, frames);
            Span<int> rightRow = _rightRow.AsSpan(0, frames);
            leftRow.Clear();
            rightRow.Clear();
            base.Render(leftRow, rightRow);
            _room.Sing(leftRow, rightRow, left, right);
            _framesToTick -= frames;
            left = left[frames..];
            right = right[frames..];
        }
    }

    private void Tick()
    {
        _framesToTick = Voice.TickFrames;
        int openQ15 = (_vowel.Next(ref _timbre.Random) >> 17) + 16_384; // 0 is oo, 32 768 is oh
        for (int i = 0; i < Formants; i++)
        {
            Formant formant = _design.Formants[i];
            int cents = formant.ClosedCents + (int)((long)(formant.OpenCents - formant.ClosedCents) * openQ15 >> 15);
            _formants[i] = StateVariableFilter.Coefficients.At(cents, formant.DampingQ30);
        }

        _room.Shape(StateVariableFilter.Coefficients.At(_design.ThroatCents + _timbre.CutoffShiftCents), _design.ChestQ15, _formants, _levelsQ15);
    }

    private readonly record struct Formant(int ClosedCents, int OpenCents, int DampingQ30, int LevelQ15);

    private sealed class Design(PresetReader preset)
    {
        public readonly int FullQ15 = preset.Decibels("levelDb");
        public readonly int AttackTicks = preset.Ticks("attackSeconds", 0.2m, 10);
        public readonly int ReleaseTicks = preset.Ticks("releaseSeconds", 0.2m, 20);
        public readonly int BreathQ15 = preset.Share("breath", 0, 0.2m);
        public readonly int VibratoCents = preset.Whole("vibratoCents", 0, 30);
        public readonly int VowelTicks = preset.Ticks("vowelSeconds", 5, 60);
        public readonly int ThroatCents = preset.Frequency("throatHz", 300, 6_000);
        public readonly int ChestQ15 = preset.Decibels("chestDb");

        public readonly Formant[] Formants = preset.List("formants", Choir.Formants, Choir.Formants, formant => new Formant(
            formant.Frequency("closedHz", 150, 5_000), formant.Frequency("openHz", 150, 5_000), formant.Damping("q", 1, 30), formant.Decibels("levelDb")));
    }

    private sealed class SingerVoice(Timbre timbre, Design design) : Voice(timbre)
    {
        private const int Singers = 3;
        private const int VibratoFadeTicks = TicksPerSecond;
        private const int DriftCents = 4;

        private readonly Singer[] _singers = new Singer[Singers];
        private SwellEnvelope _envelope;
        private StereoGain _pan;
        private Q31 _loudness;
        private uint _step;
        private int _tick;

        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            _envelope = new(design.AttackTicks, design.ReleaseTicks);
            _pan = StereoGain.At(noteOn.PanQ15);
            _loudness = Loudness(noteOn.ValueQ15, design.FullQ15);
            _step = Pitch.PhaseStep(noteOn.PitchCents);
            int wave = Wavetable.Saw.LevelFor(_step);
            _tick = 0;
            foreach (ref Singer singer in _singers.AsSpan())
            {
                singer = new Singer
                {
                    Throat = new() { Table = wave, Phase = Random.Next() },
                    Vibrato = Random.Next(),
                    VibratoStep = (uint)Random.NextBetween(43, 53) * (Pitch.StepPerHertz / 10 * TickFrames), // 4.3 to 5.2 Hz
                    DepthQ12 = design.VibratoCents * Random.NextBetween(3_277, 4_915), // 0.8 to 1.2 of it
                    Drift = new(3 * TicksPerSecond, 8 * TicksPerSecond),
                };
            }
        }

        /// <inheritdoc/>
        protected override void Let() => _envelope.Release();

        /// <inheritdoc/>
        protected override int NextLevel()
        {
            int levelQ31 = _envelope.Next();
            if (levelQ31 < 0) return levelQ31;
            if (_tick < VibratoFadeTicks) _tick++;
            foreach (ref Singer singer in _singers.AsSpan())
            {
                int vibratoQ12 = (int)((long)SineTable.At(singer.Vibrato) * singer.DepthQ12 * _tick / VibratoFadeTicks >> 31);
                int driftQ12 = (int)((long)singer.Drift.Next(ref Random) * (DriftCents << 12) >> 31);
                singer.Vibrato = unchecked(singer.Vibrato + singer.VibratoStep);
                singer.Throat.Step = Bent(_step, vibratoQ12 + driftQ12);
            }

            return _loudness * levelQ31;
        }

        /// <inheritdoc/>
        protected override void Aim(int levelQ31)
        {
            // Half as loud, for three of them share the room: one near the left, one near the right, one in the middle.
            int leftQ31 = _pan.Left * levelQ31 >> 1, rightQ31 = _pan.Right * levelQ31 >> 1;
            _singers[0].Throat.Glide(leftQ31, rightQ31 >> 2, TickFrames);
            _singers[1].Throat.Glide(leftQ31, rightQ31, TickFrames);
            _singers[2].Throat.Glide(leftQ31 >> 2, rightQ31, TickFrames);
        }

        /// <inheritdoc/>
        protected override void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep)
        {
            foreach (ref Singer singer in _singers.AsSpan()) singer.Throat.Render(left, right); // stays Q26: the formants come after
            Xorshift32 random = Random;
            Q31 breathGain = new(design.BreathQ15 << 16);
            StereoGain pan = new(new(breathGain * _pan.Left.Raw), new(breathGain * _pan.Right.Raw));
            for (int i = 0; i < left.Length; i++)
            {
                int breath = new Q31(levelQ31) * (random.NextQ31() >> 5);
                left[i] += pan.Left * breath;
                right[i] += pan.Right * breath;
                levelQ31 += levelStep;
            }

            Random = random;
        }

        private struct Singer
        {
            public PannedOscillator<BandLimitedShape> Throat;
            public uint Vibrato, VibratoStep;
            public int DepthQ12;
            public SlowWalk Drift;
        }
    }
}
