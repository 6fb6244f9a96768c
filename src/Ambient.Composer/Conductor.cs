using Ambient.Composer.Arrangement;
using Ambient.Composer.Arrangement.Layers;
using Ambient.Composer.Direction;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Composer.Theory;
using Ambient.Sensors;
using Ambient.Synth;

namespace Ambient.Composer;

/// <summary>Composes without end: takes the room and the wanted mood, lets the model choose notes inside the mood's bounds, and hands out score events.</summary>
/// <remarks>
/// One thread at a time. Deterministic: the same seeds, requests and contexts at the same frames give the same events, however the
/// calls of <see cref="Advance"/> are cut while the context stays the same. Silent until the first <see cref="Request"/>.
/// A prompt request takes back notes that were handed out but not yet heard, and page, model and motifs forget them too: the music goes on
/// from what was heard.
/// </remarks>
public sealed class Conductor
{
    private const int TickFrames = Frames.PerSecond / 2;
    private const double SoundingMemorySeconds = 300;
    private const double RestCardSeconds = 60;

    private static readonly Mood Silence = new() { Name = "off", IsSilent = true };

    private readonly MoodLibrary _moods;
    private readonly ulong _seed;
    private readonly Director _director = new();
    private readonly SoundingTally _sounding = new(0, SoundingMemorySeconds);
    private readonly EventQueue _events;
    private readonly Pulse _pulse = new();
    private readonly SalientGate _gate = new();
    private readonly Cast _cast = new();
    private readonly Mixer _mixer;
    private readonly NoteWriter _writer;
    private readonly Form _form;
    private readonly Sections _sections;
    private readonly Harmony _harmony;
    private readonly Arranger _arranger;
    private readonly Ensemble _ensemble;
    private readonly Stage _stage;
    private readonly ScoreStep _step;
    private readonly Prng[] _chances;

    private Mood _mood = Silence;
    private MoodChange? _change;
    private double _level;
    private double _journeySeconds;
    private bool _forcesChord;
    private long _frame;
    private long _nextTick;

    /// <summary>A conductor at frame 0.</summary>
    /// <param name="moods">The moods that may be asked for.</param>
    /// <param name="model">Who composes.</param>
    /// <param name="seed">Same seed, same music.</param>
    /// <param name="placeSeed">Seed of the place's motif, which all rooms of a place share; null for a room without one.</param>
    public Conductor(MoodLibrary moods, ModelHost model, ulong seed, ulong? placeSeed = null)
    {
        (_moods, _seed) = (moods, seed);
        var chance = new Prng(seed);
        _chances = [.. Enumerable.Range(0, 9).Select(_ => chance.Split())];
        _events = new EventQueue(_sounding);
        _mixer = new Mixer(_cast);
        _writer = new NoteWriter(_chances[0], _events);
        _form = new Form(_chances[1]);
        _sections = new Sections(_chances[2], _cast);
        _harmony = new Harmony(_chances[3]);
        _arranger = new Arranger(_chances[4], _writer);
        _ensemble = new Ensemble(chance.Split(), _writer);
        _stage = new Stage(_writer, _gate, _pulse, _cast, _sections, _form, _mixer, _sounding) { IsOff = true };
        var motifs = new MotifMemory(_chances[5], placeSeed is { } place ? PlaceMotif.Of(place) : null);
        _step = new ScoreStep(_chances[6], _stage, _form, _sections, new Phrasing(_chances[7]), motifs, new Composition(model, _sounding, _chances[8]), _arranger, _ensemble);
    }

    /// <summary>Every frame as it is composed, on the thread of <see cref="Advance"/>: for score logs and measurements.</summary>
    public event Action<ComposedFrame>? Composed;

    /// <summary>Why the music is as it is.</summary>
    public Why Why => _director.Why;

    /// <summary>What the director aims at.</summary>
    public Intent Intent => _director.Intent;

    /// <summary>Which mood sounds, which comes.</summary>
    public MoodStatus Mood => _change is { } change ? new(change.From.Name, change.To.Name, change.Progress) : new(_mood.Name, null, 1);

    /// <summary>What is being played.</summary>
    public ScoreStatus Score => new(
        _pulse.Bar, Math.Round(_director.Intent.TempoBpm, 1), _harmony.Palette?.Name ?? "–", ChordName.Of(_arranger.Chord), [.. SoundingLayers()], Math.Round(_director.Intent.OnsetsPerMinute, 1),
        _sections.Count, _sections.Card.ToString(), _form.IsThin);

    /// <summary>Notes so far whose pitch the network chose, or that follow notes which it chose.</summary>
    public long NotesByModel => _writer.ByModel;

    /// <summary>Share of the notes so far whose pitch the network chose, 0..1, to four decimals; 1 before the first.</summary>
    public double ModelNoteShare => NotesByModel + NotesByFallback is > 0 and var all ? Math.Round((double)NotesByModel / all, 4) : 1;

    /// <summary>Notes so far whose pitch the rules chose, because the network could not.</summary>
    public long NotesByFallback => _writer.ByFallback;

