using Ambient.Composer.Models;
using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement.Layers;

/// <summary>What the players of single notes see: the moment, the mood's bounds, the pulse, and each other's notes.</summary>
internal sealed class Stage(NoteWriter writer, SalientGate gate, Pulse pulse, Cast cast, Sections sections, Form form, Mixer mixer, SoundingTally sounding)
{
    private const double DampSeconds = 0.3;
    private const int Murky = 60; // MIDI note below which a whole tone is as rough as a semitone above

    private readonly List<(HeldNote Note, long End)> _ringing = [];

    /// <summary>Frame of now.</summary>
    public long Frame { get; set; }

    /// <summary>The mood in force.</summary>
    public Mood Mood { get; private set; } = new();

    /// <summary>Pitch classes in force; null before the first mood.</summary>
    public Palette? Palette { get; private set; }

    /// <summary>Salient notes a minute that all players together should play.</summary>
    public double OnsetsPerMinute { get; set; } = 10;

    /// <summary>Whether as many notes sounded as were wanted.</summary>
    public OnsetBalance Balance { get; } = new();

    /// <summary>What sounded in the last minutes.</summary>
    public SoundingTally Sounding => sounding;

    /// <summary>Who has the word.</summary>
    public Conversation Conversation { get; } = new();

    /// <summary>Pitch tokens of the four voices as last composed.</summary>
    public ScoreHistory Score { get; } = new();

    /// <summary>Whether the network composed what now sounds, and so what follows from it.</summary>
    public bool IsByModel { get; set; }

    /// <summary>Whether anything is heard at all.</summary>
    public bool IsOff { get; set; }

    /// <summary>The hidden pulse.</summary>
    public Pulse Pulse => pulse;

    /// <summary>Who plays.</summary>
    public Cast Players => cast;

    /// <summary>The density limit.</summary>
    public SalientGate Gate => gate;

    /// <summary>Takes the bounds in force.</summary>
    public void Bind(Mood mood, Palette palette) => (Mood, Palette) = (mood, palette);

    /// <summary>Whether a layer plays now: it has its turn, and its level is up, so that no note is lost on a layer that nobody hears yet.</summary>
    public bool Has(LayerRole role) =>
        !IsOff && !form.IsThin && Palette is not null && cast[role] is { } instrument && sections.IsOn(role) && mixer.IsUp(instrument);

    /// <summary>The layer of a role as the mood has it.</summary>
    public MoodLayer Layer(LayerRole role) => Cast.LayerOf(Mood, role) ?? new MoodLayer();

    /// <summary>Where a layer may go.</summary>
    public Bounds Register(LayerRole role) => Layer(role).Register ?? role switch
    {
        LayerRole.Glint => Mood.Registers.Glint,
        LayerRole.Motion => Mood.Registers.Tenor,
        _ => Mood.Registers.Soprano,
    };

    /// <summary>Share of the salient notes that a layer has while it plays; 0 while it does not.</summary>
    public double Share(LayerRole role, double usual) => Has(role) ? Layer(role).Share ?? usual : 0;

    /// <summary>Pitches that a freely timed layer may sound: the palette's inside its register.</summary>
    public List<int> Pitches(LayerRole role)
    {
        Bounds register = Register(role);
        var pitches = new List<int>();
        for (int pitch = (int)Math.Ceiling(register.Min); pitch <= register.Max; pitch++)
        {
            if (Palette!.Speak.Contains(pitch)) pitches.Add(pitch);
        }

        return pitches;
    }

    /// <summary>The pitch in another octave, so that it lies in a layer's register; null when the register has no such place or the palette no such pitch.</summary>
    public int? Fold(LayerRole role, int pitch)
    {
        Bounds register = Register(role);
        while (pitch > register.Max) pitch -= 12;
        while (pitch < register.Min) pitch += 12;
        return register.Contains(pitch) && Palette!.Speak.Contains(pitch) ? pitch : null;
    }

    /// <summary>Sounds a salient note if palette, register and density limit allow it.</summary>
    public bool TrySay(LayerRole role, int pitch, double velocity, double pan, double ringSeconds)
    {
        if (!Has(role) || !Palette!.Speak.Contains(pitch) || !Register(role).Contains(pitch) || gate.Earliest(Frame, Mood) > Frame) return false;
        bool isComposed = role is LayerRole.Speak or LayerRole.Sign; // in the first the network saw the chord, the second is a motif
        if (gate.IsAlarm(pitch, Frame) || (!isComposed && Clashes(pitch))) return false;
        gate.Add(pitch, Frame);
        Balance.Add();
        Strike(cast[role]!.Value, pitch, velocity, pan, ringSeconds);
        return true;
    }

    /// <summary>Strikes a note that rings for a while, or until it clashes with a chord.</summary>
    public void Strike(int instrument, int pitch, double velocity, double pan, double ringSeconds)
    {
        _ringing.RemoveAll(ringing => ringing.End <= Frame);
        _ringing.Add((writer.Strike(Frame, instrument, pitch, velocity, pan, ringSeconds, IsByModel), Frame + Frames.Of(ringSeconds)));
    }

    /// <summary>The chord has changed: what still rings and clashes with it is damped.</summary>
    public void Damp()
    {
        foreach ((HeldNote note, long end) in _ringing)
        {
            if (end > Frame + Frames.Of(DampSeconds) && Clashes(note.Pitch)) writer.Damp(note, Frame + Frames.Of(DampSeconds));
        }

        _ringing.RemoveAll(ringing => Clashes(ringing.Note.Pitch));
    }

    /// <summary>Forgets what was to sound at or after a frame.</summary>
    public void Revoke(long frame)
    {
        _ringing.RemoveAll(ringing => ringing.Note.EntryFrame >= frame);
        Conversation.Revoke(frame);
    }

    /// <summary>Whether a pitch lies a semitone from a voice of the chord, in its octave or the next; down where it is murky, a whole tone.</summary>
    public bool Clashes(int pitch)
    {
        for (int voice = ScoreTokens.Alto; voice <= ScoreTokens.Bass; voice++)
        {
            int token = Score.Previous[voice];
            if (!ScoreTokens.IsPitch(token)) continue;
            int interval = Math.Abs(ScoreTokens.ToPitch(token) - pitch);
            if (interval is 1 or 13 || (interval == 2 && pitch < Murky)) return true;
        }

        return false;
    }
}
