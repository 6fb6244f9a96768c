using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Oscillators;

/// <summary>Six sine operators that move one another's phases, in any order that runs from the last to the first.</summary>
/// <remarks>
/// Each operator renders a whole row of frames before the next one reads it, so consecutive frames share a vector. Source of the
/// structure: J. Chowning, "The Synthesis of Complex Audio Spectra by Means of Frequency Modulation" (JAES 1973).
/// </remarks>
internal sealed class FmVoice
{
    /// <summary>Operators of a voice.</summary>
    public const int Operators = 6;

    /// <summary>Numbers of work space that <see cref="Render"/> needs; voices of an instrument share it.</summary>
    public const int RowsLength = (Operators + 1) * SynthEngine.SegmentFrames;

    private const int ToTurns = 2; // an operator at level 1 moves a phase by two turns each way

    private readonly Operator[] _operators = new Operator[Operators];
    private readonly int[] _targets;

    /// <summary>Makes a silent voice.</summary>
    /// <param name="targets">Whom each operator moves: the index of an earlier operator, or -1 for an operator that is heard.</param>
    public FmVoice(ReadOnlySpan<int> targets)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(targets.Length, Operators);
        for (int i = 0; i < Operators; i++) ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(targets[i], Math.Max(i, 0), nameof(targets));
        _targets = targets.ToArray();
    }

    /// <summary>Gains of the next frame, Q31.</summary>
    public int LeftQ31, RightQ31;

    /// <summary>What the gains win from frame to frame.</summary>
    public int LeftStep, RightStep;

    /// <summary>One operator, to tune and to move.</summary>
    public ref Operator this[int index] => ref _operators[index];

    /// <summary>Adds the next frames, Q8.23.</summary>
    /// <param name="left">Shape [frames], 1..64.</param>
    /// <param name="right">As <paramref name="left"/>.</param>
    /// <param name="rows">Work space, at least <see cref="RowsLength"/>.</param>
    public void Render(Span<int> left, Span<int> right, Span<int> rows)
    {
        int frames = left.Length;
        Span<int> heard = rows.Slice(Operators * SynthEngine.SegmentFrames, frames);
        uint written = 0; // a bit for each row that holds something; bit 6 is what is heard
        for (int i = Operators - 1; i >= 0; i--)
        {
            int target = _targets[i] < 0 ? Operators : _targets[i];
            Span<int> row = rows.Slice(target * SynthEngine.SegmentFrames, frames);
            bool isFirst = (written & (1u << target)) == 0;
            written |= 1u << target;
            Span<int> modulation = (written & (1u << i)) == 0 ? default : rows.Slice(i * SynthEngine.SegmentFrames, frames);
            int lanes = LaneWidth.Current;
            int done = 0;
            if (lanes == 8) done = _operators[i].Run<Lanes8>(modulation, row, isFirst);
            else if (lanes == 4) done = _operators[i].Run<Lanes4>(modulation, row, isFirst);
            if (done < frames) _operators[i].Run<Lane1>(modulation.IsEmpty ? default : modulation[done..], row[done..], isFirst);
        }

        Pan(heard, left, right);
    }

    private void Pan(Span<int> heard, Span<int> left, Span<int> right)
    {
        int lanes = LaneWidth.Current;
        int done = 0;
        if (lanes == 8) done = Pan<Lanes8>(heard, left, right);
        else if (lanes == 4) done = Pan<Lanes4>(heard, left, right);
        if (done < heard.Length) Pan<Lane1>(heard[done..], left[done..], right[done..]);
    }

    private int Pan<T>(Span<int> heard, Span<int> left, Span<int> right)
        where T : struct, ILanes<T>
    {
        int frames = heard.Length - heard.Length % T.Count;
        T gainLeft = T.All(LeftQ31) + T.Ramp(LeftStep), gainRight = T.All(RightQ31) + T.Ramp(RightStep);
        T leftStep = T.All(unchecked(LeftStep * T.Count)), rightStep = T.All(unchecked(RightStep * T.Count));
        T oddLeft = T.Odd(gainLeft), oddRight = T.Odd(gainRight);
        ref int heardAt = ref MemoryMarshal.GetReference(heard);
        ref int leftAt = ref MemoryMarshal.GetReference(left);
        ref int rightAt = ref MemoryMarshal.GetReference(right);
        for (int i = 0; i < frames; i += T.Count)
        {
            T sampleQ23 = T.Load(ref Unsafe.Add(ref heardAt, i));
            (T.Load(ref Unsafe.Add(ref leftAt, i)) + T.ScaleQ31(gainLeft, oddLeft, sampleQ23)).Store(ref Unsafe.Add(ref leftAt, i));
            (T.Load(ref Unsafe.Add(ref rightAt, i)) + T.ScaleQ31(gainRight, oddRight, sampleQ23)).Store(ref Unsafe.Add(ref rightAt, i));
            gainLeft += leftStep;
            gainRight += rightStep;
            oddLeft += leftStep;
            oddRight += rightStep;
        }

        LeftQ31 += LeftStep * frames;
        RightQ31 += RightStep * frames;
        return frames;
    }

    /// <summary>One sine of the voice.</summary>
    internal struct Operator
    {
        /// <summary>Phase of the next frame and turns per frame; one turn is 2^32.</summary>
        public uint Phase, Step;

        /// <summary>Level of the next frame, Q31, and what it wins from frame to frame. Rows are Q23, so six operators can't overflow.</summary>
        public int LevelQ31, LevelStep;

        /// <summary>Adds frames to a row.</summary>
        /// <param name="modulation">What moves the phase, Q23; empty for nothing.</param>
        /// <param name="row">Q23.</param>
        /// <param name="isFirst">Whether the row holds nothing yet: it is overwritten.</param>
        /// <returns>Frames done: whole vectors only.</returns>
        public int Run<T>(Span<int> modulation, Span<int> row, bool isFirst)
            where T : struct, ILanes<T>
        {
            int frames = row.Length - row.Length % T.Count;
            bool isMoved = !modulation.IsEmpty;
            ref int table = ref MemoryMarshal.GetArrayDataReference(SineTable.TurnQ23);
            ref int rowAt = ref MemoryMarshal.GetReference(row);
            ref int modulationAt = ref MemoryMarshal.GetReference(isMoved ? modulation : row);
            T phase = T.All(unchecked((int)Phase)) + T.Ramp(unchecked((int)Step));
            T phaseStep = T.All(unchecked((int)Step * T.Count));
            T level = T.All(LevelQ31) + T.Ramp(LevelStep);
            T levelStep = T.All(unchecked(LevelStep * T.Count)), oddLevel = T.Odd(level);
            for (int i = 0; i < frames; i += T.Count)
            {
                T moved = phase;
                if (isMoved) moved += T.Load(ref Unsafe.Add(ref modulationAt, i)) << (8 + ToTurns);
                T heardQ23 = T.ScaleQ31(level, oddLevel, SineTable.At(ref table, moved));
                if (!isFirst) heardQ23 += T.Load(ref Unsafe.Add(ref rowAt, i));
                heardQ23.Store(ref Unsafe.Add(ref rowAt, i));
                phase += phaseStep;
                level += levelStep;
                oddLevel += levelStep;
            }

            Phase = unchecked(Phase + Step * (uint)frames);
            LevelQ31 += LevelStep * frames;
            return frames;
        }
    }
}
