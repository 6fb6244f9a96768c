using System.Runtime.Intrinsics;
using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Effects;

/// <summary>What a room is sent: nothing below 150 Hz, which would boom, nothing above 5.5 kHz, which would hiss; 12 dB per octave each.</summary>
/// <remarks>High-pass left and right and low-pass left and right are four lanes of one filter; the low-passes hear the high-passes two frames later, so that neither waits for the other.</remarks>
internal sealed class SendFilter
{
    private const int HighPassCents = 5_037; // 150 Hz
    private const int LowPassCents = 11_273; // 5.5 kHz

    private readonly Lanes4 _a1, _a2, _a3;
    private readonly Lanes4 _halfDamping; // k / 2 in Q31; 0 for the low-passes
    private Lanes4 _band, _low, _highPassed, _highPassedBefore;

    /// <summary>Makes a filter at rest.</summary>
    public SendFilter()
    {
        StateVariableFilter.Coefficients high = StateVariableFilter.Coefficients.At(HighPassCents), low = StateVariableFilter.Coefficients.At(LowPassCents);
        _a1 = new(Vector128.Create(high.A1.Raw, high.A1.Raw, low.A1.Raw, low.A1.Raw));
        _a2 = new(Vector128.Create(high.A2.Raw, high.A2.Raw, low.A2.Raw, low.A2.Raw));
        _a3 = new(Vector128.Create(high.A3.Raw, high.A3.Raw, low.A3.Raw, low.A3.Raw));
        _halfDamping = new(Vector128.Create(high.DampingQ30, high.DampingQ30, 0, 0));
    }

    /// <summary>Replaces the next frames, any format with 2 bits of headroom.</summary>
    public void Process(Span<int> left, Span<int> right)
    {
        Lanes4 band = _band, low = _low, highPassed = _highPassed, before = _highPassedBefore;
        Lanes4 a1 = _a1, a2 = _a2, a3 = _a3, halfDamping = _halfDamping;
        for (int i = 0; i < left.Length; i++)
        {
            Lanes4 sample = new(Vector128.Shuffle(before.Vector, Vector128.Create(0, 1, 0, 1)).WithElement(0, left[i]).WithElement(1, right[i]));
            Lanes4 newLow = StateVariableFilter.LowPass(sample, ref band, ref low, a1, a2, a3, out Lanes4 newBand);
            before = highPassed;
            highPassed = sample - newLow - (Lanes4.MultiplyQ31(halfDamping, newBand) << 1);
            left[i] = newLow.Vector.GetElement(2);
            right[i] = newLow.Vector.GetElement(3);
        }

        _band = band;
        _low = low;
        _highPassed = highPassed;
        _highPassedBefore = before;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => _band = _low = _highPassed = _highPassedBefore = default;
}
