using Ambient.Composer.Midi;

namespace Ambient.Composer.Evaluation.Judging;

/// <summary>Who of those that play is noticed when a note begins, and who plays the chords.</summary>
public static class Ensemble
{
    // Attacks of a second and more, whatever the mood; all others speak.
    private static readonly HashSet<string> Slow = new(StringComparer.OrdinalIgnoreCase)
    {
        "pad", "dark-pad", "thin-pad", "warm-pad", "drone", "sub", "noise", "choir", "strings", "organ", "rain", "wind", "leaves", "texture",
    };

    private static readonly HashSet<string> Floor = new(StringComparer.OrdinalIgnoreCase) { "drone", "sub" };

    /// <summary>Notes of a MIDI file whose tracks are called as the instruments; noise is left out.</summary>
    public static IReadOnlyList<ScoreNote> Notes(IEnumerable<MidiNote> notes) =>
        [.. notes.Where(note => note.Track is not ("noise" or "rain" or "wind" or "leaves")).Select(note => new ScoreNote(note.Start, note.End, note.Pitch, note.Track, !Slow.Contains(note.Track)))];

    /// <summary>Whether an instrument plays chords: slow, and not the floor.</summary>
    public static bool IsBed(in ScoreNote note) => !note.IsSalient && !Floor.Contains(note.Instrument);
}
