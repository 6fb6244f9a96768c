using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

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
    private readonly StateVariableFilter[] _leftFormants = new StateVariableFilter[Formants];
    private readonly StateVariableFilter[] _rightFormants = new StateVariableFilter[Formants];
    private StateVariableFilter.Coefficients _throat;
    private StateVariableFilter _leftThroat, _rightThroat;
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
        _vowel = new(design.VowelTicks, 5 * design.VowelTicks / 2);
    }

    /// <inheritdoc/>
    public override bool IsSounding => base.IsSounding || _framesToTick > 0; // the formants ring until the tick is full

    /// <inheritdoc/>
    public override void NoteOn(in ScoreEvent scoreEvent)
    {
        if (!IsSounding)
        {
            Array.Clear(_leftFormants);
            Array.Clear(_rightFormants);
            _leftThroat = _rightThroat = default;
        }

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
            Sing(leftRow, left, _leftFormants, ref _leftThroat);
            Sing(rightRow, right, _rightFormants, ref _rightThroat);
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

        _throat = StateVariableFilter.Coefficients.At(_design.ThroatCents + _timbre.CutoffShiftCents);
    }

    private void Sing(ReadOnlySpan<int> source, Span<int> channel, StateVariableFilter[] states, ref StateVariableFilter throatState)
    {
        StateVariableFilter throat = throatState, first = states[0], second = states[1], third = states[2];
        long firstQ15 = _design.Formants[0].LevelQ15, secondQ15 = _design.Formants[1].LevelQ15, thirdQ15 = _design.Formants[2].LevelQ15;
        int chestQ15 = _design.ChestQ15;
        for (int i = 0; i < channel.Length && i < source.Length; i++)
        {
            int low = throat.LowPass(source[i], _throat);
            long sung = (long)low * chestQ15 + first.BandPass(low, _formants[0]) * firstQ15
                + second.BandPass(low, _formants[1]) * secondQ15 + third.BandPass(source[i], _formants[2]) * thirdQ15;
            channel[i] += (int)(sung >> 18); // Q26 * Q15 -> Q23
        }

        throatState = throat;
        states[0] = first;
        states[1] = second;
        states[2] = third;
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
        private int _wave;
        private uint _step;
        private int _tick;

        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            _envelope = new(design.AttackTicks, design.ReleaseTicks);
            _pan = StereoGain.At(noteOn.PanQ15);
            _loudness = Loudness(noteOn.ValueQ15, design.FullQ15);
            _step = Pitch.PhaseStep(noteOn.PitchCents);
            _wave = Wavetable.Saw.LevelFor(_step);
            _tick = 0;
            foreach (ref Singer singer in _singers.AsSpan())
            {
                singer = new Singer
                {
                    Phase = Random.Next(),
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
                singer.Step = Bent(_step, vibratoQ12 + driftQ12);
            }

            return _loudness * levelQ31;
        }

        /// <inheritdoc/>
        protected override void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep)
        {
            ref Singer a = ref _singers[0], b = ref _singers[1], c = ref _singers[2];
            uint phaseA = a.Phase, phaseB = b.Phase, phaseC = c.Phase;
            int wave = _wave;
            long breathQ15 = design.BreathQ15;
            StereoGain pan = _pan;
            for (int i = 0; i < left.Length; i++)
            {
                int near = Wavetable.Read(wave, phaseA) >> 6; // Q31 -> Q25: three of them share the room
                int middle = Wavetable.Read(wave, phaseB) >> 6;
                int far = Wavetable.Read(wave, phaseC) >> 6;
                int breath = (int)((Random.NextQ31() >> 5) * breathQ15 >> 15);
                Q31 level = new(levelQ31);
                left[i] += pan.Left * (level * (near + middle + (far >> 2) + breath)); // stays Q26: the formants come after
                right[i] += pan.Right * (level * (far + middle + (near >> 2) + breath));
                phaseA = unchecked(phaseA + a.Step);
                phaseB = unchecked(phaseB + b.Step);
                phaseC = unchecked(phaseC + c.Step);
                levelQ31 += levelStep;
            }

            a.Phase = phaseA;
            b.Phase = phaseB;
            c.Phase = phaseC;
        }

        private struct Singer
        {
            public uint Phase, Step, Vibrato, VibratoStep;
            public int DepthQ12;
            public SlowWalk Drift;
        }
    }
}
