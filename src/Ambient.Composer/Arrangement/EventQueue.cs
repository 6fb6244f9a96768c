using Ambient.Synth;

namespace Ambient.Composer.Arrangement;

/// <summary>Events that are decided but not yet due, in the order of their frames; equal frames in the order of their making.</summary>
internal sealed class EventQueue
{
    private readonly PriorityQueue<ScoreEvent, (long Frame, long Order)> _queue = new();
    private long _order;

    /// <summary>Frame of the next event; the largest number when there is none.</summary>
    public long NextFrame => _queue.TryPeek(out _, out var key) ? key.Frame : long.MaxValue;

    /// <summary>Puts an event in.</summary>
    public void Add(in ScoreEvent scoreEvent) => _queue.Enqueue(scoreEvent, (scoreEvent.Frame, _order++));

    /// <summary>Hands over the next event; false when the sink has no room, and the event stays.</summary>
    public bool TryMoveTo(IScoreSink sink)
    {
        if (!sink.TryAdd(_queue.Peek())) return false;
        _queue.Dequeue();
        return true;
    }
}
