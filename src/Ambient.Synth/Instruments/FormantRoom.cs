using System.Runtime.Intrinsics;
using Ambient.Synth.Arithmetic;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Instruments;

/// <summary>A throat and the mouth before it, both channels: a low-pass, two formants behind it, and a third that hears the voice itself.</summary>
/// <remarks>
/// Four lanes hold the throat and the third formant, left and right, four the first and the second, which hear the throat one frame
/// later, so that neither waits for the other.
/// </remarks>
internal struct FormantRoom
{
    private static readonly Vector128<int> ThroatLanes = Vector128.Create(-1, -1, 0, 0);

    private Lanes4 _a1, _a2, _a3, _mix; // throat left, right, third formant left, right
    private Lanes4 _b1, _b2, _b3, _mixBehind; // first formant left, right, second left, right
    private Lanes4 _band, _low, _bandBehind, _lowBehind, _throat;

    /// <summary>Sets all filters.</summary>
    /// <param name="throat">The low-pass.</param>
    /// <param name="chestQ15">How much of it is heard without any formant.</param>
    /// <param name="formants">Three band-passes.</param>
    /// <param name="levelsQ15">Their levels.</param>
    public void Shape(in StateVariableFilter.Coefficients throat, int chestQ15, ReadOnlySpan<StateVariableFilter.Coefficients> formants, ReadOnlySpan<int> levelsQ15)
    {
        StateVariableFilter.Coefficients first = formants[0], second = formants[1], third = formants[2];
        _a1 = Pairs(throat.A1.Raw, third.A1.Raw);
        _a2 = Pairs(throat.A2.Raw, third.A2.Raw);
        _a3 = Pairs(throat.A3.Raw, third.A3.Raw);
        _b1 = Pairs(first.A1.Raw, second.A1.Raw);
        _b2 = Pairs(first.A2.Raw, second.A2.Raw);
        _b3 = Pairs(first.A3.Raw, second.A3.Raw);
        _mix = Pairs((int)Math.Min(int.MaxValue, (long)chestQ15 << 16), Level(third, levelsQ15[2]));
        _mixBehind = Pairs(Level(first, levelsQ15[0]), Level(second, levelsQ15[1]));
    }

    /// <summary>Adds what the mouth lets out.</summary>
    /// <param name="sourceLeft">Q26.</param>
    /// <param name="sourceRight">As <paramref name="sourceLeft"/>.</param>
    /// <param name="left">Q23; added to.</param>
    /// <param name="right">As <paramref name="left"/>.</param>
    public void Sing(ReadOnlySpan<int> sourceLeft, ReadOnlySpan<int> sourceRight, Span<int> left, Span<int> right)
    {
        Lanes4 band = _band, low = _low, bandBehind = _bandBehind, lowBehind = _lowBehind, throat = _throat;
        Lanes4 a1 = _a1, a2 = _a2, a3 = _a3, b1 = _b1, b2 = _b2, b3 = _b3, mix = _mix, mixBehind = _mixBehind;
        for (int i = 0; i < sourceLeft.Length; i++)
        {
            StateVariableFilter.LowPass(throat, ref bandBehind, ref lowBehind, b1, b2, b3, out Lanes4 behind);
            Lanes4 newLow = StateVariableFilter.LowPass(Pairs(sourceLeft[i], sourceRight[i], sourceLeft[i], sourceRight[i]), ref band, ref low, a1, a2, a3, out Lanes4 newBand);
            Lanes4 here = new(Vector128.ConditionalSelect(ThroatLanes, newLow.Vector, newBand.Vector));
            Vector128<int> sung = (Lanes4.MultiplyQ31(mix, here) + Lanes4.MultiplyQ31(mixBehind, behind)).Vector;
            sung += Vector128.Shuffle(sung, Vector128.Create(2, 3, 2, 3));
            left[i] += sung.GetElement(0) >> 3; // Q26 -> Q23
            right[i] += sung.GetElement(1) >> 3;
            throat = new(Vector128.Shuffle(newLow.Vector, Vector128.Create(0, 1, 0, 1)));
        }

        _band = band;
        _low = low;
        _bandBehind = bandBehind;
        _lowBehind = lowBehind;
        _throat = throat;
    }

    /// <summary>Forgets what was sung.</summary>
    public void Clear() => _band = _low = _bandBehind = _lowBehind = _throat = default;

    private static int Level(in StateVariableFilter.Coefficients formant, int levelQ15) => (int)Math.Min(int.MaxValue, (long)formant.DampingQ30 * levelQ15 >> 14); // Q30 * Q15 -> Q31

    private static Lanes4 Pairs(int first, int second) => Pairs(first, first, second, second);

    private static Lanes4 Pairs(int first, int second, int third, int fourth) => new(Vector128.Create(first, second, third, fourth));
}
