using System.Runtime.CompilerServices;
using Ambient.Synth.Arithmetic;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>Plucked string, a soft harp: a loop of one period with a little damping in it (Karplus and Strong), tuned by an allpass.</summary>
/// <remarks>Source: D. Jaffe, J. Smith, "Extensions of the Karplus-Strong Plucked-String Algorithm", Computer Music Journal 7/2 (1983).</remarks>
internal sealed class Pluck : PolyphonicInstrument
{
    /// <summary>Makes one.</summary>
    /// <param name="seed">Seed of the plectrum's noise.</param>
    /// <param name="preset">String and plectrum.</param>
    public Pluck(uint seed, PresetReader preset)
        : this(seed, new Design(preset))
    {
    }

    private Pluck(uint seed, Design design)
        : base(new Timbre(seed), voices: 8, timbre => new PluckVoice(timbre, design))
    {
    }

    private sealed class Design(PresetReader preset)
    {
        public readonly int FullQ15 = preset.Decibels("levelDb");
        public readonly int AttackTicks = preset.Ticks("attackSeconds", 0.002m, 0.2m);
        public readonly int RingTicks = preset.Ticks("ringSeconds", 0.2m, 20); // of middle C's fundamental
        public readonly int HighRingTicks = preset.Ticks("highRingSeconds", 0.05m, 5); // at 2 kHz
        public readonly int DampedTicks = preset.Ticks("dampedSeconds", 0.05m, 10);
        public readonly int SoftCents = preset.Frequency("softHz", 200, 4_000);
        public readonly int HardCents = preset.Frequency("hardHz", 200, 8_000);
        public readonly int PositionQ15 = preset.Share("position", 0.05m, 0.5m); // from the end, in string lengths
    }

    private sealed class PluckVoice(Timbre timbre, Design design) : Voice(timbre)
    {
        private const int LongestPeriod = 2_048; // 23 Hz
        private const int MiddleC = 6_000;
        private const int FilterDelay = 3; // of the two damping filters, at every frequency
        private const int LoopFrames = FilterDelay + 1; // with the allpass
        private const int Smoothings = 6;
        private const int StringRms = 1 << 25; // Q28: -18 dB
        private const long HighLossQ31 = 722_000_000; // 4 sin^2(w/2) + 4 sin^2(w) at 2 kHz

        private readonly int[] _line = new int[LongestPeriod + LoopFrames];
        private readonly int[] _shape = new int[LongestPeriod + LoopFrames];
        private StereoGain _pan;
        private Q31 _loudness, _loss, _damping;
        private int _damperQ31;
        private int _length, _at;
        private int _attackTick, _lifeTicks;
        private int _dampQ31;
        private int _allpassQ31;
        private int _in1, _in2, _mid1, _mid2, _mid3, _mid4, _tuned, _tunedIn;

        /// <inheritdoc/>
        protected override void Begin(in ScoreEvent noteOn)
        {
            _pan = StereoGain.At(noteOn.PanQ15);
            _loudness = Loudness(noteOn.ValueQ15, design.FullQ15);
            _damping = Q31.Max;
            _damperQ31 = int.MaxValue;
            _attackTick = 0;
            _in1 = _in2 = _mid1 = _mid2 = _mid3 = _mid4 = _tuned = _tunedIn = 0;

            uint step = Pitch.PhaseStep(noteOn.PitchCents);
            while ((1UL << 32) / step >= LongestPeriod) step *= 2; // lower than any string of ours: an octave up
            Tune(step);
            long periodFrames = (1L << 32) / step;
            long ringTicks = (long)design.RingTicks * Exp2Table.PowerQ15((MiddleC - noteOn.PitchCents) * 16_384 / Pitch.Octave) >> 15;
            _loss = Q31.Decay((int)periodFrames, ringTicks * TickFrames);
            _lifeTicks = (int)Math.Min(ringTicks * 3 / 2, int.MaxValue);

            // What the damping has to take at 2 kHz in one period so that this dies in its own time: 6.9 nepers per RT60.
            long nepersQ31 = (periodFrames << 31) / ((long)design.HighRingTicks * TickFrames) * 69 / 10;
            _dampQ31 = (int)Math.Min(1L << 29, (nepersQ31 << 31) / HighLossQ31); // a quarter at most: the filter's own limit
            Pull(noteOn);
        }

