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

    private readonly List<long> _onsets = [];

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

    /// <summary>Takes a note that sounds.</summary>
    public void Add(long frame)
    {
        _onsets.RemoveAll(onset => onset < frame - Frames.Of(2 * WindowSeconds));
        int at = _onsets.Count;
        while (at > 0 && _onsets[at - 1] > frame) at--;
        _onsets.Insert(at, frame);
    }

    /// <summary>Forgets what was to sound at or after a frame.</summary>
    public void Revoke(long frame) => _onsets.RemoveAll(onset => onset >= frame);
}