    /// <summary>Asks for a mood and a level.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="heardFrame">First frame that is not yet heard: a prompt request begins there and takes back what was planned. Null: where the last <see cref="Advance"/> ended.</param>
    /// <exception cref="ArgumentException">No such mood; the message lists the moods.</exception>
    public void Request(MoodRequest request, long? heardFrame = null)
    {
        Mood wanted = _moods[request.Mood];
        _level = request.Level ?? wanted.OwnLevel;
        if (wanted == (_change?.To ?? _mood)) return;

        bool isHeard = !_mixer.IsOff && !_mood.IsSilent;
        bool isPrompt = (request.IsUrgent || request.IsByPerson) && isHeard && !wanted.IsSilent;
        long from = isPrompt ? Math.Min(heardFrame ?? _frame, _frame) : _frame;
        if (isPrompt) Revoke(from, request.IsByPerson);
        _journeySeconds = 0;
        if (!isHeard || wanted.IsSilent)
        {
            (_change, _mood) = (null, wanted);
            if (!wanted.IsSilent) EnterAtOnce(wanted);
            return;
        }

        Mood leaving = _harmony.Mood ?? _mood;
        MoodTransition rule = isPrompt ? MoodTransition.Urgent : MoodTransition.Between(leaving, wanted);
        _change = new MoodChange(leaving, wanted, rule, from);
        if (!isPrompt) return;
        _change.Begin(); // the next step stands on the next beat
        _forcesChord = true;
        _step.NextFrame = Math.Max(from, _pulse.NextBeat(from));
    }

    /// <summary>Plays a short gesture in key and on the next beat, for something that happened outside; then the music goes on.</summary>
    /// <param name="intensity">0..1: how many notes, how loud.</param>
    /// <param name="heardFrame">First frame that is not yet heard; null: where the last <see cref="Advance"/> ended.</param>
    /// <returns>False when silence is asked for or one is under way.</returns>
    public bool Gesture(double intensity, long? heardFrame = null) =>
        _ensemble.BeginGesture(_stage, Math.Min(heardFrame ?? _frame, _frame), Math.Clamp(intensity, 0, 1));

    /// <summary>Takes a person's vote; its effect is bounded and fades within hours.</summary>
    /// <param name="vote">-1..1.</param>
    /// <param name="about"><c>level</c>, <c>mood</c> or <c>density</c>.</param>
    /// <exception cref="ArgumentException">Nothing of that name can be voted about.</exception>
    public void Vote(double vote, string about) => _director.Feedback.Vote(vote, about);

    /// <summary>Begins another day: from here on chance depends on the seed and the date alone, so that no two days are the same and each can be had again.</summary>
    public void BeginDay(DateOnly date)
    {
        var day = new Prng(unchecked(_seed ^ ((ulong)date.DayNumber * 0x9E3779B97F4A7C15UL)));
        foreach (Prng chance in _chances) chance.State = day.NextBits();
    }

    /// <summary>Emits every event before a frame that has not been emitted yet. When the sink is full the rest waits for the next call.</summary>
    /// <param name="untilFrame">48 kHz frame; usually two beats ahead of what is heard.</param>
    /// <param name="context">The room now.</param>
    /// <param name="sink">Receives the events, frames never decreasing unless a plan is taken back.</param>
    public void Advance(long untilFrame, ContextVector context, IScoreSink sink)
    {
        while (true)
        {
            long players = _ensemble.NextFrame;
            long next = Math.Min(Math.Min(_nextTick, _step.NextFrame), Math.Min(players, _events.NextFrame));
            if (next >= untilFrame) break;
            _frame = next;
            _stage.Frame = next;
            if (_nextTick == next) Tick(context);
            else if (_step.NextFrame == next) Step();
            else if (players == next) _ensemble.Play(_stage);
            else if (!_events.TryMoveTo(sink)) return;
        }

        _frame = Math.Max(_frame, untilFrame);
    }

    private void Revoke(long from, bool bows)
    {
        _events.Revoke(from);
        _arranger.Revoke(from);
        _ensemble.Revoke(from);
        _gate.Revoke(from);
        _stage.Revoke(from);
        _step.Revoke(from);
        _mixer.Acknowledge(from, TickFrames, bows, _events);
    }

    private void EnterAtOnce(Mood mood)
    {
        Enter(mood, atOnce: _mixer.IsOff);
        _forcesChord = true;
        _step.NextFrame = Math.Min(_step.NextFrame, _frame + Frames.PerSecond);
    }

    private void Enter(Mood mood, bool atOnce)
    {
        _sections.Enter(mood, _director[IntentAxis.Polyphony], atOnce);
        _harmony.Enter(mood, _frame, _stage.Score, _cast.Lead);
        _stage.Bind(Now(mood), _harmony.Palette!);
        _sounding.Forget(); // what the last mood owed is not this one's to pay
    }

    // The mood as it is so far along its journey.
    private Mood Now(Mood mood) => mood.Journey is { } journey && mood == (_change?.To ?? _mood) ? mood.Along(_journeySeconds / (60 * journey.Minutes)) : mood;