        /// <inheritdoc/>
        protected override void Let() => _damping = Q31.Decay(TickFrames, (long)design.DampedTicks * TickFrames);

        /// <inheritdoc/>
        protected override int NextLevel()
        {
            if (--_lifeTicks <= 0) _damping = Q31.Decay(TickFrames, TicksPerSecond * TickFrames);
            _damperQ31 = Fall(_damperQ31, _damping);
            if (_damperQ31 < 0) return -1;
            if (_attackTick < design.AttackTicks) _attackTick++;
            Q31 attack = new(SineTable.RaisedCosine((int)((long)int.MaxValue * _attackTick / design.AttackTicks)));
            return (_loudness * attack * new Q31(_damperQ31)).Raw;
        }

        /// <inheritdoc/>
        protected override void RenderFrames(Span<int> left, Span<int> right, int levelQ31, int levelStep)
        {
            int at = _at, length = _length;
            int in1 = _in1, in2 = _in2, mid1 = _mid1, mid2 = _mid2, mid3 = _mid3, mid4 = _mid4, tuned = _tuned, tunedIn = _tunedIn;
            Q31 damp = new(_dampQ31), allpass = new(_allpassQ31), loss = _loss;
            int[] line = _line;
            StereoGain pan = _pan;
            for (int i = 0; i < left.Length; i++)
            {
                // Two symmetric filters, 1 - 4 d sin^2(w/2) and 1 - 4 d sin^2(w): they damp without detuning.
                int in0 = line[at];
                int mid0 = in1 + damp * (in0 - 2 * in1 + in2);
                in2 = in1;
                in1 = in0;
                int damped = mid2 + damp * (mid0 - 2 * mid2 + mid4);
                mid4 = mid3;
                mid3 = mid2;
                mid2 = mid1;
                mid1 = mid0;
                int lossyQ28 = loss * damped;
                tuned = tunedIn + allpass * (lossyQ28 - tuned);
                tunedIn = lossyQ28;
                line[at] = tuned;
                if (++at == length) at = 0;

                int soundQ28 = new Q31(levelQ31) * tuned;
                left[i] += pan.Left * soundQ28 >> 5; // Q28 -> Q23
                right[i] += pan.Right * soundQ28 >> 5;
                levelQ31 += levelStep;
            }

            _at = at;
            _in1 = in1;
            _in2 = in2;
            _mid1 = mid1;
            _mid2 = mid2;
            _mid3 = mid3;
            _mid4 = mid4;
            _tuned = tuned;
            _tunedIn = tunedIn;
        }

        // Whole frames in the line, the rest, 0.5 to 1.5 frames, in an allpass whose phase delay is exact at the fundamental.
        private void Tune(uint step)
        {
            const long HalfQ28 = 1L << 27;
            long restQ28 = (long)((1UL << 60) / step) - ((long)FilterDelay << 28);
            _length = (int)((restQ28 - HalfQ28) >> 28);
            long delayQ28 = restQ28 - ((long)_length << 28);
            int below = SineAt(((1L << 28) - delayQ28) * (step / 2) >> 28);
            int above = SineAt(((1L << 28) + delayQ28) * (step / 2) >> 28);
            _allpassQ31 = (int)(((long)below << 31) / above);
            _at = 0;
        }

        private static int SineAt(long phase) => SineTable.At(unchecked((uint)phase));

