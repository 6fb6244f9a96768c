using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Instruments;

/// <summary>A place between the speakers at constant power.</summary>
/// <param name="Left">Gain of the left channel.</param>
/// <param name="Right">Gain of the right channel.</param>
internal readonly record struct StereoGain(Q31 Left, Q31 Right)
{
    /// <summary>The gains of a pan position; -3 dB each in the middle.</summary>
    /// <param name="panQ15">-32 768 is left, 32 767 right.</param>
    public static StereoGain At(int panQ15)
    {
        uint quarterTurn = (uint)(panQ15 + 32_768) << 14; // 0..2^30
        return new(new(SineTable.CosineAt(quarterTurn)), new(SineTable.At(quarterTurn)));
    }
}
