using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Oscillators;

/// <summary>An oscillator between the speakers whose two gains glide: a partial of a bell, a throat, a voice of its own. Consecutive frames share a vector.</summary>
/// <typeparam name="TShape">Its wave.</typeparam>
internal struct PannedOscillator<TShape>
    where TShape : IWaveShape
{
    /// <summary>Phase of the next frame; one turn is 2^32.</summary>
    public uint Phase;

    /// <summary>Turns per frame.</summary>
    public uint Step;

    /// <summary>Which of the shape's tables, where it has several.</summary>
    public int Table;

    /// <summary>Gains of the next frame, Q31.</summary>
    public int LeftQ31, RightQ31;

    /// <summary>What the gains win from frame to frame.</summary>
    public int LeftStep, RightStep;

    /// <summary>Lets the gains glide.</summary>
    /// <param name="leftQ31">Gain to reach on the left.</param>
    /// <param name="rightQ31">Gain to reach on the right.</param>
    /// <param name="frames">In how many frames.</param>
    public void Glide(int leftQ31, int rightQ31, int frames)
    {
        LeftStep = (leftQ31 - LeftQ31) / frames;
        RightStep = (rightQ31 - RightQ31) / frames;
    }

    /// <summary>Adds the next frames, in the format of the shape.</summary>
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
        ref int table = ref TShape.Find(Table);
        ref int leftAt = ref MemoryMarshal.GetReference(left);
        ref int rightAt = ref MemoryMarshal.GetReference(right[..left.Length]);
        T phase = T.All(unchecked((int)Phase)) + T.Ramp(unchecked((int)Step));
        T gainLeft = T.All(LeftQ31) + T.Ramp(LeftStep), gainRight = T.All(RightQ31) + T.Ramp(RightStep);
        T phaseStep = T.All(unchecked((int)Step * T.Count));
        T leftStep = T.All(unchecked(LeftStep * T.Count)), rightStep = T.All(unchecked(RightStep * T.Count));
        T oddLeft = T.Odd(gainLeft), oddRight = T.Odd(gainRight);
        for (int i = 0; i < frames; i += T.Count)
        {
            T sample = TShape.At(ref table, phase);
            (T.Load(ref Unsafe.Add(ref leftAt, i)) + T.ScaleQ31(gainLeft, oddLeft, sample)).Store(ref Unsafe.Add(ref leftAt, i));
            (T.Load(ref Unsafe.Add(ref rightAt, i)) + T.ScaleQ31(gainRight, oddRight, sample)).Store(ref Unsafe.Add(ref rightAt, i));
            phase += phaseStep;
            gainLeft += leftStep;
            gainRight += rightStep;
            oddLeft += leftStep;
            oddRight += rightStep;
        }

        Phase = unchecked(Phase + Step * (uint)frames);
        LeftQ31 += LeftStep * frames;
        RightQ31 += RightStep * frames;
        return frames;
    }
}
