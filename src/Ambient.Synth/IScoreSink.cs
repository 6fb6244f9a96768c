namespace Ambient.Synth;

/// <summary>Where the composer puts its events: the queue to the audio thread, a MIDI file, a log, a test's list.</summary>
public interface IScoreSink
{
    /// <summary>Takes an event; frames never decrease within one planning epoch.</summary>
    /// <returns>False when there is no room now; the caller keeps the event and tries again later.</returns>
    bool TryAdd(in ScoreEvent scoreEvent);
}
