using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Effects;

/// <summary>What a room is sent: nothing below 150 Hz, which would boom, nothing above 5.5 kHz, which would hiss; 12 dB per octave each. Works on ticks of 64 frames.</summary>
/// <remarks>
/// The high-pass is two one-poles of 96 Hz in a row: four lanes hold the first left and right and the second left and right, which hears the
/// first one two frames later, so that neither waits for the other. The low-pass is the binomial 1 5 10 10 5 1, cos^5(w / 2): no feedback, no product.
/// </remarks>
internal sealed class SendFilter
{
    private const int TickFrames = SynthEngine.SegmentFrames;
    private const int Order = 5; // frames of the past that the low-pass needs
    private const int TakeQ31 = 26_928_176; // 1 - exp(-2 pi 96.4 / 48 000): -3 dB at 150 Hz
    private const int KeepQ31 = (int)((1L << 31) - TakeQ31);
    private const int TakeKeptQ31 = (int)((long)TakeQ31 * KeepQ31 + (1 << 30) >> 31);
    private const int KeepTwiceQ31 = (int)((long)KeepQ31 * KeepQ31 + (1 << 30) >> 31);

    private readonly int[] _left = new int[Order + TickFrames], _right = new int[Order + TickFrames];
    private Lanes4 _state, _first, _second;

    /// <summary>Replaces the next 64 frames, Q26 of at most 0.9.</summary>
    public void Process(Span<int> left, Span<int> right)
    {
        HighPass(left, right, _left.AsSpan(Order), _right.AsSpan(Order));
        int lanes = LaneWidth.Current;
        if (lanes == 8) LowPasses<Lanes8>(left, right);
        else if (lanes == 4) LowPasses<Lanes4>(left, right);
        else LowPasses<Lane1>(left, right);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        Array.Clear(_left);
        Array.Clear(_right);
        _state = _first = _second = default;
    }

    // Two frames at once, the second straight from the state before both, so that one product need not wait for another.
    private void HighPass(ReadOnlySpan<int> left, ReadOnlySpan<int> right, Span<int> toLeft, Span<int> toRight)
    {
        ref int leftAt = ref MemoryMarshal.GetReference(left[..TickFrames]);
        ref int rightAt = ref MemoryMarshal.GetReference(right[..TickFrames]);
        ref int toLeftAt = ref MemoryMarshal.GetReference(toLeft[..TickFrames]);
        ref int toRightAt = ref MemoryMarshal.GetReference(toRight[..TickFrames]);
        Lanes4 take = Lanes4.All(TakeQ31), keep = Lanes4.All(KeepQ31), takeKept = Lanes4.All(TakeKeptQ31), keepTwice = Lanes4.All(KeepTwiceQ31);
        Lanes4 state = _state, first = _first, second = _second;
        for (int i = 0; i < TickFrames; i += 2)
        {
            Lanes4 one = Behind(Unsafe.Add(ref leftAt, i), Unsafe.Add(ref rightAt, i), first);
            Lanes4 two = Behind(Unsafe.Add(ref leftAt, i + 1), Unsafe.Add(ref rightAt, i + 1), second);
            first = one - Lanes4.MultiplyAddQ31(take, one, keep, state);
            state = Lanes4.MultiplyAddTwiceQ31(take, two, takeKept, one, keepTwice, state);
            second = two - state;
            Unsafe.Add(ref toLeftAt, i) = first.Vector.GetElement(2);
            Unsafe.Add(ref toRightAt, i) = first.Vector.GetElement(3);
            Unsafe.Add(ref toLeftAt, i + 1) = second.Vector.GetElement(2);
            Unsafe.Add(ref toRightAt, i + 1) = second.Vector.GetElement(3);
        }

        _state = state;
        _first = first;
        _second = second;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes4 Behind(int left, int right, Lanes4 highPassed) =>
        new(Vector128.Shuffle(highPassed.Vector, Vector128.Create(0, 1, 0, 1)).WithElement(0, left).WithElement(1, right));

    private void LowPasses<T>(Span<int> left, Span<int> right)
        where T : struct, ILanes<T>
    {
        LowPass<T>(_left, left);
        LowPass<T>(_right, right);
    }

    private static void LowPass<T>(Span<int> past, Span<int> channel)
        where T : struct, ILanes<T>
    {
        T half = T.All(16);
        ref int from = ref MemoryMarshal.GetReference(past);
        ref int to = ref MemoryMarshal.GetReference(channel);
        for (int i = 0; i < TickFrames; i += T.Count)
        {
            T outer = T.Load(ref Unsafe.Add(ref from, i)) + T.Load(ref Unsafe.Add(ref from, i + 5));
            T middle = T.Load(ref Unsafe.Add(ref from, i + 1)) + T.Load(ref Unsafe.Add(ref from, i + 4));
            T inner = T.Load(ref Unsafe.Add(ref from, i + 2)) + T.Load(ref Unsafe.Add(ref from, i + 3));
            T five = middle + inner + inner;
            ((outer + five + (five << 2) + half) >> Order).Store(ref Unsafe.Add(ref to, i));
        }

        past[TickFrames..].CopyTo(past);
    }
}
