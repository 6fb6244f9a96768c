using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement.Layers;

/// <summary>A mood's own motif: mostly a fragment of it, the whole seldom, and never twice an hour from the same pitch in the same rhythm.</summary>
internal sealed class SignPlayer(Prng chance) : IPlayer
{
    private const double UsualPerMinute = 0.25;
    private const double ShortestApartSeconds = 180;
    private const double WholeAfterSeconds = 720;
    private const double MemorySeconds = 3_600;
    private const double Velocity = 0.5;
    private const double RingSeconds = 6;
    private const double IdleSeconds = 5;
    private const double PauseSeconds = 1;
    private const double FirstSeconds = 30;

    private static readonly double[] Stretches = [1, 1.5, 2, 0.75];

    private readonly List<(long Frame, int Pitch, double Stretch)> _said = [];
    private readonly Queue<(long Frame, int Pitch)> _notes = [];
    private long _next = Frames.Of(FirstSeconds);
    private long _lastWhole = -Frames.Of(WholeAfterSeconds);

    /// <inheritdoc/>
    public long NextFrame => _notes.TryPeek(out (long Frame, int Pitch) note) ? Math.Min(note.Frame, _next) : _next;

    /// <inheritdoc/>
    public void Play(Stage stage)
    {
        if (_notes.TryPeek(out (long Frame, int Pitch) note) && note.Frame <= stage.Frame)
        {
            _notes.Dequeue();
            stage.TrySay(LayerRole.Sign, note.Pitch, Velocity, 0, RingSeconds);
            return;
        }

        MoodLayer layer = stage.Layer(LayerRole.Sign);
        if (!stage.Has(LayerRole.Sign) || layer.Motif.Length == 0)
        {
            _next = stage.Frame + Frames.Of(IdleSeconds);
            return;
        }

        if (!stage.Conversation.MayPlay(LayerRole.Sign, stage.Frame))
        {
            _next = stage.Conversation.FreeFrom + Frames.Of(PauseSeconds);
            return;
        }

        Say(stage, layer.Motif);
        _next = stage.Frame + Frames.Of(Math.Max(ShortestApartSeconds, chance.LogNormal(60 / (layer.PerMinute ?? UsualPerMinute), 0.3, 0.5, 2)));
    }

    private void Say(Stage stage, double[][] motif)
    {
        bool isWhole = stage.Frame - _lastWhole >= Frames.Of(WholeAfterSeconds);
        int length = isWhole ? motif.Length : Math.Min(motif.Length, chance.Between(2, Math.Max(2, motif.Length - 1)));
        List<int> scale = stage.Pitches(LayerRole.Sign);
        int lowest = -(int)motif.Min(note => note[0]);
        int highest = scale.Count - 1 - (int)motif.Max(note => note[0]);
        _said.RemoveAll(said => said.Frame < stage.Frame - Frames.Of(MemorySeconds));
        var open = new List<(int Root, double Stretch)>();
        for (int root = lowest; root <= highest; root++)
        {
            open.AddRange(Stretches.Where(stretch => !_said.Exists(said => said.Pitch == scale[root] && said.Stretch == stretch)).Select(stretch => (root, stretch)));
        }

        if (open.Count == 0) return;
        (int chosen, double slower) = open[chance.Between(0, open.Count - 1)];
        _said.Add((stage.Frame, scale[chosen], slower));
        if (isWhole) _lastWhole = stage.Frame;
        long frame = stage.Pulse.NextBeat(stage.Frame);
        foreach (double[] note in motif.Take(length))
        {
            stage.Conversation.Hold(LayerRole.Sign, frame + Frames.Of(PauseSeconds));
            _notes.Enqueue((Math.Max(frame, stage.Frame + 1), scale[chosen + (int)note[0]]));
            frame += Frames.Of(note[1] * slower * 60 / stage.Pulse.Bpm);
        }
    }
}
