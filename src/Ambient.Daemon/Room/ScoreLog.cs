using System.Text.Json;
using Ambient.Composer;
using Ambient.Synth;

namespace Ambient.Daemon.Room;

/// <summary>Writes down everything that was played, in lines of JSON: what was composed and by whom, where the form stood, and every event, which replays to the same samples on any machine.</summary>
/// <remarks>Composer thread. About 2 kB a second of music.</remarks>
internal sealed class ScoreLog : IScoreSink
{
    private readonly IScoreLines _lines;
    private readonly IScoreSink _next;
    private string? _fault;
    private long _second = -1;
    private long _late;
    private long _earliest = long.MaxValue; // of what was handed over since the synthesiser had last taken everything
    private long _earliestBefore = long.MaxValue; // and between that time and the one before it

    /// <summary>Begins to write.</summary>
    /// <param name="lines">Where to.</param>
    /// <param name="conductor">Who composes.</param>
    /// <param name="next">Who plays what is written down.</param>
    public ScoreLog(IScoreLines lines, Conductor conductor, IScoreSink next)
    {
        (_lines, _next) = (lines, next);
        conductor.Composed += frame => _lines.Add(ScoreLine.Of(frame.Frame, ScoreText.Composed(frame)));
    }

    /// <summary>Says which model composes, once whenever it changes, and once a second where the form stands.</summary>
    /// <param name="frame">Now: nothing that comes later changes what is heard before it.</param>
    /// <param name="conductor">Who composes.</param>
    /// <param name="fault">Why rules compose; null while the network does.</param>
    public void Note(long frame, Conductor conductor, string? fault)
    {
        if (fault != _fault)
        {
            _fault = fault;
            _lines.Add(ScoreLine.Of(frame, ScoreText.Fault(frame, fault)));
        }

        long second = frame / SynthEngine.SampleRateHz;
        if (second == _second) return;
        _second = second;
        ScoreStatus score = conductor.Score;
        MoodStatus mood = conductor.Mood;
        string status = JsonSerializer.Serialize(
            new ScoreLogStatus(second, frame, mood.Sounding, mood.Target, score.Key, score.Chord, score.TempoBpm, score.OnsetsPerMinute, score.Section, score.Card, score.IsThin, score.Layers, conductor.Why.Text),
            ScoreLogJson.Default.ScoreLogStatus);
        _lines.Add(ScoreLine.Of(frame, status, isStatus: true));
    }

    /// <summary>Says so where events came too late to be played when they say: from the earliest of those that may be meant, a replay is no longer exact. In real time only, before each step.</summary>
    /// <param name="lateEvents">The synthesiser's count.</param>
    /// <param name="hasTakenAll">Whether the synthesiser has taken all that was handed to it.</param>
    public void Look(long lateEvents, bool hasTakenAll)
    {
        if (lateEvents != _late)
        {
            long frame = Math.Min(_earliest, _earliestBefore);
            _lines.Add(ScoreLine.Of(frame, ScoreText.Late(frame, lateEvents - _late)));
            _late = lateEvents;
        }

        if (hasTakenAll) (_earliestBefore, _earliest) = (_earliest, long.MaxValue);
    }

    /// <inheritdoc/>
    public bool TryAdd(in ScoreEvent scoreEvent)
    {
        if (!_next.TryAdd(scoreEvent)) return false;
        _earliest = Math.Min(_earliest, scoreEvent.Frame);
        _lines.Add(ScoreLine.Of(scoreEvent));
        return true;
    }
}
