using Ambient.Synth.Arithmetic;

namespace Ambient.Synth.Effects;

/// <summary>Look-ahead limiter: leaves everything below -6 dBTP alone, bends softly above and lets nothing past -1 dBTP, between samples either.</summary>
/// <remarks>
/// A gain for each frame is held for the look-ahead, recovers slowly and is averaged over half of it. Every gain in
/// that average already knows of the loudest frame, so the average can be no higher than that frame needs. A gain that could rise by
/// no more than 0.03 dB stays, so that a steady tone is held down by one gain and not by a ripple. Peaks are those of
/// four times the sample rate (16 taps a phase); only above -13 dBFS, for below that nothing can reach the knee.
/// </remarks>
internal sealed class Limiter : IEffect
{
    /// <summary>Frames by which the programme comes later: 2.7 ms.</summary>
    public const int LookAheadFrames = 1 << LookAheadBits;

    private const int LookAheadBits = 7;
    private const int SmoothBits = 6;
    private const int SmoothFrames = 1 << SmoothBits;
    private const int Taps = 16;
    private const int LoudQ23 = 1_900_000; // -12.9 dBFS: no phase adds up to more than 2.11
    private const int KneeQ23 = 1 << 22; // -6 dBFS
    private const int CeilingQ23 = 28_200 << 8; // -1.3 dBFS: room for dither, and for a gain that moves while a peak builds up between samples
    private const int RoomQ23 = CeilingQ23 - KneeQ23;
    private const int UnityQ30 = 1 << 30;
    private const int SlackQ30 = 1 << 22; // 0.03 dB: by so much one period of a steady tone up to 5 kHz seems to peak higher than another
    private static readonly Q31 RecoveryPerFrame = new(149_131); // 0.3 s

    // Kaiser-windowed sinc (beta 5) a quarter and a half of a frame after the eighth tap, Q15; three quarters is the first one reversed.
    private static readonly int[] Quarter = [-92, 234, -480, 885, -1549, 2741, -5591, 29464, 9651, -3786, 2047, -1174, 658, -341, 152, -50];
    private static readonly int[] Half = [-98, 269, -574, 1081, -1908, 3342, -6432, 20704, 20704, -6432, 3342, -1908, 1081, -574, 269, -98];

    private readonly int[] _recentLeft = new int[2 * Taps], _recentRight = new int[2 * Taps]; // twice, so that the last 16 lie in one piece
    private readonly int[] _left = new int[LookAheadFrames];
    private readonly int[] _right = new int[LookAheadFrames];
    private readonly int[] _wantedQ30 = new int[LookAheadFrames];
    private readonly int[] _smoothedQ30 = new int[SmoothFrames];
    private long _sumQ30 = (long)SmoothFrames * UnityQ30;
    private int _heldQ30 = UnityQ30;
    private int _holdFrames;
    private int _recoveringQ30 = UnityQ30;
    private bool _isAtRest; // all gains are 1: nearly always, and then most of the work can be left out
    private int _loudFrames; // still to be looked at closely
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
        long peak = Peak(left, right);
        if (_isAtRest && peak <= KneeQ23) return UnityQ30;
        int wantedQ30 = peak <= KneeQ23 ? UnityQ30 : GainFor(peak);
        Hold(wantedQ30);
        int risenQ30 = _recoveringQ30 + RecoveryPerFrame * (UnityQ30 - _recoveringQ30);
        if (_recoveringQ30 > UnityQ30 - (1 << 13)) risenQ30 = UnityQ30; // the last -103 dB at once
        bool isSteady = _heldQ30 < UnityQ30 && _heldQ30 - _recoveringQ30 < SlackQ30;
        _recoveringQ30 = Math.Min(_heldQ30, isSteady ? _recoveringQ30 : risenQ30);
        ref int oldest = ref _smoothedQ30[_at & (SmoothFrames - 1)];
        _sumQ30 += _recoveringQ30 - oldest;
        oldest = _recoveringQ30;
        _isAtRest = _heldQ30 == UnityQ30 && _sumQ30 == (long)SmoothFrames * UnityQ30;
        return _sumQ30 >> SmoothBits;
    }

    // The loudest of this frame and of the three points between the eighth and the ninth of the last 16 frames.
    private long Peak(int left, int right)
    {
        int slot = _at & (Taps - 1);
        _recentLeft[slot] = _recentLeft[slot + Taps] = left;
        _recentRight[slot] = _recentRight[slot + Taps] = right;
        long peak = long.Max(long.Abs(left), long.Abs(right));
        if (peak > LoudQ23) _loudFrames = Taps;
        if (_loudFrames == 0) return peak;
        _loudFrames--;
        ReadOnlySpan<int> recentLeft = _recentLeft.AsSpan(slot + 1, Taps), recentRight = _recentRight.AsSpan(slot + 1, Taps);
        return long.Max(peak, long.Max(Between(recentLeft), Between(recentRight)));
    }

    private static long Between(ReadOnlySpan<int> recent)
    {
        long quarter = 0, half = 0, threeQuarters = 0;
        for (int i = 0; i < Taps; i++)
        {
            long sample = recent[i];
            quarter += sample * Quarter[i];
            half += sample * Half[i];
            threeQuarters += sample * Quarter[Taps - 1 - i];
        }

        return long.Max(long.Abs(quarter), long.Max(long.Abs(half), long.Abs(threeQuarters))) >> 15;
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
