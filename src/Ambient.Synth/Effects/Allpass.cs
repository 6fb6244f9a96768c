using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Effects;

/// <summary>Schroeder all-pass: smears an onset into many echoes and leaves the spectrum alone.</summary>
/// <param name="delayFrames">Its delay, 8..1000; consecutive frames share a vector because none hears itself sooner.</param>
internal sealed class Allpass(int delayFrames)
{
    private const int FeedbackQ31 = 1_288_490_189; // 0.6

    private readonly DelayLine _delay = new(1_024);
    private int _frame;

    /// <summary>Replaces the next samples, any format with 2 bits of headroom.</summary>
    public void Process(Span<int> samples)
    {
        int lanes = LaneWidth.Current;
        int done = 0;
        if (lanes == 8) done = Run<Lanes8>(samples);
        else if (lanes == 4) done = Run<Lanes4>(samples);
        if (done < samples.Length) Run<Lane1>(samples[done..]);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _delay.Clear();

    private int Run<T>(Span<int> samples)
        where T : struct, ILanes<T>
    {
        int frames = samples.Length - samples.Length % T.Count;
        ref int sampleAt = ref MemoryMarshal.GetReference(samples);
        T feedback = T.All(FeedbackQ31);
        for (int i = 0; i < frames; i += T.Count)
        {
            ref int at = ref Unsafe.Add(ref sampleAt, i);
            T delayed = _delay.Read<T>(_frame + i - delayFrames);
            T stored = T.Load(ref at) + T.MultiplyQ31(feedback, delayed);
            _delay.Write(_frame + i, stored);
            (delayed - T.MultiplyQ31(feedback, stored)).Store(ref at);
        }

        _frame = unchecked(_frame + frames);
        return frames;
    }
}
