using Ambient.Composer.Models;

namespace Ambient.Composer.Arrangement;

/// <summary>How likely a model finds it that the melody goes on with these pitches over what stands now, nats.</summary>
internal delegate double MelodyEar(ReadOnlySpan<int> pitches);

/// <summary>Remembers what the speaking voice said, and now and then proposes to say it again: same intervals and rhythm, on any step of the scale where it fits.</summary>
/// <remarks>
/// It only proposes. The model hears ahead how earlier passages would go on from here, over the chord that stands, and one that it finds
/// likely is taken. When it knows better on the way, something else comes: one such change is a variation, a second one ends the recall.
/// The first phrase of all is never forgotten: it is the motif of the place, if the place has one.
/// </remarks>
internal sealed class MotifMemory(Prng chance, PlaceMotif? place = null)
{
    private const double RecallChance = 0.7; // of phrases; see the repetition row of `composer ablate`
    private const int ShortestRecall = 6; // notes
    private const int LongestRecall = 11; // below the 24 that may never come again
    private const int Capacity = 96; // notes, about ten minutes of calm
    private const int WidestShift = 12; // semitones
    private const double LongestGapSeconds = 25; // a longer silence separates what was said
    private const int ChangesForgiven = 1;
    private const int MostHeard = 24; // ways of saying something again among which the model chooses
    private const double PlaceChance = 0.1; // of phrases
    private const int SameNotes = 3; // by which a passage is known to be what has just been said

    private readonly List<Note> _tape = [];
    private Line? _line;
    private int _recalledUpTo = -1; // on the tape
    private int _motifLength;
    private int _changesLeft;
    private long _lastFrame;
    private bool _begins;

    /// <summary>The pitches with which something said before would go on, the nearest first; empty while nothing is recalled.</summary>
    public int[] Continuation => _line is { } line ? Ahead(line) : [];

    /// <summary>Seconds until the next note as it was then; null while nothing is recalled.</summary>
    public double? Gap { get; private set; }

    /// <summary>The pitch with which the melody would come back to where it was for a second time, having gone to and fro between two pitches; null where it has not.</summary>
    public int? Trill => LastPitches() is [var fourth, var third, var second, var first] && first == third && second == fourth ? third : null;

    /// <summary>Begins a phrase: decides whether it recalls.</summary>
    /// <param name="allowed">Pitches that palette and register allow now.</param>
    /// <param name="ear">The model's.</param>
    /// <returns>How many notes will be recalled; 0 for a new phrase.</returns>
    public int BeginPhrase(TokenMask allowed, MelodyEar ear)
    {
        Forget();
        _begins = true;
        if (place is not null && (_tape.Count == 0 || chance.Chance(PlaceChance)) && BeginPlaceMotif(place, allowed)) return place.Steps.Length;
        int length = chance.Chance(RecallChance) ? chance.Between(ShortestRecall, LongestRecall) : 0;
        if (length == 0) return 0;
        var lines = new List<Line>();
        for (int first = 0; first + length <= _tape.Count; first++)
        {
            if (first == _recalledUpTo) continue; // two recalls would say one long passage again
            if (!_tape[first].BeginsPhrase || !IsTogether(first, length) || IsJustSaid(first, length)) continue;
            for (int shift = -WidestShift; shift <= WidestShift; shift++)
            {
                if (!GoesOn(first, shift) && Fits(first, length, shift, allowed)) lines.Add(new Line(first, first + length, shift));
            }
        }

        if (lines.Count == 0) return 0;
        Recall(Likely(lines, ear));
        return length;
    }

    /// <summary>Takes a note that was spoken.</summary>
    public void Add(long frame, int pitch)
    {
        if (_tape.Count > _motifLength || (_tape.Count > 0 && place is null)) _tape[^1] = _tape[^1] with { GapSeconds = (double)(frame - _lastFrame) / Frames.PerSecond };
        _tape.Add(new Note(pitch, _begins, 0, frame));
        if (_begins && _motifLength == 0 && place is null && _tape.Count > 1) _motifLength = _tape.Count - 1;
        (_begins, _lastFrame) = (false, frame);
        if (_line is { } line) Follow(line, pitch);
    }

    /// <summary>Recalls nothing any more.</summary>
    public void EndPhrase() => (_line, Gap) = (null, null);

    /// <summary>Forgets what was to be spoken at or after a frame, and with it the phrase under way.</summary>
    public void Revoke(long frame)
    {
        while (_tape.Count > 0 && _tape[^1].Frame >= frame) _tape.RemoveAt(_tape.Count - 1);
        _motifLength = Math.Min(_motifLength, _tape.Count);
        if (_tape.Count > _motifLength) _lastFrame = _tape[^1].Frame;
        EndPhrase();
    }

