using Ambient.Composer.Models;
using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement.Layers;

/// <summary>A rare single note: a tone of the chord, far above it or far below.</summary>
internal sealed class Glints(Prng chance) : IPlayer
{
    private const double UsualPerMinute = 0.8;
    private const double Velocity = 0.45;
    private const double RingSeconds = 9;
    private const double IdleSeconds = 10;
    private const double LongestPauseSeconds = 3; // after what another voice said
    private const double SomethingElse = 0.3; // instead of a tone of the chord

    private bool _waits;

    /// <inheritdoc/>
    public long NextFrame { get; private set; } = Frames.Of(IdleSeconds);

    /// <summary>Notes a minute while it plays.</summary>
    public static double PerMinute(Stage stage) => stage.Has(LayerRole.Glint) ? stage.Layer(LayerRole.Glint).PerMinute ?? UsualPerMinute : 0;

    /// <inheritdoc/>
    public void Play(Stage stage)
    {
        double perMinute = PerMinute(stage);
        if (perMinute == 0)
        {
            _waits = false;
            NextFrame = stage.Frame + Frames.Of(IdleSeconds);
            return;
        }

        if (_waits && !stage.Conversation.MayPlay(LayerRole.Glint, stage.Frame))
        {
            NextFrame = stage.Conversation.FreeFrom + Frames.Of(chance.Between(0.5, LongestPauseSeconds));
            return;
        }

        if (_waits && Choose(stage) is { } pitch) stage.TrySay(LayerRole.Glint, pitch, Velocity, chance.Between(-0.8, 0.8), RingSeconds);
        _waits = true;
        NextFrame = stage.Frame + Frames.Of(chance.LogNormal(60 / perMinute / 1.13, 0.5, 0.25, 4)); // 1.13: mean over median
    }

    private int? Choose(Stage stage)
    {
        List<int> pitches = stage.Pitches(LayerRole.Glint);
        if (pitches.Count == 0) return null;
        List<int> chord = [.. pitches.Where(pitch => IsInChord(stage.Score, pitch))];
        List<int> from = chord.Count > 0 && !chance.Chance(SomethingElse) ? chord : pitches;
        return from[chance.Between(0, from.Count - 1)];
    }

    private static bool IsInChord(ScoreHistory score, int pitch)
    {
        for (int voice = ScoreTokens.Alto; voice <= ScoreTokens.Bass; voice++)
        {
            int token = score.Previous[voice];
            if (ScoreTokens.IsPitch(token) && (ScoreTokens.ToPitch(token) - pitch) % 12 == 0) return true;
        }

        return false;
    }
}
