using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Effects;

/// <summary>Slowly moving delay lines that feed one another through a Householder matrix, which loses nothing; all loss is in <see cref="LineDamping"/>.</summary>
/// <remarks>
/// Reading, mixing and writing take consecutive frames as one vector, damping takes the lines as one vector; a transposition lies between.
/// Source of the structure: J.-M. Jot and A. Chaigne, "Digital delay networks" (AES 1991).
/// </remarks>
internal sealed class FeedbackNetwork
{
    private const int LineCapacity = 8_192;
    private const int TickFrames = SynthEngine.SegmentFrames;
    private const int RowFrames = SynthEngine.SegmentFrames;
    private const int OutputShift = 4; // Q26 -> Q23, and 8 lines to the loudness of 2
    private const int WanderFrames = 24; // +-0.5 ms at 0.29 Hz at most: 1.6 cents
    private const int RestQ23 = 96; // -99 dB: above what rounding keeps going at RT60 = 10 s
    private const int RestQ26 = RestQ23 << 3;
    private const int LouderLinesQ31 = 1_518_500_250; // 16 lines sound 3 dB louder than 8

    private readonly int _count;
    private readonly int _meanShift; // 2 / lines
    private readonly int[] _lineFrames;
    private readonly DelayLine[] _lines;
    private readonly int[] _delaysQ16, _delaySteps;
    private readonly int[] _states, _poles, _gains; // [line]
    private readonly uint[] _wanderPhases;
    private readonly int[] _rows; // [line, frame]
    private int _write;
    private bool _isQuietTick = true;

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
        _rows = new int[_count * RowFrames];
        _wanderPhases = new uint[_count];
        for (int i = 0; i < _count; i++)
        {
            _lines[i] = new DelayLine(LineCapacity);
            _wanderPhases[i] = (uint)(i * (16 / _count)) << 28;
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
        }
    }

    /// <summary>Sends the lines' lengths on; every 64 frames.</summary>
    public void Tick()
    {
        QuietFrames = _isQuietTick ? QuietFrames + TickFrames : 0;
        _isQuietTick = true;
        for (int i = 0; i < _count; i++)
        {
            _wanderPhases[i] = unchecked(_wanderPhases[i] + WanderStep(i));
            _delaySteps[i] = (TargetQ16(i) - _delaysQ16[i]) / TickFrames;
        }
    }

    /// <summary>Moves the lines to where they would be had the empty network not slept.</summary>
    public void SleepOver(long ticks)
    {
        for (int i = 0; i < _count; i++)
        {
            _wanderPhases[i] = unchecked(_wanderPhases[i] + (uint)((ulong)WanderStep(i) * (ulong)ticks));
            _delaysQ16[i] = TargetQ16(i);
        }
    }

    /// <summary>Takes in frames and adds what the room answers.</summary>
    /// <param name="inLeft">Q26, at most 0.3.</param>
    /// <param name="inRight">As <paramref name="inLeft"/>.</param>
    /// <param name="left">Q23; added to.</param>
    /// <param name="right">As <paramref name="left"/>.</param>
    public void Process(ReadOnlySpan<int> inLeft, ReadOnlySpan<int> inRight, Span<int> left, Span<int> right)
    {
        int lanes = LaneWidth.Current;
        int done = 0;
        if (lanes == 8) done = Run<Lanes8>(inLeft, inRight, left, right);
        else if (lanes == 4) done = Run<Lanes4>(inLeft, inRight, left, right);
        if (done < left.Length) Run<Lane1>(inLeft[done..], inRight[done..], left[done..], right[done..]);
        _isQuietTick &= !left.ContainsAnyExceptInRange(-RestQ23, RestQ23) && !right.ContainsAnyExceptInRange(-RestQ23, RestQ23)
            && !inLeft.ContainsAnyExceptInRange(-RestQ26, RestQ26) && !inRight.ContainsAnyExceptInRange(-RestQ26, RestQ26);
    }

    /// <summary>Forgets everything but where its lines have wandered to.</summary>
    public void Clear()
    {
        foreach (DelayLine line in _lines) line.Clear();
        Array.Clear(_states);
        QuietFrames = 0;
    }

    private uint WanderStep(int line) => (uint)(Pitch.StepPerHertz * TickFrames / 100) * (uint)(11 + (2 * line + line / 2) * 8 / _count); // 0.11 .. 0.28 Hz

    private int TargetQ16(int line) => (_lineFrames[line] << 16) + (int)((long)SineTable.At(_wanderPhases[line]) * WanderFrames >> 15);

    private int Run<T>(ReadOnlySpan<int> inLeft, ReadOnlySpan<int> inRight, Span<int> left, Span<int> right)
        where T : unmanaged, ILanes<T>
    {
        int frames = left.Length - left.Length % T.Count;
        if (frames == 0) return 0;
        for (int i = 0; i < _count; i++) Read<T>(i, _rows.AsSpan(i * RowFrames, frames));
        for (int i = 0; i < _count; i += T.Count) Damp<T>(i, frames);
        Mix<T>(inLeft, inRight, left, right, frames);
        for (int i = 0; i < _count; i++)
        {
            _lines[i].Write(_write, _rows.AsSpan(i * RowFrames, frames));
            _delaysQ16[i] += _delaySteps[i] * frames;
        }

        _write = unchecked(_write + frames);
        return frames;
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

    private void Damp<T>(int line, int frames)
        where T : unmanaged, ILanes<T>
    {
        Span<T> rows = stackalloc T[T.Count];
        ref int first = ref _rows[line * RowFrames];
        T state = T.Load(ref _states[line]), pole = T.Load(ref _poles[line]), gain = T.Load(ref _gains[line]);
        for (int frame = 0; frame < frames; frame += T.Count)
        {
            for (int i = 0; i < rows.Length; i++) rows[i] = T.Load(ref Unsafe.Add(ref first, i * RowFrames + frame));
            T.Transpose(rows);
            for (int i = 0; i < rows.Length; i++)
            {
                state = T.MultiplyAddQ31(pole, state, gain, rows[i]);
                rows[i] = state;
            }

            T.Transpose(rows);
            for (int i = 0; i < rows.Length; i++) rows[i].Store(ref Unsafe.Add(ref first, i * RowFrames + frame));
        }

        state.Store(ref _states[line]);
    }

    // What is heard, and what the lines are fed: Householder, x - 2/n sum, and the input.
    private void Mix<T>(ReadOnlySpan<int> inLeft, ReadOnlySpan<int> inRight, Span<int> left, Span<int> right, int frames)
        where T : struct, ILanes<T>
    {
        T rounding = T.All(1 << (_meanShift - 1)), louder = T.All(LouderLinesQ31);
        ref int rows = ref MemoryMarshal.GetArrayDataReference(_rows);
        for (int frame = 0; frame < frames; frame += T.Count)
        {
            // Lines 0, 4, 8 ... count plus and plus, 1, 5 ... minus and plus, 2, 6 ... plus and minus, 3, 7 ... minus and minus:
            // two rows of a Hadamard matrix, so what the channels have in common is little.
            T plusPlus = T.All(0), minusPlus = T.All(0), plusMinus = T.All(0), minusMinus = T.All(0);
            for (int i = 0; i < _count; i += 4)
            {
                ref int four = ref Unsafe.Add(ref rows, i * RowFrames + frame);
                plusPlus += T.Load(ref four);
                minusPlus += T.Load(ref Unsafe.Add(ref four, RowFrames));
                plusMinus += T.Load(ref Unsafe.Add(ref four, 2 * RowFrames));
                minusMinus += T.Load(ref Unsafe.Add(ref four, 3 * RowFrames));
            }

            T even = plusPlus + plusMinus, odd = minusPlus + minusMinus;
            T mean = (even + odd + rounding) >> _meanShift;
            T toEven = T.Load(in inLeft[frame]) - mean, toOdd = T.Load(in inRight[frame]) - mean;
            for (int i = 0; i < _count; i += 2)
            {
                ref int two = ref Unsafe.Add(ref rows, i * RowFrames + frame);
                (T.Load(ref two) + toEven).Store(ref two);
                (T.Load(ref Unsafe.Add(ref two, RowFrames)) + toOdd).Store(ref Unsafe.Add(ref two, RowFrames));
            }

            T wetLeft = (even - odd) >> OutputShift, wetRight = (plusPlus + minusPlus - plusMinus - minusMinus) >> OutputShift;
            if (_count == 16) (wetLeft, wetRight) = (T.MultiplyQ31(louder, wetLeft), T.MultiplyQ31(louder, wetRight));
            (T.Load(ref left[frame]) + wetLeft).Store(ref left[frame]);
            (T.Load(ref right[frame]) + wetRight).Store(ref right[frame]);
        }
    }
}
