using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement.Layers;

/// <summary>A few pitches, each on a loop of its own whose periods have no common measure; loops mute themselves, and now and then one takes another pitch.</summary>
/// <remarks>The principle of Eno's 2/1; periods as measured there and in Music for Airports. Slowed down to the layer's share of the notes.</remarks>
internal sealed class LoopPlayer(Prng chance) : IPlayer
{
    /// <summary>Its share of the salient notes where the mood does not say.</summary>
    public const double UsualShare = 0.3;

    private const double Fires = 0.75; // of the turns
    private const double MutesItself = 0.2;
    private const int FewestMuted = 1; // turns
    private const int MostMuted = 3;
    private const double Velocity = 0.4;
    private const double RingSeconds = 7;
    private const double IdleSeconds = 1;
    private const double LongestPauseSeconds = 3; // after what another voice said

    private static readonly double[] PeriodsSeconds = [17.7, 19.7, 21.3, 23.5, 25.9];

    private readonly long[] _next = new long[PeriodsSeconds.Length];
    private readonly int[] _pitch = new int[PeriodsSeconds.Length];
    private readonly int[] _muted = new int[PeriodsSeconds.Length];
    private long _nextReplacement;

    /// <inheritdoc/>
    public long NextFrame => _next.Min();

    /// <inheritdoc/>
    public void Play(Stage stage)
    {
        int loop = Array.IndexOf(_next, NextFrame);
        double share = stage.Share(LayerRole.Loops, UsualShare);
        List<int> pitches = share > 0 ? stage.Pitches(LayerRole.Loops) : [];
        if (pitches.Count == 0)
        {
            for (int i = 0; i < _next.Length; i++) _next[i] = stage.Frame + Frames.Of(IdleSeconds + chance.Between(0, PeriodsSeconds[i]));
            return;
        }

        if (!stage.Conversation.MayPlay(LayerRole.Loops, stage.Frame))
        {
            _next[loop] = stage.Conversation.FreeFrom + Frames.Of(chance.Between(0.5, LongestPauseSeconds));
            return;
        }

        bool isStale = _pitch[loop] == 0 || !pitches.Contains(_pitch[loop]);
        if (isStale || stage.Frame >= _nextReplacement)
        {
            _pitch[loop] = pitches[chance.Between(0, pitches.Count - 1)];
            if (!isStale) _nextReplacement = stage.Frame + Frames.Of(chance.Between(60.0, 120.0));
        }

        if (_muted[loop] > 0) _muted[loop]--;
        else if (chance.Chance(Fires)) stage.TrySay(LayerRole.Loops, _pitch[loop], Velocity, ((loop + 0.5) / _next.Length) - 0.5, RingSeconds);
        else if (chance.Chance(MutesItself / (1 - Fires))) _muted[loop] = chance.Between(FewestMuted, MostMuted);

        double natural = Fires / (1 + (MutesItself * (FewestMuted + MostMuted) / 2.0)) * PeriodsSeconds.Sum(period => 60 / period); // notes a minute
        double slowing = Math.Max(1, natural / Math.Max(0.1, share * stage.OnsetsPerMinute));
        _next[loop] = stage.Frame + Frames.Of(PeriodsSeconds[loop] * slowing);
    }
}
