using Ambient.Composer.Models;

namespace Ambient.Composer.Arrangement;

/// <summary>Remembers what the speaking voice said, and now and then proposes to say it again: same intervals and rhythm, on any step of the scale where it fits.</summary>
/// <remarks>
/// It only proposes. The model is shown every way in which an earlier passage could go on and chooses among them, or, when it knows
/// better, something else: one such change is a variation, a second one ends the recall. The first phrase of all is never
/// forgotten: it is the motif of the place, if the place has one.
/// </remarks>
internal sealed class MotifMemory(Prng chance, PlaceMotif? place = null)
{
    private const double RecallChance = 0.65; // of phrases; see the repetition row of `composer ablate`
    private const int ShortestRecall = 6; // notes
    private const int LongestRecall = 11; // below the 24 that may never come again
    private const int Capacity = 96; // notes, about ten minutes of calm
    private const int WidestShift = 12; // semitones
    private const double LongestGapSeconds = 25; // a longer silence separates what was said
    private const int ChangesForgiven = 1;
    private const double PlaceChance = 0.1; // of phrases

    private readonly List<Note> _tape = [];
    private readonly List<Line> _lines = [];
    private int _motifLength;
    private int _changesLeft;
    private long _lastFrame;
    private bool _begins;

    /// <summary>The pitches with which something said before would go on; empty while nothing is recalled.</summary>
    public TokenMask Continuations { get; private set; }

    /// <summary>Seconds until the next note as it was then; null while nothing is recalled.</summary>
    public double? Gap { get; private set; }

    /// <summary>Begins a phrase: decides whether it recalls.</summary>
    /// <param name="allowed">Pitches that palette and register allow now.</param>
    /// <returns>How many notes will be recalled; 0 for a new phrase.</returns>
    public int BeginPhrase(TokenMask allowed)
    {
        Forget();
        _begins = true;
        if (place is not null && (_tape.Count == 0 || chance.Chance(PlaceChance)) && BeginPlaceMotif(place, allowed)) return place.Steps.Length;
        int length = chance.Chance(RecallChance) ? chance.Between(ShortestRecall, LongestRecall) : 0;
        for (int first = 0; length > 0 && first + length <= _tape.Count; first++)
        {
            if (!_tape[first].BeginsPhrase || !IsTogether(first, length) || IsJustSaid(first, length)) continue;
            for (int shift = -WidestShift; shift <= WidestShift; shift++)
            {
                if (Fits(first, length, shift, allowed)) _lines.Add(new Line(first, shift));
            }
        }

        _changesLeft = ChangesForgiven;
        ShowContinuations();
        return _lines.Count > 0 ? length : 0;
    }

    /// <summary>Takes a note that was spoken.</summary>
    public void Add(long frame, int pitch)
    {
        if (_tape.Count > _motifLength || (_tape.Count > 0 && place is null)) _tape[^1] = _tape[^1] with { GapSeconds = (double)(frame - _lastFrame) / Frames.PerSecond };
        _tape.Add(new Note(pitch, _begins, 0, frame));
        if (_begins && _motifLength == 0 && place is null && _tape.Count > 1) _motifLength = _tape.Count - 1;
        (_begins, _lastFrame) = (false, frame);
        if (_lines.Count > 0) Follow(pitch);
    }

    /// <summary>Recalls nothing any more.</summary>
    public void EndPhrase()
    {
        _lines.Clear();
        ShowContinuations();
    }

    /// <summary>Forgets what was to be spoken at or after a frame, and with it the phrase under way.</summary>
    public void Revoke(long frame)
    {
        while (_tape.Count > 0 && _tape[^1].Frame >= frame) _tape.RemoveAt(_tape.Count - 1);
        _motifLength = Math.Min(_motifLength, _tape.Count);
        if (_tape.Count > _motifLength) _lastFrame = _tape[^1].Frame;
        EndPhrase();
    }

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
        _lines.Add(new Line(0, 0));
        _changesLeft = ChangesForgiven;
        ShowContinuations();
        return true;
    }

    private void Follow(int pitch)
    {
        if (_lines.Exists(line => PitchOf(line) == pitch)) _lines.RemoveAll(line => PitchOf(line) != pitch);
        else if (_changesLeft-- > 0) _lines.RemoveRange(1, _lines.Count - 1);
        else _lines.Clear();

        Gap = _lines.Count > 0 ? _tape[_lines[chance.Between(0, _lines.Count - 1)].At].GapSeconds : null;
        for (int i = 0; i < _lines.Count; i++) _lines[i] = _lines[i] with { At = _lines[i].At + 1 };
        ShowContinuations();
    }

    private void ShowContinuations()
    {
        if (_lines.Count == 0) Gap = null;
        Continuations = TokenMask.Where(pitch => _lines.Exists(line => PitchOf(line) == pitch));
    }

    private void Forget()
    {
        int excess = _tape.Count - Capacity;
        if (excess > 0) _tape.RemoveRange(_motifLength, excess);
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

    private bool Fits(int first, int length, int shift, TokenMask allowed)
    {
        for (int i = first; i < first + length; i++)
        {
            int token = _tape[i].Pitch + shift - ScoreTokens.PitchMin;
            if (!ScoreTokens.IsPitch(token) || !allowed.Allows(token)) return false;
        }

        return true;
    }

    private int PitchOf(Line line) => line.At < _tape.Count ? _tape[line.At].Pitch + line.Shift : -1;

    private readonly record struct Note(int Pitch, bool BeginsPhrase, double GapSeconds, long Frame);

    private readonly record struct Line(int At, int Shift);
}
