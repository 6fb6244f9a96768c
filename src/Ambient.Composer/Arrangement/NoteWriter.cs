using Ambient.Synth;

namespace Ambient.Composer.Arrangement;

/// <summary>Writes notes: pairs each end with its start, and counts whose they are.</summary>
internal sealed class NoteWriter(Prng chance, EventQueue events)
{
    private int _nextNoteId = 1;

    /// <summary>Notes whose pitch the network chose.</summary>
    public long ByModel { get; private set; }

    /// <summary>Notes whose pitch rules chose.</summary>
    public long ByFallback { get; private set; }

    /// <summary>Starts a note that sounds until it is released.</summary>
    /// <param name="frame">Where it begins.</param>
    /// <param name="instrument">Index in the catalogue.</param>
    /// <param name="pitch">MIDI note.</param>
    /// <param name="velocity">0..1.</param>
    /// <param name="pan">-1 left to 1 right.</param>
    /// <param name="isByModel">Whether the network chose its pitch, or the notes it follows.</param>
    public HeldNote Start(long frame, int instrument, int pitch, double velocity, double pan, bool isByModel)
    {
        var note = new HeldNote(_nextNoteId++, instrument, pitch, frame, frame + Frames.Of(chance.Between(25.0, 40.0)), isByModel);
        int velocityQ15 = (int)Math.Clamp(Math.Round(velocity * ScoreEvent.UnityQ15), 1, ScoreEvent.UnityQ15);
        events.Add(ScoreEvent.NoteOn(frame, instrument, note.NoteId, pitch * 100, velocityQ15, (int)Math.Round(pan * short.MaxValue)));
        if (isByModel) ByModel++;
        else ByFallback++;
        return note;
    }

    /// <summary>Lets a note go, but not before it has lived so long.</summary>
    public void Release(HeldNote note, long frame, double shortestSeconds) =>
        events.Add(ScoreEvent.NoteOff(Math.Max(frame, note.EntryFrame + Frames.Of(shortestSeconds)), note.Instrument, note.NoteId));

    /// <summary>Strikes a note that rings for a while.</summary>
    public HeldNote Strike(long frame, int instrument, int pitch, double velocity, double pan, double ringSeconds, bool isByModel)
    {
        HeldNote note = Start(frame, instrument, pitch, velocity * Db(chance.NextNormal()), pan, isByModel);
        Release(note, frame, ringSeconds);
        return note;
    }

    /// <summary>Lets a struck note go earlier than it was meant to ring.</summary>
    public void Damp(HeldNote note, long frame)
    {
        events.DropEnd(note.NoteId);
        Release(note, frame, 0);
    }

    /// <summary>A factor of amplitude.</summary>
    public static double Db(double db) => Math.Pow(10, db / 20);
}
