using Ambient.Composer.Models;
using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement.Layers;

/// <summary>One soft inner voice that moves by steps while the chord around it stays. It holds tones, and nobody counts its onsets.</summary>
internal sealed class Wanderer(Prng chance, NoteWriter writer) : IPlayer
{
    private const double MedianSeconds = 11;
    private const double OverlapSeconds = 3;
    private const double ShortestLifeSeconds = 4;
    private const double Velocity = 0.5;
    private const double IdleSeconds = 4;
    private const int Leap = 4; // semitones

    private HeldNote? _note;

    /// <inheritdoc/>
    public long NextFrame { get; private set; }

    /// <inheritdoc/>
    public void Play(Stage stage)
    {
        if (!stage.Has(LayerRole.Motion))
        {
            Release(stage.Frame);
            NextFrame = stage.Frame + Frames.Of(IdleSeconds);
            return;
        }

        List<int> pitches = [.. stage.Pitches(LayerRole.Motion).Where(pitch => pitch != _note?.Pitch && Blends(stage, pitch))];
        List<int> near = _note is { } before ? [.. pitches.Where(pitch => Math.Abs(pitch - before.Pitch) <= Leap)] : pitches;
        if (near.Count == 0) near = pitches;
        double seconds = chance.LogNormal(MedianSeconds, 0.35, 0.5, 2.5);
        int chosen = chance.Between(0, Math.Max(0, near.Count - 1));
        bool mustLeave = _note is { } held && !Blends(stage, held.Pitch);
        if (near.Count > 0)
        {
            Release(stage.Frame + Frames.Of(mustLeave ? 1 : OverlapSeconds));
            _note = writer.Start(stage.Frame, stage.Players[LayerRole.Motion]!.Value, near[chosen], Velocity, chance.Between(-0.4, 0.4), stage.IsByModel);
        }
        else if (mustLeave)
        {
            Release(stage.Frame);
        }

        NextFrame = stage.Frame + Frames.Of(seconds);
    }

    /// <summary>The chord has changed: what no longer fits moves soon.</summary>
    public void Hear(Stage stage)
    {
        if (_note is { } note && (!Blends(stage, note.Pitch) || stage.Palette?.Speak.Contains(note.Pitch) != true))
            NextFrame = Math.Min(NextFrame, stage.Frame + Frames.Of(chance.Between(0.5, 2.0)));
    }

    /// <summary>Forgets what was to begin at or after a frame.</summary>
    public void Revoke(long frame)
    {
        if (_note?.EntryFrame >= frame) _note = null;
    }

    private void Release(long frame)
    {
        if (_note is not null) writer.Release(_note, frame, ShortestLifeSeconds);
        _note = null;
    }

    // No semitone against any voice, deep down no whole tone either, no tritone against the bass.
    private static bool Blends(Stage stage, int pitch)
    {
        if (stage.Clashes(pitch)) return false;
        ScoreHistory score = stage.Score;
        for (int voice = ScoreTokens.Alto; voice <= ScoreTokens.Bass; voice++)
        {
            int token = score.Previous[voice];
            if (!ScoreTokens.IsPitch(token)) continue;
            int interval = Math.Abs(ScoreTokens.ToPitch(token) - pitch) % 12;
            if (interval is 1 or 11 || (voice == ScoreTokens.Bass && interval == 6)) return false;
        }

        return true;
    }
}
