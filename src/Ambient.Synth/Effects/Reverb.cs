using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Effects;

/// <summary>Room: a feedback delay network of eight slowly moving lines behind a pre-delay, band-limited and darker the longer it rings.</summary>
/// <remarks>
/// Lines of mutually prime length mix through a Householder matrix, which loses nothing; all loss is in <see cref="LineDamping"/>.
/// Source of the structure: J. Dattorro, "Effect Design 1" (JAES 1997) and J.-M. Jot (1991).
/// </remarks>
internal sealed class Reverb : IEffect
{
    private const int Lines = 8;
    private const int LineCapacity = 8_192;
    private const int LineMask = LineCapacity - 1;
    private const int SampleMask = LineCapacity * Lines - 1;
    private const int PreDelayFrames = 1_200; // 25 ms
    private const int TickFrames = 64;
    private const int GuardBits = 3; // Q23 -> Q26
    private const int MaxInputQ26 = 60_000_000; // 0.9: even resonance at RT60 = 10 s then stays within +-32
    private const int WanderFrames = 24; // +-0.5 ms at 0.29 Hz at most: 1.6 cents
    private const int RestQ26 = 1 << 10; // -96 dB: above what rounding keeps going at RT60 = 10 s
    private const int MinRt60Q15 = 1_638; // 0.5 s
    private const int HighPassCents = 5_037; // 150 Hz
    private const int LowPassCents = 11_273; // 5.5 kHz

    private static readonly int[] LineFrames = [1_447, 1_789, 2_179, 2_591, 3_067, 3_637, 4_363, 5_227];

    // Two rows of a Hadamard matrix: what the channels have in common is little.
    private static readonly Vector256<int> LeftSigns = Vector256.Create(1, -1, 1, -1, 1, -1, 1, -1);
    private static readonly Vector256<int> RightSigns = Vector256.Create(1, 1, -1, -1, 1, 1, -1, -1);
    private static readonly Vector256<int> EvenLanes = Vector256.Create(-1, 0, -1, 0, -1, 0, -1, 0);
    private static readonly Vector256<int> Lane = Vector256.Create(0, 1, 2, 3, 4, 5, 6, 7);

    private readonly int[] _lines = new int[LineCapacity * Lines]; // [frame, line]
    private readonly int[] _preDelay = new int[PreDelayFrames * 2];
    private readonly int[] _delaysQ16 = new int[Lines];
    private readonly int[] _delaySteps = new int[Lines];
    private readonly int[] _states = new int[Lines];
    private readonly uint[] _wanderPhases = new uint[Lines];
    private readonly int[] _polesQ15 = new int[Lines];
    private readonly int[] _gainsQ15 = new int[Lines];
    private readonly int[] _rows = new int[Lines];
    private readonly int[] _newer = new int[Lines];
    private readonly int[] _older = new int[Lines];
    private readonly Allpass[] _diffusers = [new(241), new(557), new(263), new(601)];
    private readonly StateVariableFilter.Coefficients _highPass = StateVariableFilter.Coefficients.At(HighPassCents);
    private readonly StateVariableFilter.Coefficients _lowPass = StateVariableFilter.Coefficients.At(LowPassCents);
    private StateVariableFilter _highPassLeft, _highPassRight, _lowPassLeft, _lowPassRight;
    private Glide _rt60;
    private int _write;
    private int _preDelayAt;
    private int _framesToTick;
    private int _quietFrames;
    private bool _isAsleep = true;

    /// <summary>Makes an empty room.</summary>
    /// <param name="rt60Q15">RT60 / 10 s.</param>
    public Reverb(int rt60Q15)
    {
        _rt60 = new(rt60Q15, minRampFrames: 4_800);
        for (int i = 0; i < Lines; i++)
        {
            _wanderPhases[i] = (uint)i << 29;
            _delaysQ16[i] = LineFrames[i] << 16;
        }

        TuneDamping();
    }

    /// <summary>Whether all tails have died; it then costs nothing.</summary>
    public bool IsAsleep => _isAsleep;

    /// <summary>Glides to a reverb time.</summary>
    /// <param name="rt60Q15">RT60 / 10 s, clamped to 0.05..1.</param>
    /// <param name="rampFrames">At least 0.1 s is taken.</param>
    public void SetTime(int rt60Q15, int rampFrames) => _rt60.To(Math.Clamp(rt60Q15, MinRt60Q15, ScoreEvent.UnityQ15), rampFrames);

    /// <inheritdoc/>
    public void Process(Span<int> left, Span<int> right)
    {
        for (int done = 0; done < left.Length;)
        {
            if (_isAsleep)
            {
                while (done < left.Length && (left[done] | right[done]) == 0) done++;
                _isAsleep = done == left.Length;
                continue;
            }

            if (_framesToTick == 0 && Tick()) continue;
            int frames = Math.Min(left.Length - done, _framesToTick);
            ProcessFrames(left.Slice(done, frames), right.Slice(done, frames));
            _framesToTick -= frames;
            done += frames;
        }
    }

    // Returns whether it fell asleep. While asleep the room's clock stands still, so block sizes still do not matter.
    private bool Tick()
    {
        if (_quietFrames >= LineCapacity + PreDelayFrames)
        {
            Clear();
            return true;
        }

        _framesToTick = TickFrames;
        for (int i = 0; i < Lines; i++)
        {
            _wanderPhases[i] = unchecked(_wanderPhases[i] + (uint)(Pitch.StepPerHertz * TickFrames / 100) * (uint)(11 + 2 * i + i / 2)); // 0.11 .. 0.28 Hz
            int targetQ16 = (LineFrames[i] << 16) + (int)((long)SineTable.At(_wanderPhases[i]) * WanderFrames >> 15);
            _delaySteps[i] = (targetQ16 - _delaysQ16[i]) / TickFrames;
        }

        if (!_rt60.HasSettled)
        {
            _rt60.Advance(TickFrames);
            TuneDamping();
        }

        return false;
    }

