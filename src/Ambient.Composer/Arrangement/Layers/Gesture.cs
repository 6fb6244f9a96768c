using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement.Layers;

/// <summary>What an event of the outside sounds like: a few rising tones of the scale, on the half beats of the pulse, in the brightest voice of the mood.</summary>
internal sealed class Gesture : IPlayer
{
    private const double QuietVelocity = 0.35;
    private const double LoudVelocity = 0.75;
    private const double RingSeconds = 6;
    private const int FewestNotes = 2;
    private const int MostNotes = 5;
    private const int Stride = 2; // steps of the scale from note to note, where the register is wide enough

    private static readonly LayerRole[] Voices = [LayerRole.Glint, LayerRole.Answer, LayerRole.Sign, LayerRole.Speak];

    private readonly Queue<(long Frame, int Step, double Velocity)> _notes = [];
    private LayerRole _voice;

    /// <inheritdoc/>
    public long NextFrame => _notes.TryPeek(out (long Frame, int Step, double Velocity) next) ? next.Frame : long.MaxValue;

    /// <summary>Plans one on the next beat; one that is under way is not interrupted.</summary>
    /// <param name="stage">Where.</param>
    /// <param name="from">First frame that can still be heard.</param>
    /// <param name="intensity">0..1: how many notes, how loud.</param>
    /// <returns>Whether it will sound.</returns>
    public bool Begin(Stage stage, long from, double intensity)
    {
        if (_notes.Count > 0 || stage.IsOff || stage.Palette is null) return false;
        int voice = Array.FindIndex(Voices, role => stage.Players[role] is not null);
        if (voice < 0) return false;
        _voice = Voices[voice];
        int count = FewestNotes + (int)Math.Round((MostNotes - FewestNotes) * intensity);
        long frame = stage.Pulse.NextBeat(from);
        for (int i = 0; i < count; i++)
        {
            _notes.Enqueue((frame, i, double.Lerp(QuietVelocity, LoudVelocity, intensity) * (i == 0 ? 1 : 0.85)));
            frame = stage.Pulse.HalfBeatAfter(frame);
        }

        return true;
    }

    /// <inheritdoc/>
    public void Play(Stage stage)
    {
        (_, int step, double velocity) = _notes.Dequeue();
        List<int> scale = stage.IsOff || stage.Players[_voice] is null ? [] : stage.Pitches(_voice);
        if (scale.Count == 0) return;
        int stride = scale.Count > Stride * (MostNotes - 1) ? Stride : 1;
        int first = Math.Max(0, (scale.Count - (stride * MostNotes)) / 2);
        int pitch = scale[Math.Min(first + (stride * step), scale.Count - 1)];
        if (stage.Gate.IsAlarm(pitch, stage.Frame)) return;
        stage.Gate.Add(pitch, stage.Frame); // the others make room for it
        stage.Strike(stage.Players[_voice]!.Value, pitch, velocity, 0, RingSeconds);
    }
}
