using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement.Layers;

/// <summary>Call and response: now and then another timbre takes up the end of a phrase, softer, in its own octave.</summary>
internal sealed class Answerer(Prng chance) : IPlayer
{
    /// <summary>How often a phrase is answered where the mood does not say.</summary>
    public const double UsualShare = 0.3;

    /// <summary>Notes of an answer on average.</summary>
    public const double MeanNotes = 2.5;

    private const double Velocity = 0.4;
    private const double RingSeconds = 4;
    private const double LongestGapSeconds = 4;
    private const double PauseSeconds = 1; // after it

    private readonly Queue<(long Frame, int Pitch)> _notes = [];
    private double _pan;

    /// <inheritdoc/>
    public long NextFrame => _notes.TryPeek(out (long Frame, int Pitch) next) ? next.Frame : long.MaxValue;

    /// <summary>Hears a phrase that has just ended and decides whether to answer.</summary>
    public void Hear(IReadOnlyList<(long Frame, int Pitch)> phrase, Stage stage)
    {
        bool answers = chance.Chance(stage.Layer(LayerRole.Answer).Share ?? UsualShare);
        int length = Math.Min(chance.Between(2, 3), phrase.Count);
        double wait = chance.Between(2.0, 6.0);
        double pan = chance.Between(-0.5, 0.5);
        if (!answers || _notes.Count > 0 || !stage.Has(LayerRole.Answer) || length == 0) return;
        _pan = pan;
        long frame = stage.Pulse.Draw(phrase[^1].Frame + Frames.Of(wait), stage.Mood.Pulse.Strength);
        for (int i = phrase.Count - length; i < phrase.Count; i++)
        {
            _notes.Enqueue((Math.Max(frame, stage.Frame + 1), phrase[i].Pitch));
            stage.Conversation.Hold(LayerRole.Answer, frame + Frames.Of(PauseSeconds));
            if (i + 1 < phrase.Count) frame += Math.Min(phrase[i + 1].Frame - phrase[i].Frame, Frames.Of(LongestGapSeconds));
        }
    }

    /// <inheritdoc/>
    public void Play(Stage stage)
    {
        (_, int said) = _notes.Dequeue();
        if (stage.Has(LayerRole.Answer) && stage.Fold(LayerRole.Answer, said) is { } pitch) stage.TrySay(LayerRole.Answer, pitch, Velocity, _pan, RingSeconds);
    }
}
