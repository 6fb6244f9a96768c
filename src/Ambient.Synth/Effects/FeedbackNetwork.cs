using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Effects;

/// <summary>Slowly moving delay lines that feed one another through a Householder matrix, which loses nothing; all loss is in <see cref="LineDamping"/>.</summary>
/// <remarks>
/// Works on ticks of 64 frames. Reading, mixing and writing take consecutive frames as one vector, damping takes the lines as one vector;
/// a transposition lies between. Source of the structure: J.-M. Jot and A. Chaigne, "Digital delay networks" (AES 1991).
/// </remarks>
internal sealed class FeedbackNetwork
{
    private const int LineCapacity = 8_192;
    private const int TickFrames = SynthEngine.SegmentFrames;
    private const int OutputShift = 4; // Q26 -> Q23, and 8 lines to the loudness of 2
    private const int WanderTicks = 8; // each line is sent on in every eighth tick
    private const int WanderFrames = 24; // +-0.5 ms at 0.29 Hz at most: 1.6 cents
    private const int RestQ23 = 96; // -99 dB: above what rounding keeps going at RT60 = 10 s
    private const int RestQ26 = RestQ23 << 3;
    private const int LouderLinesQ31 = 1_518_500_250; // 16 lines sound 3 dB louder than 8

    private readonly int _count;
    private readonly int _meanShift; // 2 / lines
    private readonly int[] _lineFrames;
    private readonly DelayLine[] _lines;
    private readonly int[] _delaysQ16, _delaySteps;
    private readonly int[] _states, _poles, _gains, _squaredPoles, _gainsOfPoles; // [line]
    private readonly uint[] _wanderPhases, _wanderSteps;
    private readonly int[] _rows; // [line, frame]
    private readonly int[] _columns; // [frame, line]
    private readonly int[] _feedEven = new int[TickFrames], _feedOdd = new int[TickFrames]; // what the matrix and the input add to each line
    private int _write;
    private int _tick;

    /// <summary>Makes an empty network.</summary>
    /// <param name="lineFrames">Lengths, mutually prime; 8 or 16 of them.</param>
    public FeedbackNetwork(ReadOnlySpan<int> lineFrames)
    {
        _count = lineFrames.Length;
        _meanShift = _count == 8 ? 2 : 3;
        _lineFrames = lineFrames.ToArray();
        _lines = new DelayLine[_count];
        (_delaysQ16, _delaySteps) = (new int[_count], new int[_count]);
        (_states, _poles, _gains) = (new int[_count], new int[_count], new int[_count]);
        (_squaredPoles, _gainsOfPoles) = (new int[_count], new int[_count]);
        (_rows, _columns) = (new int[_count * TickFrames], new int[_count * TickFrames]);
        (_wanderPhases, _wanderSteps) = (new uint[_count], new uint[_count]);
        for (int i = 0; i < _count; i++)
        {
            _lines[i] = new DelayLine(LineCapacity);
            _wanderPhases[i] = (uint)(i * (16 / _count)) << 28;
            _wanderSteps[i] = (uint)(Pitch.StepPerHertz * TickFrames / 100) * (uint)(11 + (2 * i + i / 2) * 8 / _count); // 0.11 .. 0.28 Hz
            _delaysQ16[i] = lineFrames[i] << 16;
        }
    }

    /// <summary>Frames in which nothing was heard, whole ticks only.</summary>
    public int QuietFrames { get; private set; }

    /// <summary>Tunes the loss of every line.</summary>
    public void SetTime(int rt60Frames)
    {
        for (int i = 0; i < _count; i++)
        {
            LineDamping damping = LineDamping.For(_lineFrames[i], rt60Frames);
            _poles[i] = damping.Pole.Raw;
            _gains[i] = damping.Gain.Raw;
            _squaredPoles[i] = (damping.Pole * damping.Pole).Raw;
            _gainsOfPoles[i] = (damping.Pole * damping.Gain).Raw;
        }
    }

    /// <summary>Moves the lines to where they would be had the empty network not slept.</summary>
    public void SleepOver(long ticks)
    {
        for (int i = 0; i < _count; i++)
        {
            _wanderPhases[i] = unchecked(_wanderPhases[i] + (uint)(_wanderSteps[i] * (ulong)ticks));
            _delaysQ16[i] = TargetQ16(i);
            _delaySteps[i] = 0;
        }
    }