    private void TuneDamping()
    {
        int rt60Frames = (int)(_rt60.ValueQ23 * (10L * SynthEngine.SampleRateHz) >> 23);
        for (int i = 0; i < Lines; i++)
        {
            LineDamping damping = LineDamping.For(LineFrames[i], rt60Frames);
            _polesQ15[i] = damping.PoleQ15;
            _gainsQ15[i] = damping.GainQ15;
        }
    }

    // The eight lines are the eight lanes of a vector; the arithmetic is on 32-bit integers, so every machine rounds alike.
    private void ProcessFrames(Span<int> left, Span<int> right)
    {
        Span<int> newer = _newer;
        Span<int> older = _older;
        Span<int> rows = _rows;
        Span<int> lines = _lines;
        Vector256<int> delayQ16 = Vector256.Create(_delaysQ16);
        Vector256<int> delayStep = Vector256.Create(_delaySteps);
        Vector256<int> pole = Vector256.Create(_polesQ15);
        Vector256<int> gain = Vector256.Create(_gainsQ15);
        Vector256<int> state = Vector256.Create(_states);
        int write = _write;
        for (int frame = 0; frame < left.Length; frame++)
        {
            Receive(left[frame], right[frame], out int inLeft, out int inRight);
            Vector256<int> at = (Vector256.Create(write) - (delayQ16 >> 16)) * Lines + Lane;
            at.CopyTo(rows);
            for (int i = 0; i < Lines; i++)
            {
                newer[i] = lines[rows[i] & SampleMask];
                older[i] = lines[(rows[i] - Lines) & SampleMask];
            }

            Vector256<int> from = Vector256.Create<int>(newer);
            Vector256<int> fractionQ15 = (delayQ16 & Vector256.Create(0xFFFF)) >> 1;
            Vector256<int> read = from + Multiply(Vector256.Create<int>(older) - from, fractionQ15);
            state = Multiply(state, pole) + Multiply(read, gain);
            delayQ16 += delayStep;

            int mean = (Vector256.Sum(state) + 2) >> 2; // Householder: x - 2/8 * sum
            Vector256<int> input = Vector256.ConditionalSelect(EvenLanes, Vector256.Create(inLeft), Vector256.Create(inRight));
            (state - Vector256.Create(mean) + input).CopyTo(lines[(write * Lines)..]);
            write = (write + 1) & LineMask;

            bool isQuiet = (left[frame] | right[frame]) == 0 && Vector256.LessThanAll(Vector256.Abs(state), Vector256.Create(RestQ26));
            _quietFrames = isQuiet ? _quietFrames + 1 : 0;
            left[frame] = Vector256.Sum(state * LeftSigns) >> (GuardBits + 1);
            right[frame] = Vector256.Sum(state * RightSigns) >> (GuardBits + 1);
        }

        delayQ16.CopyTo(_delaysQ16);
        state.CopyTo(_states);
        _write = write;
    }

    // Rounded product of a sample and a coefficient 0..1 in Q15, in halves so that it needs no more than 32 bits.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> Multiply(Vector256<int> sample, Vector256<int> coefficientQ15)
    {
        Vector256<int> high = (sample >> 16) * coefficientQ15;
        Vector256<int> low = (sample & Vector256.Create(0xFFFF)) * coefficientQ15;
        return (high << 1) + ((low + Vector256.Create(1 << 14)) >> 15);
    }

    // Pre-delay, the send's own high-pass and low-pass, diffusion.
    private void Receive(int leftQ23, int rightQ23, out int left, out int right)
    {
        int at = _preDelayAt;
        int delayedLeft = _preDelay[at];
        int delayedRight = _preDelay[at + 1];
        _preDelay[at] = Math.Clamp(leftQ23, -MaxInputQ26 >> GuardBits, MaxInputQ26 >> GuardBits) << GuardBits;
        _preDelay[at + 1] = Math.Clamp(rightQ23, -MaxInputQ26 >> GuardBits, MaxInputQ26 >> GuardBits) << GuardBits;
        _preDelayAt = at + 2 == _preDelay.Length ? 0 : at + 2;
        delayedLeft = _lowPassLeft.LowPass(_highPassLeft.HighPass(delayedLeft, _highPass), _lowPass);
        delayedRight = _lowPassRight.LowPass(_highPassRight.HighPass(delayedRight, _highPass), _lowPass);
        delayedLeft = _diffusers[1].Process(_diffusers[0].Process(delayedLeft));
        delayedRight = _diffusers[3].Process(_diffusers[2].Process(delayedRight));
        left = Math.Clamp(delayedLeft, -MaxInputQ26, MaxInputQ26) / 3;
        right = Math.Clamp(delayedRight, -MaxInputQ26, MaxInputQ26) / 3;
    }

    private void Clear()
    {
        Array.Clear(_lines);
        Array.Clear(_preDelay);
        Array.Clear(_states);
        foreach (Allpass diffuser in _diffusers) diffuser.Clear();
        _highPassLeft = _highPassRight = _lowPassLeft = _lowPassRight = default;
        _quietFrames = 0;
        _isAsleep = true;
    }
}
