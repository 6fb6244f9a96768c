using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Effects;

/// <summary>What each echo loses against the one before: 6 dB per octave below 200 Hz and above 2.5 kHz, nothing in between (709 Hz). Works on ticks of 64 frames.</summary>
/// <remarks>
/// Two one-poles in a row. Four lanes hold the high-pass left and right and the low-pass left and right, which hears the high-pass
/// two frames later, so that neither waits for the other. All gains are at most 1: a loop around it is stable with any feedback below 1.
/// </remarks>
internal sealed class EchoFilter
{
    /// <summary>Frames by which it is late.</summary>
    public const int LatencyFrames = 2;

    private const int TickFrames = SynthEngine.SegmentFrames;
    private const int HighTakeQ31 = 55_491_440; // 1 - exp(-2 pi 200 / 48 000)
    private const int HighKeepQ31 = (int)((1L << 31) - HighTakeQ31);
    private const int LowKeepQ31 = (int)((1L << 31) - 599_353_997); // exp(-2 pi 2 500 / 48 000)
    private const int LowTakeQ31 = 655_616_468; // the rest, and what makes up for both at 709 Hz

    private static readonly Lanes4 Take = Pairs(HighTakeQ31, LowTakeQ31), Keep = Pairs(HighKeepQ31, LowKeepQ31);
    private static readonly Lanes4 TakeKept = Lanes4.MultiplyQ31(Take, Keep), KeepTwice = Lanes4.MultiplyQ31(Keep, Keep);

    private Lanes4 _state, _first, _second;

    /// <summary>Replaces the next 64 frames, Q26 of at most 12.</summary>
    public void Process(Span<int> left, Span<int> right)
    {
        ref int leftAt = ref MemoryMarshal.GetReference(left[..TickFrames]);
        ref int rightAt = ref MemoryMarshal.GetReference(right[..TickFrames]);
        Lanes4 take = Take, keep = Keep, takeKept = TakeKept, keepTwice = KeepTwice;
        Lanes4 state = _state, first = _first, second = _second;
        for (int i = 0; i < TickFrames; i += 2)
        {
            ref int left0 = ref Unsafe.Add(ref leftAt, i);
            ref int right0 = ref Unsafe.Add(ref rightAt, i);
            ref int left1 = ref Unsafe.Add(ref left0, 1);
            ref int right1 = ref Unsafe.Add(ref right0, 1);
            Lanes4 one = Behind(left0, right0, first), two = Behind(left1, right1, second);
            Lanes4 low = Lanes4.MultiplyAddQ31(take, one, keep, state);
            state = Lanes4.MultiplyAddTwiceQ31(take, two, takeKept, one, keepTwice, state);
            first = one - low;
            second = two - state;
            left0 = low.Vector.GetElement(2);
            right0 = low.Vector.GetElement(3);
            left1 = state.Vector.GetElement(2);
            right1 = state.Vector.GetElement(3);
        }

        _state = state;
        _first = first;
        _second = second;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _state = _first = _second = default;

    private static Lanes4 Pairs(int high, int low) => new(Vector128.Create(high, high, low, low));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Lanes4 Behind(int left, int right, Lanes4 highPassed) =>
        new(Vector128.Shuffle(highPassed.Vector, Vector128.Create(0, 1, 0, 1)).WithElement(0, left).WithElement(1, right));
}
