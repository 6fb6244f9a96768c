using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Composer.Theory;

namespace Ambient.Composer.Arrangement;

/// <summary>Gives the composed chord to the layers that hold: the bed, its halo, and the drone below.</summary>
internal sealed class Arranger(Prng chance, NoteWriter writer)
{
    private const double PadVelocity = 0.6;
    private const double FloorVelocity = 0.6;
    private const double FifthVelocity = 0.4;
    private const double ShortestLifeSeconds = 4;
    private const double SopranoInBed = 0.35;
    private const double TenorInHalo = 0.5;
    private const int VoicesInBreath = 2;
    private const int NarrowestAboveFifth = 5; // semitones between the drone's fifth and any chord tone, or the two are rough

    private readonly HeldChord _bed = new(chance, writer, PadVelocity);
    private readonly HeldChord _halo = new(chance, writer, PadVelocity);
    private HeldNote? _root;
    private HeldNote? _fifth;

    /// <summary>Pitches that bed and floor hold, lowest first.</summary>
    public List<int> Chord
    {
        get
        {
            List<int> pitches = [.. _bed.Pitches];
            if (_root is not null) pitches.Add(_root.Pitch);
            if (_fifth is not null) pitches.Add(_fifth.Pitch);
            pitches.Sort();
            return pitches;
        }
    }

    /// <summary>Whether the chords sound.</summary>
    public bool HasBed => _bed.IsSounding;

    /// <summary>Whether the second timbre sounds.</summary>
    public bool HasHalo => _halo.IsSounding;

    /// <summary>Whether the drone sounds.</summary>
    public bool HasFloor => _root is not null;

    /// <summary>Whether the bed has been given to this instrument and another one still holds its notes: it has to take them over before that one's level is down.</summary>
    public bool IsBedOverdue(int instrument) => _bed.IsHeldByOther(instrument);

    /// <summary>The same of the halo.</summary>
    public bool IsHaloOverdue(int instrument) => _halo.IsHeldByOther(instrument);

    /// <summary>The same of the floor.</summary>
    public bool IsFloorOverdue(int instrument) => _root is not null && _root.Instrument != instrument;

    /// <summary>Whether an instrument holds chord or drone, its own part's or one that nobody has taken over yet.</summary>
    public bool IsHolding(int instrument, long frame) =>
        _bed.IsHolding(instrument, frame) || _halo.IsHolding(instrument, frame) || _root?.Instrument == instrument;

    /// <summary>Brings the bed to what was composed.</summary>
    public void PlayBed(long frame, ScoreHistory score, int instrument, StepPlan plan, double voices, bool isThin, bool isByModel)
    {
        if (isThin)
        {
            _bed.MoveTo(frame, instrument, [null, null, Pitch(score, 2), Pitch(score, 3)], isByModel);
            return;
        }

        int count = (int)voices + (chance.Chance(voices - (int)voices) ? 1 : 0);
        bool hasSoprano = (count >= 4 || chance.Chance(SopranoInBed)) && Constraints.IsChordTone(score, ScoreTokens.Soprano, plan);
        _bed.MoveTo(frame, instrument, [hasSoprano ? Pitch(score, 0) : null, Pitch(score, 1), Pitch(score, 2), count >= 3 ? Pitch(score, 3) : null], isByModel);
    }

    /// <summary>Brings the halo to the inner voices.</summary>
    public void PlayHalo(long frame, ScoreHistory score, int instrument, bool isByModel)
    {
        bool hasTenor = chance.Chance(TenorInHalo);
        _halo.MoveTo(frame + Frames.Of(chance.Between(0.5, 3.0)), instrument, [null, Pitch(score, 1), hasTenor ? Pitch(score, 2) : null, null], isByModel);
    }

    /// <summary>Lets the drone follow the bass, an octave or two below; ties it where it is the same.</summary>
    public void PlayFloor(long frame, ScoreHistory score, int instrument, StepPlan plan, bool isByModel)
    {
        if (Pitch(score, ScoreTokens.Bass) is not { } bass) return;
        int root = FoldInto(plan.Registers.Floor, bass);
        long entry = frame + Frames.Of(chance.Between(0.3, 1.5));
        if (_root?.Pitch != root || _root.Instrument != instrument)
        {
            if (_root is not null) writer.Release(_root, entry + Frames.Of(1.5), ShortestLifeSeconds);
            _root = writer.Start(entry, instrument, root, FloorVelocity, 0, isByModel);
        }

        int fifth = root + 7;
        bool fits = plan.Palette.Bed.Contains(fifth) && !plan.Forbidden.Contains(7) && LowIntervals.IsClear(root, fifth)
            && !_bed.Pitches.Any(pitch => Math.Abs(pitch - fifth) % 12 is 1 or 11 || (pitch != fifth && Math.Abs(pitch - fifth) < NarrowestAboveFifth));
        if (_fifth is not null && (!fits || _fifth.Pitch != fifth || _fifth.Instrument != instrument)) ReleaseFifth(entry + Frames.Of(1));
        if (_fifth is null && fits) _fifth = writer.Start(entry + Frames.Of(chance.Between(1.0, 4.0)), instrument, fifth, FifthVelocity, 0, isByModel);
    }

    /// <summary>Lets the bed breathe: two voices are left, so that nothing drops away and nothing comes back with a swell.</summary>
    public void ThinBed(long frame) => _bed.ThinTo(VoicesInBreath, frame);

    /// <summary>Lets the chords go, one voice after another.</summary>
    public void ReleaseBed(long frame) => _bed.Release(frame);

    /// <summary>Lets the halo go.</summary>
    public void ReleaseHalo(long frame) => _halo.Release(frame);

    /// <summary>Lets the drone go.</summary>
    public void ReleaseFloor(long frame)
    {
        if (_root is not null) writer.Release(_root, frame, ShortestLifeSeconds);
        _root = null;
        ReleaseFifth(frame);
    }

    /// <summary>Strikes what has been held long anew.</summary>
    public void Renew(long frame)
    {
        _bed.Renew(frame);
        _halo.Renew(frame);
    }

    /// <summary>Forgets what was to begin at or after a frame.</summary>
    public void Revoke(long frame)
    {
        _bed.Revoke(frame);
        _halo.Revoke(frame);
        if (_root?.EntryFrame >= frame) _root = null;
        if (_fifth?.EntryFrame >= frame) _fifth = null;
    }

    private void ReleaseFifth(long frame)
    {
        if (_fifth is not null) writer.Release(_fifth, frame, ShortestLifeSeconds);
        _fifth = null;
    }

    private static int? Pitch(ScoreHistory score, int voice)
    {
        int token = score.Previous[voice];
        return ScoreTokens.IsPitch(token) ? ScoreTokens.ToPitch(token) : null;
    }

    private static int FoldInto(Bounds register, int pitch)
    {
        while (pitch > register.Max) pitch -= 12;
        while (pitch < register.Min) pitch += 12;
        return pitch;
    }
}
