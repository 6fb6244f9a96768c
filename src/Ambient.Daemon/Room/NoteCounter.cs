using Ambient.Synth;
using Ambient.Synth.Instruments;

namespace Ambient.Daemon.Room;

/// <summary>Passes score events on and counts notes by instrument, for the <c>score</c> topic.</summary>
/// <remarks>Composer thread.</remarks>
internal sealed class NoteCounter(IScoreSink next) : IScoreSink
{
    private readonly long[] _notes = new long[InstrumentCatalog.Names.Count];

    /// <inheritdoc/>
    public bool TryAdd(in ScoreEvent scoreEvent)
    {
        if (!next.TryAdd(scoreEvent)) return false;
        if (scoreEvent.Kind == ScoreEventKind.NoteOn) _notes[scoreEvent.Instrument]++;
        return true;
    }

    /// <summary>Notes since the start, by instrument.</summary>
    public IReadOnlyDictionary<string, long> Counts() =>
        InstrumentCatalog.Names.Select((name, index) => (name, count: _notes[index])).Where(pair => pair.count > 0).ToDictionary(pair => pair.name, pair => pair.count);
}
