using Ambient.Composer.Midi;
using Ambient.Composer.Moods;

namespace Ambient.Composer.Evaluation.Judging;

/// <summary>Who of those that play is noticed when a note begins, and who plays the chords.</summary>
public static class Salience
{
    // Attacks of a second and more, whatever the mood; all others speak where no mood says otherwise.
    private static readonly HashSet<string> Slow = ["pad", "pad-dark", "choir", "organ", "drone", "sub"];
    private static readonly HashSet<string> Floor = ["drone", "sub"];
    private static readonly HashSet<string> Noises = ["noise", "rain", "wind", "leaves", "masking"];
    private static readonly string[] SlowRoles = ["bed", "halo", "floor", "motion"];

    /// <summary>Notes of a MIDI file whose tracks are called as the instruments; noises are left out.</summary>
    /// <param name="notes">In the order of their starts.</param>
    /// <param name="mood">Says what its instruments are for.</param>
    public static IReadOnlyList<ScoreNote> Notes(IEnumerable<MidiNote> notes, Mood mood)
    {
        HashSet<string> slow = [.. Slow, .. SlowRoles.SelectMany(role => PlayersOf(mood, role))];
        HashSet<string> bed = [.. PlayersOf(mood, "bed")];
        if (bed.Count == 0) bed = [.. Slow.Except(Floor)];
        HashSet<string> speak = [.. PlayersOf(mood, "speak")];
        return [.. notes
            .Where(note => !Noises.Contains(note.Track))
            .Select(note => new ScoreNote(note.Start, note.End, note.Pitch, note.Track, !slow.Contains(note.Track), bed.Contains(note.Track), speak.Contains(note.Track)))];
    }

    private static IEnumerable<string> PlayersOf(Mood mood, string role) =>
        mood.Layers.GetValueOrDefault(role) is { } layer ? layer.Alternates.Append(layer.Instrument) : [];
}
