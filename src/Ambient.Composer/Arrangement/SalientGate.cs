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

    private const double AlarmMinSeconds = 0.2;
    private const double AlarmMaxSeconds = 2;
    private const double AlarmEvenness = 1.25; // ratio of two gaps below which three strokes sound like a device that calls

    private readonly List<long> _onsets = [];
    private readonly Dictionary<int, List<(long Frame, int Pitch)>> _strokes = [];

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

    /// <summary>Whether a note would be the third even stroke of one pitch by one instrument: that is how alarms sound (IEC 60601-1-8).</summary>
    public bool IsAlarm(int instrument, int pitch, long frame)
    {
        if (!_strokes.TryGetValue(instrument, out List<(long Frame, int Pitch)>? strokes)) return false;
        long[] same = [.. strokes.Where(stroke => stroke.Pitch == pitch).Select(stroke => stroke.Frame).TakeLast(2)];
        if (same.Length < 2) return false;
        double first = (double)(same[1] - same[0]) / Frames.PerSecond;
        double second = (double)(frame - same[1]) / Frames.PerSecond;
        return first <= AlarmMaxSeconds && second is >= AlarmMinSeconds and <= AlarmMaxSeconds && Math.Max(first, second) <= AlarmEvenness * Math.Min(first, second);
    }

    /// <summary>Takes a note that sounds.</summary>
    public void Add(int instrument, int pitch, long frame)
    {
        if (!_strokes.TryGetValue(instrument, out List<(long Frame, int Pitch)>? strokes)) _strokes[instrument] = strokes = [];
        strokes.RemoveAll(stroke => stroke.Frame < frame - Frames.Of(2 * AlarmMaxSeconds));
        strokes.Add((frame, pitch));
        _onsets.RemoveAll(onset => onset < frame - Frames.Of(2 * WindowSeconds));
        int at = _onsets.Count;
        while (at > 0 && _onsets[at - 1] > frame) at--;
        _onsets.Insert(at, frame);
    }

    /// <summary>Forgets what was to sound at or after a frame.</summary>
    public void Revoke(long frame)
    {
        _onsets.RemoveAll(onset => onset >= frame);
        foreach (List<(long Frame, int Pitch)> strokes in _strokes.Values) strokes.RemoveAll(stroke => stroke.Frame >= frame);
    }
}
