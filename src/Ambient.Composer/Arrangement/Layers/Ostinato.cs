using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement.Layers;

/// <summary>A short pattern on the half beats of the pulse, a few times in a row, each time with one note changed; then it rests until its share of the notes is due again.</summary>
internal sealed class Ostinato(Prng chance) : IPlayer
{
    /// <summary>Its share of the salient notes where the mood does not say.</summary>
    public const double UsualShare = 0.4;

    private const int Rest = -1;
    private const double RingSeconds = 2;
    private const double Velocity = 0.42;
    private const double JitterSeconds = 0.008;
    private const double LeftOut = 0.15; // of the notes
    private const double IdleSeconds = 1;

    private int[] _cell = []; // index into the pitches of the register, or a rest, per half beat
    private int _at;
    private int _turns;
    private int _turnsLeft;
    private int _played;
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
            NextFrame = stage.Frame + Frames.Of(IdleSeconds);
            return;
        }

        if (_turnsLeft == 0) Begin(pitches.Count);
        if (_cell[_at] != Rest && !chance.Chance(LeftOut) && stage.TrySay(LayerRole.Pulse, pitches[_cell[_at] % pitches.Count], Velocity, _pan, RingSeconds)) _played++;
        NextFrame = Math.Max(stage.Frame + 1, stage.Pulse.HalfBeatAfter(stage.Frame) + Frames.Of(JitterSeconds * chance.NextNormal()));
        if (++_at < _cell.Length) return;

        (_at, _turnsLeft) = (0, _turnsLeft - 1);
        if (_turnsLeft > 0) Change(pitches.Count);
        else RestUntilDue(stage, share);
    }

    private void Begin(int pitches)
    {
        _cell = new int[chance.Between(5, 8) * 2];
        Array.Fill(_cell, Rest);
        int notes = chance.Between(4, 6);
        int pitch = chance.Between(0, pitches - 1);
        for (int i = 0; i < notes; i++)
        {
            _cell[i == 0 ? 0 : chance.Between(1, _cell.Length - 1)] = pitch;
            pitch = Math.Clamp(pitch + chance.Between(-2, 2), 0, pitches - 1);
        }

        _turns = chance.Between(2, 4);
        (_at, _turnsLeft, _played) = (0, _turns, 0);
        _pan = chance.Between(-0.5, 0.5);
    }

    private void Change(int pitches)
    {
        int slot = chance.Between(0, _cell.Length - 1);
        while (_cell[slot] == Rest) slot = (slot + 1) % _cell.Length;
        _cell[slot] = Math.Clamp(_cell[slot] + ((chance.Chance(0.5) ? 1 : -1) * chance.Between(1, 2)), 0, pitches - 1);
    }

    // A turn takes its time; what the share would have played meanwhile is less than the turn did: the rest makes it up.
    private void RestUntilDue(Stage stage, double share)
    {
        double due = _played / Math.Max(0.01, share * stage.OnsetsPerMinute) * 60;
        double took = _turns * _cell.Length * 0.5 * 60 / stage.Pulse.Bpm;
        double rest = Math.Clamp(due - took, 1, 120) * chance.Between(0.8, 1.2);
        NextFrame = stage.Pulse.HalfBeatAfter(stage.Frame + Frames.Of(rest));
    }
}
