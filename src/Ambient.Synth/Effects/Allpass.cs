using System.Runtime.CompilerServices;
using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Effects;

/// <summary>Schroeder all-pass: smears an onset into many echoes and leaves the spectrum alone.</summary>
/// <param name="frames">Its delay.</param>
internal sealed class Allpass(int frames)
{
    private static readonly Q31 Feedback = new(1_288_490_189); // 0.6

    private readonly int[] _delay = new int[frames];
    private int _at;

    /// <summary>The next sample, any format with 2 bits of headroom.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Process(int sample)
    {
        int delayed = _delay[_at];
        int stored = sample + Feedback * delayed;
        _delay[_at] = stored;
        if (++_at == _delay.Length) _at = 0;
        return delayed - Feedback * stored;
    }

    /// <summary>Forgets everything.</summary>
    public void Clear() => Array.Clear(_delay);
}
