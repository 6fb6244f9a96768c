namespace Ambient.Synth;

/// <summary>Events that wait for their frame, in order of frame and, within one frame, of arrival. Audio thread only.</summary>
internal sealed class PendingEvents(int capacity)
{
    private readonly ScoreEvent[] _events = new ScoreEvent[capacity];
    private int _first;
    private int _end;

    /// <summary>Whether there is no room now.</summary>
    public bool IsFull => _end - _first == _events.Length;

    /// <summary>Frame of the next event, or the end of time.</summary>
    public long NextFrame => _first == _end ? long.MaxValue : _events[_first].Frame;

    /// <summary>Sorts an event in; the composer writes nearly in order, so few have to move.</summary>
    public void Add(in ScoreEvent scoreEvent)
    {
        if (_end == _events.Length)
        {
            Array.Copy(_events, _first, _events, 0, _end - _first);
            _end -= _first;
            _first = 0;
        }

        int at = _end++;
        for (; at > _first && _events[at - 1].Frame > scoreEvent.Frame; at--) _events[at] = _events[at - 1];
        _events[at] = scoreEvent;
    }

    /// <summary>Takes the next event.</summary>
    public ScoreEvent Take() => _events[_first++];

    /// <summary>Drops what <see cref="ScoreEvent.Revoke"/> names; note-offs stay.</summary>
    public void Revoke(in ScoreEvent revoke)
    {
        int kept = _first;
        for (int i = _first; i < _end; i++)
        {
            bool isRevoked = _events[i].Frame >= revoke.Frame && _events[i].Epoch < revoke.Epoch && _events[i].Kind != ScoreEventKind.NoteOff;
            if (!isRevoked) _events[kept++] = _events[i];
        }

        _end = kept;
    }
}