    // The latest first, as many as a trill has; what is said again after a rest counts once.
    private int[] LastPitches() => [.. _tape.Select(note => note.Pitch).Reverse().Where((pitch, i) => i == 0 || pitch != _tape[^i].Pitch).Take(4)];

    // Says it as the scale of now has it, so that it keeps its shape in every key.
    private bool BeginPlaceMotif(PlaceMotif motif, TokenMask allowed)
    {
        List<int> scale = [.. Enumerable.Range(0, ScoreTokens.PitchCount).Where(allowed.Allows).Select(ScoreTokens.ToPitch)];
        int lowest = -motif.Steps.Min();
        int highest = scale.Count - 1 - motif.Steps.Max();
        if (lowest > highest) return false;
        int root = chance.Between(lowest, highest);
        if (_motifLength > 0) _tape.RemoveRange(0, _motifLength);
        _tape.InsertRange(0, motif.Steps.Select((step, i) => new Note(scale[root + step], i == 0, i < motif.GapSeconds.Length ? motif.GapSeconds[i] : LongestGapSeconds + 1, long.MinValue)));
        _motifLength = motif.Steps.Length;
        Recall(new Line(0, _motifLength, 0));
        return true;
    }

    // One of them, drawn by how likely the model finds it.
    private Line Likely(List<Line> lines, MelodyEar ear)
    {
        int count = Math.Min(lines.Count, MostHeard);
        Span<double> weights = stackalloc double[count];
        double likeliest = double.NegativeInfinity;
        for (int i = 0; i < count; i++)
        {
            int other = chance.Between(i, lines.Count - 1);
            (lines[i], lines[other]) = (lines[other], lines[i]);
            weights[i] = ear(Ahead(lines[i]));
            likeliest = Math.Max(likeliest, weights[i]);
        }

        double total = 0;
        foreach (ref double weight in weights) total += weight = Math.Exp(weight - likeliest);
        double left = total * chance.NextDouble();
        int chosen = 0;
        while (chosen < count - 1 && (left -= weights[chosen]) >= 0) chosen++;
        return lines[chosen];
    }

    private void Recall(Line line) => (_line, _recalledUpTo, _changesLeft) = (line, line.End, ChangesForgiven);

    private void Follow(Line line, int pitch)
    {
        if (line.At == line.End || (pitch != PitchOf(line, line.At) && _changesLeft-- == 0))
        {
            EndPhrase();
            return;
        }

        Gap = _tape[line.At].GapSeconds;
        _line = line with { At = line.At + 1 };
    }

    private int[] Ahead(Line line) => [.. Enumerable.Range(line.At, line.End - line.At).Select(at => PitchOf(line, at))];

    private int PitchOf(Line line, int at) => _tape[at].Pitch + line.Shift;

    private void Forget()
    {
        int excess = _tape.Count - Capacity;
        if (excess > 0)
        {
            _tape.RemoveRange(_motifLength, excess);
            _recalledUpTo -= excess;
        }

        EndPhrase();
    }

    private bool IsTogether(int first, int length)
    {
        for (int i = first; i < first + length - 1; i++)
        {
            if (_tape[i].GapSeconds > LongestGapSeconds) return false;
        }

        return true;
    }

    // Said a third time in a row it would be a loop, and a second time at once an echo: something else comes between.
    private bool IsJustSaid(int first, int length)
    {
        int last = _tape.FindLastIndex(note => note.BeginsPhrase);
        if (first + length > last) return true;
        for (int i = 1; i < ShortestRecall && last + i < _tape.Count; i++)
        {
            if (_tape[first + i].Pitch - _tape[first].Pitch != _tape[last + i].Pitch - _tape[last].Pitch) return false;
        }

        return true;
    }

    // What has just been said may be a copy of what stands before this on the tape, in another key too: together they would be one long passage again.
    private bool GoesOn(int first, int shift)
    {
        if (first < SameNotes) return false;
        for (int back = 1; back <= SameNotes; back++)
        {
            if (_tape[^back].Pitch != _tape[first - back].Pitch + shift) return false;
        }

        return true;
    }

    private bool Fits(int first, int length, int shift, TokenMask allowed)
    {
        for (int i = first; i < first + length; i++)
        {
            int token = _tape[i].Pitch + shift - ScoreTokens.PitchMin;
            if (!ScoreTokens.IsPitch(token) || !allowed.Allows(token)) return false;
        }

        return true;
    }

    private readonly record struct Note(int Pitch, bool BeginsPhrase, double GapSeconds, long Frame);

    // What of the tape is said again, so many semitones higher.
    private readonly record struct Line(int At, int End, int Shift);
}
