using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement.Layers;

/// <summary>A short pattern on the half beats of the pulse, a few times in a row, every second time with one note changed; then it rests until its share of the notes is due again. Now and then it comes back to a pattern of before.</summary>
internal sealed class Ostinato(Prng chance) : IPlayer
{
    /// <summary>Its share of the salient notes where the mood does not say.</summary>
    public const double UsualShare = 0.4;

    private const int Rest = -1;
    private const double RingSeconds = 2;
    private const double Velocity = 0.42;
    private const double JitterSeconds = 0.008;
    private const double IdleSeconds = 1;
    private const double PauseSeconds = 0.5;
    private const double MostOwedSeconds = 60; // that it waited for others and makes up for
    private const double ReturnChance = 0.5;
    private const int Kept = 4; // patterns that it may come back to

    private readonly List<int[]> _said = [];
    private int[] _cell = []; // pitch, or a rest, per half beat
    private int _at;
    private int _turns;
    private int _turnsLeft;
    private int _played;
    private long _due;
    private double _pan;

    /// <inheritdoc/>
    public long NextFrame { get; private set; }

    /// <inheritdoc/>
    public void Play(Stage stage)
    {
        double share = stage.Share(LayerRole.Pulse, UsualShare);
        List<int> pitches = share > 0 ? stage.Pitches(LayerRole.Pulse) : [];
        if (pitches.Count < 3)
        {
            _turnsLeft = 0;
            _due = NextFrame = stage.Frame + Frames.Of(IdleSeconds);
            return;
        }

        if (!stage.Conversation.MayPlay(LayerRole.Pulse, stage.Frame))
        {
            NextFrame = stage.Pulse.HalfBeatAfter(stage.Conversation.FreeFrom + Frames.Of(PauseSeconds));
            return;
        }

        if (_turnsLeft == 0 || !_cell.All(pitch => pitch == Rest || pitches.Contains(pitch))) Begin(stage.Frame, pitches);
        if (_cell[_at] != Rest && stage.TrySay(LayerRole.Pulse, _cell[_at], Velocity, _pan, RingSeconds)) _played++;
        NextFrame = Math.Max(stage.Frame + 1, stage.Pulse.HalfBeatAfter(stage.Frame) + Frames.Of(JitterSeconds * chance.NextNormal()));
        stage.Conversation.Hold(LayerRole.Pulse, NextFrame + Frames.Of(PauseSeconds));
        if (++_at < _cell.Length) return;

        (_at, _turnsLeft) = (0, _turnsLeft - 1);
        if (_turnsLeft == 0) RestUntilDue(stage, share);
        else if (_turnsLeft % 2 == 0) Change(pitches);
    }

    private void Begin(long frame, List<int> pitches)
    {
        _due = Math.Clamp(_due, frame - Frames.Of(MostOwedSeconds), frame);
        List<int[]> known = [.. _said.Where(cell => cell.All(pitch => pitch == Rest || pitches.Contains(pitch)))];
        if (known.Count > 0 && chance.Chance(ReturnChance)) _cell = [.. known[chance.Between(0, known.Count - 1)]];
        else Invent(pitches);
        _turns = 2 * chance.Between(1, 2);
        (_at, _turnsLeft, _played) = (0, _turns, 0);
        _pan = chance.Between(-0.5, 0.5);
    }

    private void Invent(List<int> pitches)
    {
        _cell = new int[chance.Between(5, 8) * 2];
        Array.Fill(_cell, Rest);
        int notes = chance.Between(4, 6);
        int step = chance.Between(0, pitches.Count - 1);
        for (int i = 0; i < notes; i++)
        {
            _cell[i == 0 ? 0 : chance.Between(1, _cell.Length - 1)] = pitches[step];
            step = Math.Clamp(step + chance.Between(-2, 2), 0, pitches.Count - 1);
        }

        if (_said.Count == Kept) _said.RemoveAt(0);
        _said.Add([.. _cell]);
    }

    private void Change(List<int> pitches)
    {
        int slot = chance.Between(0, _cell.Length - 1);
        while (_cell[slot] == Rest) slot = (slot + 1) % _cell.Length;
        int step = pitches.IndexOf(_cell[slot]) + ((chance.Chance(0.5) ? 1 : -1) * chance.Between(1, 2));
        _cell[slot] = pitches[Math.Clamp(step, 0, pitches.Count - 1)];
    }

    // A turn takes its time, and so did waiting for the others; what the share would have played meanwhile is less than the turn did: the rest makes it up.
    private void RestUntilDue(Stage stage, double share)
    {
        double due = _played / Math.Max(0.01, share * stage.OnsetsPerMinute) * 60;
        double rest = Math.Clamp(due, 1, 120) * chance.Between(0.8, 1.2);
        _due = Math.Max(_due + Frames.Of(rest), stage.Frame + Frames.Of(PauseSeconds));
        NextFrame = stage.Pulse.HalfBeatAfter(_due);
    }
}
