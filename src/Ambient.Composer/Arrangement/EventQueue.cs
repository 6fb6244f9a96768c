using Ambient.Synth;

namespace Ambient.Composer.Arrangement;

/// <summary>Events that are decided but not yet due, in the order of their frames; equal frames in the order of their making. Remembers what it handed over last, so that a plan can be taken back.</summary>
/// <param name="sounding">Hears what is handed over.</param>
internal sealed class EventQueue(SoundingTally sounding)
{
    private const double MemorySeconds = 6; // longer than anybody plans ahead

    private readonly Queue<ScoreEvent> _handedOver = new();
    private PriorityQueue<ScoreEvent, (long Frame, long Order)> _queue = new();
    private long _order;
    private int _epoch;

    /// <summary>Frame of the next event; the largest number when there is none.</summary>
    public long NextFrame => _queue.TryPeek(out _, out var key) ? key.Frame : long.MaxValue;

    /// <summary>Puts an event in.</summary>
    public void Add(in ScoreEvent scoreEvent) => _queue.Enqueue(scoreEvent with { Epoch = _epoch }, (scoreEvent.Frame, _order++));

    /// <summary>Hands over the next event; false when the sink has no room, and the event stays.</summary>
    public bool TryMoveTo(IScoreSink sink)
    {
        ScoreEvent next = _queue.Peek();
        if (!sink.TryAdd(next)) return false;
        _queue.Dequeue();
        sounding.Hear(next);
        if (next.Kind != ScoreEventKind.Parameter) return true;
        _handedOver.Enqueue(next);
        while (_handedOver.Peek().Frame < next.Frame - Frames.Of(MemorySeconds)) _handedOver.Dequeue();
        return true;
    }

    /// <summary>Leaves out a note's end that is still to come, because it will end otherwise.</summary>
    public void DropEnd(int noteId)
    {
        var kept = new PriorityQueue<ScoreEvent, (long Frame, long Order)>(_queue.UnorderedItems.Where(item => item.Element.Kind != ScoreEventKind.NoteOff || item.Element.NoteId != noteId));
        _queue = kept;
    }

    /// <summary>Takes every note back that begins at or after a frame. What glides goes on gliding, the master gain excepted, which the mixer says anew.</summary>
    public void Revoke(long frame)
    {
        _epoch++;
        var kept = new PriorityQueue<ScoreEvent, (long Frame, long Order)>();
        kept.Enqueue(ScoreEvent.Revoke(frame, _epoch), (frame, long.MinValue));
        foreach ((ScoreEvent waiting, (long Frame, long Order) key) in _queue.UnorderedItems)
        {
            bool isDropped = waiting.Frame >= frame && (waiting.Kind == ScoreEventKind.NoteOn || IsMaster(waiting));
            if (!isDropped) kept.Enqueue(waiting with { Epoch = waiting.Kind == ScoreEventKind.Revoke ? waiting.Epoch : _epoch }, key);
        }

        _queue = kept;
        while (_handedOver.TryDequeue(out ScoreEvent past))
        {
            if (past.Frame >= frame && !IsMaster(past)) Add(past);
        }
    }

    private static bool IsMaster(in ScoreEvent scoreEvent) => scoreEvent is { Kind: ScoreEventKind.Parameter, Parameter: SynthParameter.MasterGain };
}
