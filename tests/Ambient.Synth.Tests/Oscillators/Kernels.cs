using Ambient.Synth.Arithmetic;
using Ambient.Synth.Oscillators;

namespace Ambient.Synth.Tests.Oscillators;

/// <summary>Short pieces played on the bare kernels.</summary>
internal static class Kernels
{
    public const int HalfQ31 = 1 << 30;

    public delegate void Render(Span<int> left, Span<int> right);

    public static (int[] Left, int[] Right) Play(Render render, int frames, int blockFrames = 64)
    {
        var left = new int[frames];
        var right = new int[frames];
        for (int at = 0; at < frames; at += blockFrames)
        {
            int count = Math.Min(blockFrames, frames - at);
            render(left.AsSpan(at, count), right.AsSpan(at, count));
        }

        return (left, right);
    }

    public static double Hertz(uint step) => step * (double)SynthEngine.SampleRateHz / 4_294_967_296.0;

    public static (int[] Left, int[] Right) Sine(uint step, int gainQ31, int frames, int blockFrames = 64, int gainStep = 0)
    {
        var sine = new PannedOscillator<SineShape> { Step = step, LeftQ31 = gainQ31, RightQ31 = gainQ31 / 2, LeftStep = gainStep, RightStep = -gainStep };
        return Play((left, right) => sine.Render(left, right), frames, blockFrames);
    }

    /// <summary>One strand of a bank at half its level, both sides, filter wide open or as given.</summary>
    public static (int[] Left, int[] Right) Strand(uint step, int frames, int cutoffCents = Pitch.MaxCents, int dampingQ30 = StateVariableFilter.Coefficients.ButterworthQ30)
    {
        var bank = new StrandBank(1);
        bank.Start(0, Wavetable.Saw, 0, step);
        StateVariableFilter.Coefficients filter = StateVariableFilter.Coefficients.At(cutoffCents, dampingQ30);
        bank.Filter(0, filter, filter);
        bank.Glide(0, int.MaxValue, int.MaxValue, 64);
        int played = 0;
        return Play((left, right) =>
        {
            if (played == 64) bank.Glide(0, 64 * (int.MaxValue / 64), 64 * (int.MaxValue / 64), 64);
            bank.Render(left, right);
            played += left.Length;
        }, frames);
    }

    /// <summary>Everything at once, at odd block sizes if asked for: what every lane width must render alike.</summary>
    public static (int[] Left, int[] Right) Everything(int blockFrames)
    {
        const int Frames = 2_000;
        var sine = new PannedOscillator<SineShape> { Phase = 123_456_789, Step = Pitch.PhaseStep(6_933), LeftQ31 = 1_000_003, LeftStep = 100_003, RightQ31 = HalfQ31, RightStep = -12_345 };
        var fm = new FmVoice([-1, 0, 1, -1, 3, 3]) { LeftQ31 = HalfQ31, RightQ31 = HalfQ31, LeftStep = -7_777, RightStep = 33 };
        var rows = new int[FmVoice.RowsLength];
        for (int i = 0; i < FmVoice.Operators; i++)
        {
            fm[i].Step = Pitch.PhaseStep(5_000 + 701 * i);
            fm[i].LevelQ31 = HalfQ31 / (i + 1);
            fm[i].LevelStep = 1_001 * i;
        }

        var bank = new StrandBank(11);
        for (int i = 0; i < 11; i++)
        {
            bank.Start(i, i % 2 == 0 ? Wavetable.Saw : Wavetable.Warm, unchecked((uint)i * 987_654_321), Pitch.PhaseStep(3_000 + 777 * i));
            bank.Filter(i, StateVariableFilter.Coefficients.At(6_000 + 300 * i, 300_000_000), StateVariableFilter.Coefficients.At(6_000 + 300 * i));
            bank.Glide(i, HalfQ31 / 3, HalfQ31 / (i + 1), Frames);
        }

        bank.Stop(4);
        return Play((left, right) =>
        {
            sine.Render(left, right);
            fm.Render(left, right, rows);
            bank.Render(left, right);
        }, Frames, blockFrames);
    }
}
