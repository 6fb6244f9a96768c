using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Oscillators;

/// <summary>A band-limited wave between two channels with gliding gains, for those whose filter stands behind several of them. Consecutive frames share a vector.</summary>
internal struct WaveOscillator
{
    /// <summary>Phase of the next frame; one turn is 2^32.</summary>
    public uint Phase;

    /// <summary>Turns per frame.</summary>
    public uint Step;

    /// <summary>Which of <see cref="Wavetable.Tables"/>.</summary>
    public int Table;

    private int _leftQ31, _rightQ31, _leftStep, _rightStep;

    /// <summary>Lets the gains glide.</summary>
    /// <param name="leftQ31">Gain to reach on the left.</param>
    /// <param name="rightQ31">Gain to reach on the right.</param>
    /// <param name="frames">In how many frames.</param>
    public void Glide(int leftQ31, int rightQ31, int frames)
    {
        _leftStep = (leftQ31 - _leftQ31) / frames;
        _rightStep = (rightQ31 - _rightQ31) / frames;
    }

    /// <summary>Adds the next frames, Q26.</summary>
    public void Render(Span<int> left, Span<int> right)
    {
        int lanes = LaneWidth.Current;
        int done = 0;
        if (lanes == 8) done = Run<Lanes8>(left, right);
        else if (lanes == 4) done = Run<Lanes4>(left, right);
        if (done < left.Length) Run<Lane1>(left[done..], right[done..]);
    }

    private int Run<T>(Span<int> left, Span<int> right)
        where T : struct, ILanes<T>
    {
        int frames = left.Length - left.Length % T.Count;
        ref int tables = ref Unsafe.Add(ref MemoryMarshal.GetReference(Wavetable.Tables), Table);
        ref int leftAt = ref MemoryMarshal.GetReference(left);
        ref int rightAt = ref MemoryMarshal.GetReference(right[..left.Length]);
        T phase = T.All(unchecked((int)Phase)) + T.Ramp(unchecked((int)Step));
        T gainLeft = T.All(_leftQ31) + T.Ramp(_leftStep), gainRight = T.All(_rightQ31) + T.Ramp(_rightStep);
        T phaseStep = T.All(unchecked((int)Step * T.Count));
        T leftStep = T.All(unchecked(_leftStep * T.Count)), rightStep = T.All(unchecked(_rightStep * T.Count));
        T oddLeft = T.Odd(gainLeft), oddRight = T.Odd(gainRight);
        T fractionMask = T.All((1 << Wavetable.IndexShift) - 1);
        for (int i = 0; i < frames; i += T.Count)
        {
            T.Read(in tables, phase >>> Wavetable.IndexShift, out T from, out T to);
            T fractionQ31 = (phase & fractionMask) << (31 - Wavetable.IndexShift);
            T sample = from + T.ScaleQ31(fractionQ31, T.Odd(fractionQ31), to - from);
            (T.Load(ref Unsafe.Add(ref leftAt, i)) + T.ScaleQ31(gainLeft, oddLeft, sample)).Store(ref Unsafe.Add(ref leftAt, i));
            (T.Load(ref Unsafe.Add(ref rightAt, i)) + T.ScaleQ31(gainRight, oddRight, sample)).Store(ref Unsafe.Add(ref rightAt, i));
            phase += phaseStep;
            gainLeft += leftStep;
            gainRight += rightStep;
            oddLeft += leftStep;
            oddRight += rightStep;
        }

        Phase = unchecked(Phase + Step * (uint)frames);
        _leftQ31 += _leftStep * frames;
        _rightQ31 += _rightStep * frames;
        return frames;
    }
}
