using System.Runtime.CompilerServices;
using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Instruments;

/// <summary>Turns white noise into one whose third octaves fall by 5 dB per octave from 160 Hz to 5 kHz, within 0.1 dB; softer outside.</summary>
/// <remarks>
/// A brown noise (-3 dB per octave in bands of constant share) and three shelves that take the other 2 dB. The numbers are
/// fitted by tools/speech_slope.py.
/// </remarks>
internal struct SpeechSlope
{
    private static readonly Q31 Brown = new(11_214_812); // 40 Hz
    private static readonly Q31 Shelf1 = new(19_893_367), Shelf2 = new(140_925_062), Shelf3 = new(495_090_755); // 71, 519, 2 002 Hz
    private static readonly Q31 High1 = new(854_565_335), High2 = new(1_336_777_226), High3 = new(1_265_621_972); // -8.0, -4.1, -4.6 dB above
    private static readonly Q31 Air = new(1_486_350_804); // 9 kHz
    private static readonly StateVariableFilter.Coefficients Floor = StateVariableFilter.Coefficients.At(3_718); // 70 Hz

    private int _brown, _shelf1, _shelf2, _shelf3, _air;
    private StateVariableFilter _floor;

    /// <summary>The next sample, in the format of the white one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next(int white)
    {
        _brown += Brown * (white - _brown);
        int sample = Shelve(_brown, ref _shelf1, Shelf1, High1);
        sample = Shelve(sample, ref _shelf2, Shelf2, High2);
        sample = Shelve(sample, ref _shelf3, Shelf3, High3);
        _air += Air * (sample - _air);
        return _floor.HighPass(_air, Floor);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Shelve(int sample, ref int low, Q31 corner, Q31 high)
    {
        low += corner * (sample - low);
        return low + high * (sample - low);
    }
}