    // Everything that moves by itself, twice a second.
    private void Tick(ContextVector context)
    {
        const double Seconds = (double)TickFrames / Frames.PerSecond;
        _form.Advance(Seconds);
        _journeySeconds += Seconds;
        _change?.Advance(_frame, Seconds * _pulse.Bpm / 60, _pulse, _step.IsInPhrase);
        if (_change is { Progress: >= 1 } && _harmony.Mood == _change.To) (_mood, _change) = (_change.To, null);
        if (_harmony.Mood is { } mood)
        {
            if (_sections.Advance(Seconds, mood, _director[IntentAxis.Polyphony])) BeginSection();
            Direct(context, Seconds);
        }

        _form.IsChanging = _change is not null;
        _pulse.Advance(_frame, _director.Intent.TempoBpm);
        double offset = _harmony.Mood is { } now ? Now(now).LoudnessLu - now.LoudnessLu : 0;
        double level = _level <= 0 ? 0 : Math.Clamp(_level + _director.Feedback.Level + (offset / MoodRequest.DbPerLevelStep), 1, 200);
        _mixer.Tick(_frame, TickFrames, level, _mood.IsSilent, _sections, _director.Intent, instrument => _arranger.IsHolding(instrument, _frame), _events);
        _cast.Settle(_mixer.IsUp);
        _stage.IsOff = _mixer.IsOff;
        if (_harmony.Mood is { } playing) _stage.Bind(Now(playing), _harmony.Palette!);
        if (!_stage.IsOff) _stage.Balance.Advance(Seconds, _director.Intent.OnsetsPerMinute * (_change?.Density ?? 1));
        LetGo();
        _nextTick += TickFrames;
    }

    private void Direct(ContextVector context, double seconds)
    {
        Mood from = _change?.From ?? (_mood.IsSilent ? _harmony.Mood! : _mood);
        Mood to = _change?.To ?? from;
        if (_mood.IsSilent && _mixer.IsOff) return;
        double meets = to.Journey is { } journey ? journey.Meets * Math.Max(0, 1 - (3 * _journeySeconds / (60 * journey.Minutes))) : 0;
        _director.Update(context, Now(from), Now(to), _change?.Blend ?? 0, seconds, meets);
    }

    private void BeginSection()
    {
        _harmony.BeginKeyChange(_frame, _stage.Score, _cast.Lead);
        if (_sections.Card == ObliqueCard.MinuteOfRest) _form.Rest(RestCardSeconds);
    }

    private void LetGo()
    {
        if (_form.IsBedBreathing) _arranger.ThinBed(_frame);
        if (_mixer.IsOff || _cast[LayerRole.Bed] is null || _change is { Bridge: Bridge.Drone, IsBridgeDue: true, IsHarmonyDue: false }) _arranger.ReleaseBed(_frame);
        if (_mixer.IsOff || _form.IsBedBreathing || !_stage.Has(LayerRole.Halo)) _arranger.ReleaseHalo(_frame);
        if (_mixer.IsOff || _form.IsFloorResting || _cast[LayerRole.Floor] is null || _sections.Card == ObliqueCard.NoBass) _arranger.ReleaseFloor(_frame);
        _arranger.Renew(_frame);
    }

    // One frame of the model: one moment at which something may happen.
    private void Step()
    {
        if (_harmony.Mood is null)
        {
            _step.NextFrame = _frame + TickFrames; // nobody has asked for music yet
            return;
        }

        bool isEntry = _change is { IsHarmonyDue: true } && _harmony.Mood != _change.To;
        bool isBridge = _change is { IsBridgeDue: true } && _harmony.Mood != _change.To && !_harmony.IsBridge;
        bool isChord = _forcesChord || isEntry || isBridge || _frame >= _step.NextChord;
        if (isEntry) Enter(_change!.To, atOnce: false);
        else if (isBridge) _harmony.BeginBridge(_change!.To, _change.Bridge, _frame, _stage.Score, _cast.Lead);
        else if (isChord) _harmony.ChangeKeyWhenDue(_frame);
        _forcesChord = false;
        _stage.Bind(Now(_harmony.Mood), _harmony.Palette!);
        ComposedFrame composed = _step.Take(_frame, _director, isChord, isEntry || isBridge, _change?.Density ?? 1);
        Composed?.Invoke(composed);
    }

    private IEnumerable<string> SoundingLayers()
    {
        if (_mixer.IsOff) yield break;
        foreach (LayerRole role in Enum.GetValues<LayerRole>())
        {
            bool sounds = role switch
            {
                LayerRole.Bed => _arranger.HasBed,
                LayerRole.Halo => _arranger.HasHalo,
                LayerRole.Floor => _arranger.HasFloor,
                LayerRole.Texture or LayerRole.Air => _cast[role] is { } noise && _mixer.IsHeard(noise),
                _ => _stage.Has(role),
            };
            if (sounds) yield return Director.NameOf(role);
        }
    }
}