    /// <summary>Takes in 64 frames and adds what the room answers.</summary>
    /// <param name="inLeft">Q26, at most 0.3.</param>
    /// <param name="inRight">As <paramref name="inLeft"/>.</param>
    /// <param name="left">Q23, silent so far.</param>
    /// <param name="right">As <paramref name="left"/>.</param>
    public void Process(ReadOnlySpan<int> inLeft, ReadOnlySpan<int> inRight, Span<int> left, Span<int> right)
    {
        Wander();
        int lanes = LaneWidth.Current;
        if (lanes == 8) Run<Lanes8>(inLeft, inRight, left, right);
        else if (lanes == 4) Run<Lanes4>(inLeft, inRight, left, right);
        else Run<Lane1>(inLeft, inRight, left, right);
        bool isQuiet = !left.ContainsAnyExceptInRange(-RestQ23, RestQ23) && !right.ContainsAnyExceptInRange(-RestQ23, RestQ23)
            && !inLeft.ContainsAnyExceptInRange(-RestQ26, RestQ26) && !inRight.ContainsAnyExceptInRange(-RestQ26, RestQ26);
        QuietFrames = isQuiet ? QuietFrames + TickFrames : 0;
    }

    /// <summary>Forgets everything but where its lines have wandered to.</summary>
    public void Clear()
    {
        foreach (DelayLine line in _lines) line.Clear();
        Array.Clear(_states);
        QuietFrames = 0;
    }

    private void Wander()
    {
        for (int i = _tick++ % WanderTicks; i < _count; i += WanderTicks)
        {
            _wanderPhases[i] = unchecked(_wanderPhases[i] + WanderTicks * _wanderSteps[i]);
            _delaySteps[i] = (TargetQ16(i) - _delaysQ16[i]) / (WanderTicks * TickFrames);
        }
    }

    private int TargetQ16(int line) => (_lineFrames[line] << 16) + (int)((long)SineTable.At(_wanderPhases[line]) * WanderFrames >> 15);

    private void Run<T>(ReadOnlySpan<int> inLeft, ReadOnlySpan<int> inRight, Span<int> left, Span<int> right)
        where T : struct, ILanes<T>
    {
        for (int i = 0; i < _count; i++)
        {
            Read<T>(i, _rows.AsSpan(i * TickFrames, TickFrames));
            _delaysQ16[i] += _delaySteps[i] * TickFrames;
        }

        Damp<T>();
        Mix<T>(inLeft, inRight, left, right);
        foreach (DelayLine line in _lines) line.Seal(_write);
        _write = unchecked(_write + TickFrames);
    }

