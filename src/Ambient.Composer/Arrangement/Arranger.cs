using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Synth;

namespace Ambient.Composer.Arrangement;

/// <summary>Gives the composed tokens to instruments: chords that tie their common tones and enter one after another, a drone below, bells above.</summary>
internal sealed class Arranger(Prng chance, EventQueue events)
{
    private const double PadVelocity = 0.6;
    private const double FloorVelocity = 0.6;
    private const double FifthVelocity = 0.4;
    private const double BellRingSeconds = 6;
    private const double ShortestLifeSeconds = 4; // of any pad note
    private const double SopranoInBed = 0.35;

    // Left and right of the bed's voices, and how loud each is against the others, dB.
    private static readonly double[] Pan = [0.5, -0.4, 0.35, 0];
    private static readonly double[] VoiceDb = [-2, 0, 0, -1];

    private readonly HeldNote?[] _bed = new HeldNote?[ScoreTokens.Voices];
    private HeldNote? _root;
    private HeldNote? _fifth;
    private int _nextNoteId = 1;

    /// <summary>Notes whose pitch the network chose.</summary>
    public long NotesByModel { get; private set; }

    /// <summary>Notes whose pitch rules chose.</summary>
    public long NotesByFallback { get; private set; }

    /// <summary>Pitches that bed and floor hold, lowest first.</summary>
    public List<int> Chord
    {
        get
        {
            List<int> pitches = [.. _bed.Append(_root).Append(_fifth).OfType<HeldNote>().Select(note => note.Pitch)];
            pitches.Sort();
            return pitches;
        }
    }

    /// <summary>Whether pads sound.</summary>
    public bool HasBed => _bed.Any(note => note is not null);

    /// <summary>Whether the drone sounds.</summary>
    public bool HasFloor => _root is not null;

    /// <summary>Brings the bed to what was composed: moves what moved, ties what stayed.</summary>
    public void PlayBed(long frame, ScoreHistory score, int instrument, double voices, bool isByModel)
    {
        bool[] wanted = new bool[ScoreTokens.Voices];
        int count = (int)voices + (chance.Chance(voices - (int)voices) ? 1 : 0);
        wanted[ScoreTokens.Alto] = wanted[ScoreTokens.Tenor] = true;
        wanted[ScoreTokens.Bass] = count >= 3;
        wanted[ScoreTokens.Soprano] = count >= 4 || chance.Chance(SopranoInBed);

        double delay = 0;
        for (int voice = ScoreTokens.Voices - 1; voice >= 0; voice--)
        {
            int token = score.Previous[voice];
            int? pitch = wanted[voice] && ScoreTokens.IsPitch(token) ? ScoreTokens.ToPitch(token) : null;
            HeldNote? before = _bed[voice];
            if (before?.Pitch == pitch && before?.Instrument == instrument) continue; // a common tone: tied
            long entry = frame + Frames.Of(delay);
            if (before is not null) Release(before, entry + Frames.Of(1));
            _bed[voice] = pitch is { } sounding ? Hold(entry, instrument, sounding, voice, isByModel) : null;
            delay += chance.Between(0.8, 2.5);
        }
    }

    /// <summary>Lets the drone follow the bass, an octave or two below; ties it where it is the same.</summary>
    public void PlayFloor(long frame, ScoreHistory score, int instrument, StepPlan plan, bool isByModel)
    {
        int token = score.Previous[ScoreTokens.Bass];
        if (!ScoreTokens.IsPitch(token)) return;
        int root = FoldInto(plan.Registers.Floor, ScoreTokens.ToPitch(token));
        long entry = frame + Frames.Of(chance.Between(0.3, 1.5));
        if (_root?.Pitch != root || _root.Instrument != instrument)
        {
            if (_root is not null) Release(_root, entry + Frames.Of(1.5));
            _root = Start(entry, instrument, root, FloorVelocity, 0, isByModel);
        }

        int fifth = root + 7;
        bool fits = plan.Palette.Bed.Contains(fifth) && !_bed.Any(note => note is not null && Math.Abs(note.Pitch - fifth) % 12 is 1 or 11);
        if (_fifth is not null && (!fits || _fifth.Pitch != fifth || _fifth.Instrument != instrument)) ReleaseFifth(entry + Frames.Of(1));
        if (_fifth is null && fits) _fifth = Start(entry + Frames.Of(chance.Between(1.0, 4.0)), instrument, fifth, FifthVelocity, 0, isByModel);
    }

    /// <summary>Strikes the speaking voice.</summary>
    public void Speak(long frame, int instrument, int pitch, double velocity, double pan, bool isByModel)
    {
        HeldNote note = Start(frame, instrument, pitch, velocity * Db(chance.NextNormal()), pan, isByModel);
        Release(note, frame + Frames.Of(BellRingSeconds));
    }

    /// <summary>Lets the pads go, one after another.</summary>
    public void ReleaseBed(long frame)
    {
        double delay = 0;
        for (int voice = 0; voice < _bed.Length; voice++)
        {
            if (_bed[voice] is not { } note) continue;
            Release(note, frame + Frames.Of(delay));
            _bed[voice] = null;
            delay += chance.Between(0.4, 1.5);
        }
    }

    /// <summary>Lets the drone go.</summary>
    public void ReleaseFloor(long frame)
    {
        if (_root is not null) Release(_root, frame);
        _root = null;
        ReleaseFifth(frame);
    }

    /// <summary>Strikes long-held pads anew under a crossfade: a string section changes bows.</summary>
    public void Renew(long frame)
    {
        for (int voice = 0; voice < _bed.Length; voice++)
        {
            if (_bed[voice] is not { } note || frame < note.RenewFrame) continue;
            _bed[voice] = Hold(frame, note.Instrument, note.Pitch, voice, note.IsByModel);
            Release(note, frame + Frames.Of(chance.Between(3.0, 6.0)));
        }
    }

    private void ReleaseFifth(long frame)
    {
        if (_fifth is not null) Release(_fifth, frame);
        _fifth = null;
    }

    private HeldNote Hold(long frame, int instrument, int pitch, int voice, bool isByModel) =>
        Start(frame, instrument, pitch, PadVelocity * Db(VoiceDb[voice] + chance.NextNormal()), Pan[voice] + chance.Between(-0.1, 0.1), isByModel);

    private HeldNote Start(long frame, int instrument, int pitch, double velocity, double pan, bool isByModel)
    {
        var note = new HeldNote(_nextNoteId++, instrument, pitch, frame, frame + Frames.Of(chance.Between(25.0, 40.0)), isByModel);
        int velocityQ15 = (int)Math.Clamp(Math.Round(velocity * ScoreEvent.UnityQ15), 1, ScoreEvent.UnityQ15);
        events.Add(ScoreEvent.NoteOn(frame, instrument, note.NoteId, pitch * 100, velocityQ15, (int)Math.Round(pan * short.MaxValue)));
        if (isByModel) NotesByModel++;
        else NotesByFallback++;
        return note;
    }

    private void Release(HeldNote note, long frame) =>
        events.Add(ScoreEvent.NoteOff(Math.Max(frame, note.EntryFrame + Frames.Of(ShortestLifeSeconds)), note.Instrument, note.NoteId));

    private static int FoldInto(Bounds register, int pitch)
    {
        while (pitch > register.Max) pitch -= 12;
        while (pitch < register.Min) pitch += 12;
        return pitch;
    }

    private static double Db(double db) => Math.Pow(10, db / 20);
}
