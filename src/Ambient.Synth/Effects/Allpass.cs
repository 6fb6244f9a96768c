using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Effects;

/// <summary>Schroeder all-pass: smears an onset into many echoes and leaves the spectrum alone. Works on blocks of 64 frames.</summary>
/// <param name="delayFrames">Its delay, 64..900; consecutive frames share a vector because none hears itself sooner.</param>
internal sealed class Allpass(int delayFrames)
{
    private const int FeedbackQ31 = 1_288_490_189; // 0.6

    private readonly DelayLine _delay = new(1_024);
    private int _frame;

    /// <summary>Replaces the next 64 samples, any format with 2 bits of headroom.</summary>
    public void Process(Span<int> samples)
    {
        ReadOnlySpan<int> delayed = _delay.From(_frame - delayFrames)[..samples.Length];
        Span<int> stored = _delay.Block(_frame);
        int lanes = LaneWidth.Current;
        if (lanes == 8) Run<Lanes8>(samples, delayed, stored);
        else if (lanes == 4) Run<Lanes4>(samples, delayed, stored);
        else Run<Lane1>(samples, delayed, stored);
        _delay.Seal(_frame);
        _frame = unchecked(_frame + samples.Length);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _delay.Clear();

    private static void Run<T>(Span<int> samples, ReadOnlySpan<int> delayed, Span<int> stored)
        where T : struct, ILanes<T>
    {
        ref int sampleAt = ref MemoryMarshal.GetReference(samples);
        ref int delayedAt = ref MemoryMarshal.GetReference(delayed);
        ref int storedAt = ref MemoryMarshal.GetReference(stored[..samples.Length]);
        T feedback = T.All(FeedbackQ31);
        for (int i = 0; i < samples.Length; i += T.Count)
        {
            ref int at = ref Unsafe.Add(ref sampleAt, i);
            T earlier = T.Load(ref Unsafe.Add(ref delayedAt, i));
            T sum = T.Load(ref at) + T.MultiplyQ31(feedback, earlier);
            sum.Store(ref Unsafe.Add(ref storedAt, i));
            (earlier - T.MultiplyQ31(feedback, sum)).Store(ref at);
        }
    }
}