    // Frames of a line between two of its samples; in two stretches if the delay passes a whole frame on the way.
    private void Read<T>(int line, Span<int> row)
        where T : struct, ILanes<T>
    {
        int step = _delaySteps[line], delayQ16 = _delaysQ16[line];
        for (int done = 0; done < row.Length;)
        {
            int whole = delayQ16 >> 16;
            int frames = row.Length - done;
            if ((delayQ16 + step * (frames - 1)) >> 16 != whole)
            {
                frames = 1;
                while ((delayQ16 + step * frames) >> 16 == whole) frames++;
            }

            ReadOnlySpan<int> source = _lines[line].From(unchecked(_write + done - whole - 1))[..(frames + 1)];
            Span<int> target = row.Slice(done, frames);
            int vectorFrames = Interpolate<T>(source, target, delayQ16, step);
            if (vectorFrames < frames) Interpolate<Lane1>(source[vectorFrames..], target[vectorFrames..], delayQ16 + step * vectorFrames, step);
            done += frames;
            delayQ16 += step * frames;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Interpolate<T>(ReadOnlySpan<int> source, Span<int> target, int delayQ16, int step)
        where T : struct, ILanes<T>
    {
        int frames = target.Length - target.Length % T.Count;
        ref int from = ref MemoryMarshal.GetReference(source);
        ref int to = ref MemoryMarshal.GetReference(target);
        T fractionQ31 = (T.All(delayQ16 & 0xFFFF) + T.Ramp(step)) << 15, fractionStep = T.All((step * T.Count) << 15);
        for (int i = 0; i < frames; i += T.Count)
        {
            T older = T.Load(ref Unsafe.Add(ref from, i)), newer = T.Load(ref Unsafe.Add(ref from, i + 1));
            (newer + T.MultiplyQ31(fractionQ31, older - newer)).Store(ref Unsafe.Add(ref to, i));
            fractionQ31 += fractionStep;
        }

        return frames;
    }

    private void Damp<T>()
        where T : struct, ILanes<T>
    {
        ref int rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        ref int columns = ref MemoryMarshal.GetArrayDataReference(_columns);
        for (int line = 0; line < _count; line += T.Count)
        {
            for (int frame = 0; frame < TickFrames; frame += T.Count)
                T.Transpose(ref Unsafe.Add(ref rows, line * TickFrames + frame), TickFrames, ref Unsafe.Add(ref columns, frame * _count + line), _count);
        }

        for (int line = 0; line < _count; line += T.Count) Damp<T>(line);
        for (int line = 0; line < _count; line += T.Count)
        {
            for (int frame = 0; frame < TickFrames; frame += T.Count)
                T.Transpose(ref Unsafe.Add(ref columns, frame * _count + line), _count, ref Unsafe.Add(ref rows, line * TickFrames + frame), TickFrames);
        }
    }

    // One-pole low-passes. Every second state comes straight from the one before the last, so that the next product need not wait for two in a row.
    private void Damp<T>(int line)
        where T : struct, ILanes<T>
    {
        T state = T.Load(ref _states[line]), pole = T.Load(ref _poles[line]), gain = T.Load(ref _gains[line]);
        T squaredPole = T.Load(ref _squaredPoles[line]), gainOfPole = T.Load(ref _gainsOfPoles[line]);
        ref int first = ref _columns[line];
        for (int frame = 0; frame < TickFrames; frame += 2)
        {
            ref int here = ref Unsafe.Add(ref first, frame * _count);
            ref int after = ref Unsafe.Add(ref here, _count);
            T one = T.Load(ref here), two = T.Load(ref after);
            T.MultiplyAddQ31(gain, one, pole, state).Store(ref here);
            state = T.MultiplyAddTwiceQ31(gain, two, gainOfPole, one, squaredPole, state);
            state.Store(ref after);
        }

        state.Store(ref _states[line]);
    }

    // What is heard, and what the lines are fed: Householder, x - 2/n sum, and the input.
    private void Mix<T>(ReadOnlySpan<int> inLeft, ReadOnlySpan<int> inRight, Span<int> left, Span<int> right)
        where T : struct, ILanes<T>
    {
        T rounding = T.All(1 << (_meanShift - 1)), louder = T.All(LouderLinesQ31);
        ref int rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        for (int frame = 0; frame < TickFrames; frame += T.Count)
        {
            // Lines 0, 4, 8 ... count plus and plus, 1, 5 ... minus and plus, 2, 6 ... plus and minus, 3, 7 ... minus and minus:
            // two rows of a Hadamard matrix, so what the channels have in common is little.
            T plusPlus = T.All(0), minusPlus = T.All(0), plusMinus = T.All(0), minusMinus = T.All(0);
            for (int i = 0; i < _count; i += 4)
            {
                ref int four = ref Unsafe.Add(ref rows, i * TickFrames + frame);
                plusPlus += T.Load(ref four);
                minusPlus += T.Load(ref Unsafe.Add(ref four, TickFrames));
                plusMinus += T.Load(ref Unsafe.Add(ref four, 2 * TickFrames));
                minusMinus += T.Load(ref Unsafe.Add(ref four, 3 * TickFrames));
            }

            T even = plusPlus + plusMinus, odd = minusPlus + minusMinus;
            T mean = (even + odd + rounding) >> _meanShift;
            (T.Load(in inLeft[frame]) - mean).Store(ref _feedEven[frame]);
            (T.Load(in inRight[frame]) - mean).Store(ref _feedOdd[frame]);
            T wetLeft = (even - odd) >> OutputShift, wetRight = (plusPlus + minusPlus - plusMinus - minusMinus) >> OutputShift;
            if (_count == 16) (wetLeft, wetRight) = (T.MultiplyQ31(louder, wetLeft), T.MultiplyQ31(louder, wetRight));
            (T.Load(ref left[frame]) + wetLeft).Store(ref left[frame]);
            (T.Load(ref right[frame]) + wetRight).Store(ref right[frame]);
        }

        for (int i = 0; i < _count; i++)
        {
            ref int row = ref Unsafe.Add(ref rows, i * TickFrames);
            ref int feed = ref MemoryMarshal.GetArrayDataReference(i % 2 == 0 ? _feedEven : _feedOdd);
            ref int block = ref MemoryMarshal.GetReference(_lines[i].Block(_write));
            for (int frame = 0; frame < TickFrames; frame += T.Count)
                (T.Load(ref Unsafe.Add(ref row, frame)) + T.Load(ref Unsafe.Add(ref feed, frame))).Store(ref Unsafe.Add(ref block, frame));
        }
    }
}
