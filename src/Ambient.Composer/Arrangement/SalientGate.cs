using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement;

/// <summary>The hard limit of density: never more than twice a mood's mean in any 20 seconds, and no two salient notes so close that they startle.</summary>
internal sealed class SalientGate
{
    /// <summary>Length of the window.</summary>
    public const double WindowSeconds = 20;

    /// <summary>Times the mood's mean that a window may hold.</summary>
    public const double Excess = 2;

    private const double ApartSeconds = 0.15;

    // Wider than the rule (0.2 to 2 s, evenness 1.22), so that no rounding of a tick lets an alarm through.
    private const double AlarmMinSeconds = 0.18;
    private const double AlarmMaxSeconds = 2.3;
    private const double AlarmEvenness = 1.3; // ratio of two gaps below which three strokes sound like a device that calls

    private readonly List<long> _onsets = [];
    private readonly List<(long Frame, int Pitch)> _strokes = [];

    /// <summary>How many onsets a mood allows in one window; at least one.</summary>
    public static int Most(Mood mood) => Math.Max(1, (int)(Excess * 0.5 * (mood.OnsetsPerMinute.Min + mood.OnsetsPerMinute.Max) * WindowSeconds / 60));

    /// <summary>The first frame, from this one on, at which another salient note may sound.</summary>
    public long Earliest(long frame, Mood mood)
    {
        if (_onsets.Count == 0) return frame;
        long earliest = Math.Max(frame, _onsets[^1] + Frames.Of(ApartSeconds));
        int most = Most(mood);
        return _onsets.Count < most ? earliest : Math.Max(earliest, _onsets[^most] + Frames.Of(WindowSeconds) + 1);
    }

    /// <summary>Whether a note would be the third even stroke of one pitch, whoever struck the others and whatever else came between: that is how alarms sound (IEC 60601-1-8).</summary>
    public bool IsAlarm(int pitch, long frame)
    {
        for (int second = 0; second < _strokes.Count; second++)
        {
            double after = Seconds(frame - _strokes[second].Frame);
            if (_strokes[second].Pitch != pitch || after is < AlarmMinSeconds or > AlarmMaxSeconds) continue;
            for (int first = 0; first < _strokes.Count; first++)
            {
                double before = Seconds(_strokes[second].Frame - _strokes[first].Frame);
                if (_strokes[first].Pitch != pitch || before is < AlarmMinSeconds or > AlarmMaxSeconds) continue;
                if (Math.Max(before, after) <= AlarmEvenness * Math.Min(before, after)) return true;
            }
        }

        return false;
    }

    /// <summary>Takes a note that sounds.</summary>
    public void Add(int pitch, long frame)
    {
        _strokes.RemoveAll(stroke => stroke.Frame < frame - Frames.Of(2 * AlarmMaxSeconds));
        _strokes.Add((frame, pitch));
        _onsets.RemoveAll(onset => onset < frame - Frames.Of(2 * WindowSeconds));
        int at = _onsets.Count;
        while (at > 0 && _onsets[at - 1] > frame) at--;
        _onsets.Insert(at, frame);
    }

    /// <summary>Forgets what was to sound at or after a frame.</summary>
    public void Revoke(long frame)
    {
        _onsets.RemoveAll(onset => onset >= frame);
        _strokes.RemoveAll(stroke => stroke.Frame >= frame);
    }

    private static double Seconds(long frames) => (double)frames / Frames.PerSecond;
}
