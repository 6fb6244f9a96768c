using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Effects;

/// <summary>Look-ahead limiter: leaves everything below -6 dBFS alone, bends softly above and never lets a sample past -1 dBFS.</summary>
/// <remarks>
/// A gain for each frame is held for the look-ahead, recovers slowly and is averaged over the look-ahead. Every gain in
/// that average already knows of the loudest frame, so the average can be no higher than that frame needs.
/// </remarks>
internal sealed class Limiter : IEffect
{
    /// <summary>Frames by which the programme comes later: 2.7 ms.</summary>
    public const int LookAheadFrames = 1 << LookAheadBits;

    private const int LookAheadBits = 7;
    private const int KneeQ23 = 1 << 22; // -6 dBFS
    private const int CeilingQ23 = 29_180 << 8; // -1.01 dBFS: room for dither below -1 dBFS
    private const int RoomQ23 = CeilingQ23 - KneeQ23;
    private const int UnityQ30 = 1 << 30;
    private static readonly Q31 RecoveryPerFrame = new(149_131); // 0.3 s

    private readonly int[] _left = new int[LookAheadFrames];
    private readonly int[] _right = new int[LookAheadFrames];
    private readonly int[] _wantedQ30 = new int[LookAheadFrames];
    private readonly int[] _smoothedQ30 = new int[LookAheadFrames];
    private long _sumQ30 = (long)LookAheadFrames * UnityQ30;
    private int _heldQ30 = UnityQ30;
    private int _holdFrames;
    private int _recoveringQ30 = UnityQ30;
    private bool _isAtRest; // all gains are 1: nearly always, and then most of the work can be left out
    private int _at;

    /// <summary>Makes a limiter at rest.</summary>
    public Limiter()
    {
        Array.Fill(_wantedQ30, UnityQ30);
        Array.Fill(_smoothedQ30, UnityQ30);
    }

    /// <inheritdoc/>
    public void Process(Span<int> left, Span<int> right)
    {
        for (int i = 0; i < left.Length; i++)
        {
            long gainQ30 = NextGain(left[i], right[i]);
            int at = _at;
            int delayedLeft = _left[at];
            int delayedRight = _right[at];
            _left[at] = left[i];
            _right[at] = right[i];
            _at = (at + 1) & (LookAheadFrames - 1);
            left[i] = (int)(delayedLeft * gainQ30 >> 30);
            right[i] = (int)(delayedRight * gainQ30 >> 30);
        }
    }

    private long NextGain(int left, int right)
    {
        long peak = long.Max(long.Abs(left), long.Abs(right));
        if (_isAtRest && peak <= KneeQ23) return UnityQ30;
        int wantedQ30 = peak <= KneeQ23 ? UnityQ30 : GainFor(peak);
        Hold(wantedQ30);
        int risenQ30 = _recoveringQ30 + RecoveryPerFrame * (UnityQ30 - _recoveringQ30);
        if (_recoveringQ30 > UnityQ30 - (1 << 13)) risenQ30 = UnityQ30; // the last -103 dB at once
        _recoveringQ30 = Math.Min(_heldQ30, risenQ30);
        _sumQ30 += _recoveringQ30 - _smoothedQ30[_at];
        _smoothedQ30[_at] = _recoveringQ30;
        _isAtRest = _heldQ30 == UnityQ30 && _sumQ30 == (long)LookAheadFrames * UnityQ30;
        return _sumQ30 >> LookAheadBits;
    }

    // Sliding minimum over the frame itself and the look-ahead before it.
    private void Hold(int wantedQ30)
    {
        if (wantedQ30 <= _heldQ30)
        {
            _heldQ30 = wantedQ30;
            _holdFrames = LookAheadFrames;
        }
        else if (--_holdFrames < 0)
        {
            _heldQ30 = wantedQ30;
            _holdFrames = 0;
            for (int age = 1; age < LookAheadFrames; age++)
            {
                int earlierQ30 = _wantedQ30[(_at + LookAheadFrames - age) & (LookAheadFrames - 1)];
                if (earlierQ30 >= _heldQ30) continue;
                _heldQ30 = earlierQ30;
                _holdFrames = LookAheadFrames - age;
            }
        }

        _wantedQ30[_at] = wantedQ30;
    }

    // Above the knee the excess d becomes room * d / (d + room): slope 1 at the knee, the ceiling at infinity.
    private static int GainFor(long peakQ23)
    {
        long excess = peakQ23 - KneeQ23;
        long wanted = KneeQ23 + RoomQ23 * excess / (excess + RoomQ23);
        return (int)((wanted << 30) / peakQ23);
    }
}
