using Ambient.Composer.Models;

namespace Ambient.Composer.Arrangement;

/// <summary>Long notes of one layer, one per voice: ties what stays, lets the rest enter one after another, and renews what has sounded long.</summary>
internal sealed class HeldChord(Prng chance, NoteWriter writer, double velocity)
{
    private const double ShortestLifeSeconds = 4;

    // Left and right of the voices, and how loud each is against the others, dB.
    private static readonly double[] Pan = [0.5, -0.4, 0.35, 0];
    private static readonly double[] VoiceDb = [-2, 0, 0, -1];

    private readonly HeldNote?[] _notes = new HeldNote?[ScoreTokens.Voices];
    private (int Instrument, long Until) _leaving = (-1, 0);

    /// <summary>Whether anything is held.</summary>
    public bool IsSounding => _notes.Any(note => note is not null);

    /// <summary>What is held, MIDI notes.</summary>
    public IEnumerable<int> Pitches => _notes.OfType<HeldNote>().Select(note => note.Pitch);

    /// <summary>How many notes are held.</summary>
    public int Count => _notes.Count(note => note is not null);

    /// <summary>Whether a note is held by another instrument than this one.</summary>
    public bool IsHeldByOther(int instrument) => _notes.Any(note => note is not null && note.Instrument != instrument);

    /// <summary>Whether an instrument holds a note, or still has one to hand over to another.</summary>
    public bool IsHolding(int instrument, long frame) =>
        _notes.Any(note => note?.Instrument == instrument) || (_leaving.Instrument == instrument && frame < _leaving.Until);

    /// <summary>Moves what moves and ties what stays.</summary>
    /// <param name="frame">Where the first voice moves.</param>
    /// <param name="instrument">Who plays.</param>
    /// <param name="pitches">MIDI note of each voice, null for silence.</param>
    /// <param name="isByModel">Whether the network chose them.</param>
    public void MoveTo(long frame, int instrument, ReadOnlySpan<int?> pitches, bool isByModel)
    {
        double delay = 0;
        // Out of a breath, and from one player to another, the voices come slowly, or it is a swell.
        bool isReturn = Count < (pitches.Length / 2) + 1 || IsHeldByOther(instrument);
        for (int voice = _notes.Length - 1; voice >= 0; voice--)
        {
            HeldNote? before = _notes[voice];
            if (before?.Pitch == pitches[voice] && (before is null || before.Instrument == instrument)) continue; // a common tone: tied
            long entry = frame + Frames.Of(delay);
            if (before is not null) writer.Release(before, entry, ShortestLifeSeconds);
            if (before is not null && before.Instrument != instrument) _leaving = (before.Instrument, entry);
            _notes[voice] = pitches[voice] is { } sounding ? Hold(entry, instrument, sounding, voice, isByModel) : null;
            delay += isReturn ? chance.Between(2.5, 5.0) : chance.Between(0.8, 2.5);
        }
    }

    /// <summary>Lets all go but the lowest few, one after another.</summary>
    public void ThinTo(int count, long frame)
    {
        double delay = 0;
        for (int voice = 0; voice < _notes.Length && Count > count; voice++)
        {
            if (_notes[voice] is not { } note) continue;
            writer.Release(note, frame + Frames.Of(delay), ShortestLifeSeconds);
            _notes[voice] = null;
            delay += chance.Between(1.0, 3.0);
        }
    }

    /// <summary>Lets all go, one after another.</summary>
    public void Release(long frame)
    {
        double delay = 0;
        for (int voice = 0; voice < _notes.Length; voice++)
        {
            if (_notes[voice] is not { } note) continue;
            writer.Release(note, frame + Frames.Of(delay), ShortestLifeSeconds);
            _notes[voice] = null;
            delay += chance.Between(0.4, 1.5);
        }
    }

    /// <summary>Strikes long-held notes anew under a crossfade: a string section changes bows.</summary>
    public void Renew(long frame)
    {
        for (int voice = 0; voice < _notes.Length; voice++)
        {
            if (_notes[voice] is not { } note || frame < note.RenewFrame) continue;
            _notes[voice] = Hold(frame, note.Instrument, note.Pitch, voice, note.IsByModel);
            writer.Release(note, frame + Frames.Of(chance.Between(3.0, 6.0)), ShortestLifeSeconds);
        }
    }

    /// <summary>Forgets what was to begin at or after a frame: the plan was taken back before it sounded.</summary>
    public void Revoke(long frame)
    {
        for (int voice = 0; voice < _notes.Length; voice++)
        {
            if (_notes[voice]?.EntryFrame >= frame) _notes[voice] = null;
        }
    }

    private HeldNote Hold(long frame, int instrument, int pitch, int voice, bool isByModel) =>
        writer.Start(frame, instrument, pitch, velocity * NoteWriter.Db(VoiceDb[voice] + chance.NextNormal()), Pan[voice] + chance.Between(-0.1, 0.1), isByModel);
}