        // One period of soft noise, without the harmonics that have a node where the string is plucked.
        private void Pull(in ScoreEvent noteOn)
        {
            int velocityQ15 = Math.Clamp(noteOn.ValueQ15, 0, ScoreEvent.UnityQ15);
            int cents = design.SoftCents + (int)((long)(design.HardCents - design.SoftCents) * velocityQ15 >> 15) + Timbre.CutoffShiftCents;
            Q31 softness = new((int)Math.Min(int.MaxValue, Pitch.PhaseStep(Math.Max(cents, noteOn.PitchCents)) * 3_217L >> 10)); // 2 pi f / fs
            Span<int> line = _line.AsSpan(0, _length + LoopFrames);
            Span<int> shape = _shape.AsSpan(0, _length + LoopFrames);
            foreach (ref int sample in shape) sample = Random.NextQ31() >> 3; // Q28
            int variedQ15 = (int)(design.PositionQ15 * (27_853L + Random.NextBetween(0, 9_830)) >> 15); // 0.85 to 1.15 of it
            int node = Math.Clamp((int)((long)shape.Length * variedQ15 >> 15), 1, shape.Length - 1);
            for (int i = 0; i < line.Length; i++) line[i] = (shape[i] - shape[(i + line.Length - node) % line.Length]) / 2;

            // Twice around: the second time the filters are where the period's end left them.
            int low1 = 0, low2 = 0, low3 = 0;
            for (int round = 0; round < 2; round++)
            {
                for (int i = 0; i < line.Length; i++)
                {
                    low1 += softness * (line[i] - low1);
                    low2 += softness * (low1 - low2);
                    low3 += softness * (low2 - low3);
                    if (round == 1) shape[i] = low3;
                }
            }

            for (int pass = 0; pass < Smoothings; pass++) Smooth(shape);
            long sum = 0;
            foreach (int sample in shape) sum += sample;
            int mean = (int)(sum / shape.Length);
            long squares = 0;
            foreach (int sample in shape) squares += (long)(sample - mean) * (sample - mean) >> 12;
            int rms = Math.Max(1, Root(squares / shape.Length) << 6);
            foreach (ref int sample in shape) sample = (int)Math.Clamp((long)(sample - mean) * StringRms / rms, -(1 << 28), 1 << 28);
            Settle(shape);
            shape[LoopFrames..].CopyTo(line);
        }

        // (1 2 1) / 4 around the period: a thumb has no edge, and 12 kHz loses 6 dB each time.
        private static void Smooth(Span<int> period)
        {
            int first = period[0], before = period[^1];
            for (int i = 0; i < period.Length; i++)
            {
                int here = period[i];
                int after = i + 1 < period.Length ? period[i + 1] : first;
                period[i] = (before + 2 * here + after) >> 2;
                before = here;
            }
        }

        // A period is the line and what is under way in the loop's filters: they start as if they had seen it, or a corner would run round.
        private void Settle(ReadOnlySpan<int> period)
        {
            Q31 damp = new(_dampQ31), allpass = new(_allpassQ31);
            for (int i = -5 * LoopFrames; i < LoopFrames; i++)
            {
                int in0 = period[(i + 20 * period.Length) % period.Length];
                int mid0 = _in1 + damp * (in0 - 2 * _in1 + _in2);
                _in2 = _in1;
                _in1 = in0;
                int damped = _mid2 + damp * (mid0 - 2 * _mid2 + _mid4);
                _mid4 = _mid3;
                _mid3 = _mid2;
                _mid2 = _mid1;
                _mid1 = mid0;
                int lossyQ28 = _loss * damped;
                _tuned = _tunedIn + allpass * (lossyQ28 - _tuned);
                _tunedIn = lossyQ28;
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private static int Root(long square)
        {
            int root = 0;
            for (int bit = 1 << 30; bit > 0; bit >>= 1)
            {
                long trial = root | bit;
                if (trial * trial <= square) root = (int)trial;
            }

            return root;
        }
    }
}
