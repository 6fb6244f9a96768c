using Ambient.Composer.Models;
using Ambient.Synth;

namespace Ambient.Composer.Arrangement;

/// <summary>Listens to the events of the score and counts which pitches and intervals sound, and for how long.</summary>
/// <param name="firstFrame">What sounded before is not counted.</param>
/// <param name="memorySeconds">Time constant with which what has been counted fades; infinite keeps all.</param>
internal sealed class SoundingTally(long firstFrame, double memorySeconds)
{
    private const double Persistence = 3;

    private readonly Dictionary<int, (int Pitch, long Entry)> _sounding = [];
    private readonly double[] _pairs = new double[12]; // by interval modulo the octave, seconds
    private readonly List<int> _pitches = [];
    private double _pitchSeconds;
    private double _noteSeconds;
    private double _major;
    private double _minor;
    private long _frame = firstFrame;

    /// <summary>Mean pitch of all that sounds, MIDI note; null where nothing did.</summary>
    public double? Register => _noteSeconds > 0 ? _pitchSeconds / _noteSeconds : null;

    /// <summary>Major against minor thirds above the lowest pitch, -1..1; null where there were none.</summary>
    public double? Mode => _major + _minor > 0 ? (_major - _minor) / (_major + _minor) : null;

    /// <summary>Mean dissonance of all pairs, 0..1; null where there were none.</summary>
    public double? Tension
    {
        get
        {
            double all = 0, harsh = 0;
            for (int interval = 0; interval < _pairs.Length; interval++)
            {
                all += _pairs[interval];
                harsh += _pairs[interval] * IntentTally.DissonanceOf(interval);
            }

            return all > 0 ? harsh / all : null;
        }
    }

    /// <summary>What to aim at where what sounded is not what was wished for: three times as far beyond the wish as it was missed. On the scale of wishes, -1..1, but not bounded.</summary>
    public static double Overstate(double wish, double heard) => wish + (Persistence * (wish - heard));

    /// <summary>Takes the next event.</summary>
    public void Hear(in ScoreEvent scoreEvent)
    {
        PassTo(scoreEvent.Frame);
        switch (scoreEvent.Kind)
        {
            case ScoreEventKind.NoteOn:
                _sounding[scoreEvent.NoteId] = ((int)Math.Round(scoreEvent.PitchCents / 100.0), scoreEvent.Frame);
                break;
            case ScoreEventKind.NoteOff:
                _sounding.Remove(scoreEvent.NoteId);
                break;
            case ScoreEventKind.Revoke:
                foreach ((int note, (_, long entry)) in _sounding)
                {
                    if (entry >= scoreEvent.Frame) _sounding.Remove(note);
                }

                break;
        }
    }

    /// <summary>Forgets what has been counted; what sounds now sounds on.</summary>
    public void Forget() => Fade(0);

    /// <summary>Counts what sounds up to a frame.</summary>
    public void PassTo(long frame)
    {
        if (frame <= _frame) return;
        double seconds = (double)(frame - _frame) / Frames.PerSecond;
        _frame = frame;
        Fade(Math.Exp(-seconds / memorySeconds));
        _pitches.Clear();
        foreach ((int pitch, _) in _sounding.Values)
        {
            _pitchSeconds += pitch * seconds;
            _noteSeconds += seconds;
            if (!_pitches.Contains(pitch)) _pitches.Add(pitch);
        }

        _pitches.Sort();
        for (int i = 0; i < _pitches.Count; i++)
        {
            int third = (_pitches[i] - _pitches[0]) % 12;
            _major += third == 4 ? seconds : 0;
            _minor += third == 3 ? seconds : 0;
            for (int j = i + 1; j < _pitches.Count; j++) _pairs[(_pitches[j] - _pitches[i]) % 12] += seconds;
        }
    }

    private void Fade(double kept)
    {
        _pitchSeconds *= kept;
        _noteSeconds *= kept;
        _major *= kept;
        _minor *= kept;
        foreach (ref double pair in _pairs.AsSpan()) pair *= kept;
    }
}
