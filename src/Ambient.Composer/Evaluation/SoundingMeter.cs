using Ambient.Composer.Arrangement;
using Ambient.Composer.Direction;
using Ambient.Composer.Moods;
using Ambient.Synth;
using Ambient.Synth.Instruments;

namespace Ambient.Composer.Evaluation;

/// <summary>Listens to score events and measures the axes of intent on what sounds, weighted by how long it sounds.</summary>
internal sealed class SoundingMeter : IScoreSink
{
    private static readonly LayerRole[] Salient = [LayerRole.Speak, LayerRole.Answer, LayerRole.Pulse, LayerRole.Loops, LayerRole.Glint, LayerRole.Sign];

    private const double OneChangeSeconds = 4;

    private readonly HashSet<int> _salient;
    private readonly HashSet<int> _bed;
    private readonly long _firstFrame;
    private readonly Dictionary<int, (int Instrument, int Pitch)> _sounding = [];
    private readonly SoundingTally _tally;
    private long _frame;
    private double _pitchTime;
    private double _noteTime;
    private double _bedTime;
    private int _onsets;
    private int _changes;
    private long _lastChange = -Frames.Of(OneChangeSeconds);

    /// <param name="mood">Whose layers play.</param>
    /// <param name="firstFrame">Events before it set the stage and are not measured.</param>
    public SoundingMeter(Mood mood, long firstFrame)
    {
        _salient = [.. Salient.SelectMany(role => InstrumentsOf(mood, role))];
        _bed = [.. InstrumentsOf(mood, LayerRole.Bed)];
        _firstFrame = _frame = firstFrame;
        _tally = new SoundingTally(firstFrame, double.PositiveInfinity);
    }

    /// <inheritdoc/>
    public bool TryAdd(in ScoreEvent scoreEvent)
    {
        PassTo(scoreEvent.Frame);
        _tally.Hear(scoreEvent);
        int pitch = (int)Math.Round(scoreEvent.PitchCents / 100.0);
        int instrument = scoreEvent.Instrument;
        if (scoreEvent.Kind == ScoreEventKind.NoteOff) _sounding.Remove(scoreEvent.NoteId);
        if (scoreEvent.Kind != ScoreEventKind.NoteOn) return true;
        if (scoreEvent.Frame >= _firstFrame)
        {
            if (_salient.Contains(instrument)) _onsets++;

            // A note that is struck anew under a crossfade is no change of harmony, and voices that follow one another into a chord are one change.
            else if (_bed.Contains(instrument) && !_sounding.ContainsValue((instrument, pitch)) && scoreEvent.Frame >= _lastChange + Frames.Of(OneChangeSeconds))
            {
                _changes++;
                _lastChange = scoreEvent.Frame;
            }
        }

        _sounding[scoreEvent.NoteId] = (instrument, pitch);
        return true;
    }

    /// <summary>What was measured, up to a frame.</summary>
    public double Of(IntentAxis axis, long endFrame)
    {
        PassTo(endFrame);
        _tally.PassTo(endFrame);
        double minutes = (double)(endFrame - _firstFrame) / Frames.PerSecond / 60;
        return axis switch
        {
            IntentAxis.Density => _onsets / minutes,
            IntentAxis.HarmonicRhythm => _changes / minutes,
            IntentAxis.Register => _pitchTime / Math.Max(1, _noteTime),
            IntentAxis.Polyphony => _bedTime / (endFrame - _firstFrame),
            IntentAxis.Mode => _tally.Mode ?? 0,
            IntentAxis.Tension => _tally.Tension ?? 0,
            _ => throw new ArgumentOutOfRangeException(nameof(axis), axis, "not measured on notes"),
        };
    }

    private static IEnumerable<int> InstrumentsOf(Mood mood, LayerRole role) =>
        mood.Layers.TryGetValue(Director.NameOf(role), out MoodLayer? layer) ? layer.Alternates.Append(layer.Instrument).Select(InstrumentCatalog.IndexOf) : [];

    private void PassTo(long frame)
    {
        long span = frame - Math.Max(_frame, _firstFrame);
        _frame = Math.Max(_frame, frame);
        if (span <= 0) return;
        _pitchTime += (double)span * _sounding.Values.Sum(note => note.Pitch);
        _noteTime += (double)span * _sounding.Count;
        _bedTime += (double)span * _sounding.Values.Count(note => _bed.Contains(note.Instrument));
    }
}
