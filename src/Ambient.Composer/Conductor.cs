using Ambient.Composer.Arrangement;
using Ambient.Composer.Direction;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Composer.Theory;
using Ambient.Sensors;
using Ambient.Synth;

namespace Ambient.Composer;

/// <summary>Composes without end: takes the room and the wanted mood, lets the model choose notes inside the mood's bounds, and hands out score events.</summary>
/// <remarks>
/// One thread at a time. Deterministic: the same seed, requests and contexts at the same frames give the same events, however the
/// calls of <see cref="Advance"/> are cut while the context stays the same. Silent until the first <see cref="Request"/>.
/// </remarks>
public sealed class Conductor
{
    private const int TickFrames = Frames.PerSecond / 2;
    private const double DwellSigma = 0.35;
    private const double JitterSeconds = 0.03;
    private const double ShortestGapSeconds = 0.2;
    private const double UrgentGlideSeconds = 8;

    private static readonly Mood Silence = new() { Name = "off", IsSilent = true };

    private readonly MoodLibrary _moods;
    private readonly Director _director = new();
    private readonly EventQueue _events = new();
    private readonly Mixer _mixer = new();
    private readonly Pulse _pulse = new();
    private readonly ScoreHistory _score = new();
    private readonly ScoreCondition _condition = new();
    private readonly Prng _timing;
    private readonly Form _form;
    private readonly Phrasing _phrasing;
    private readonly MotifMemory _motifs;
    private readonly Harmony _harmony;
    private readonly Composition _composition;
    private readonly Arranger _arranger;

    private Mood _mood = Silence;
    private MoodGlide? _glide;
    private double _level;
    private bool _forcesChord;
    private long _frame;
    private long _nextTick;
    private long _nextStep;
    private long _nextChord;

    /// <summary>A conductor at frame 0.</summary>
    /// <param name="moods">The moods that may be asked for.</param>
    /// <param name="model">Who composes.</param>
    /// <param name="seed">Same seed, same music.</param>
    public Conductor(MoodLibrary moods, ModelHost model, ulong seed)
    {
        var chance = new Prng(seed);
        _moods = moods;
        _timing = chance.Split();
        _form = new Form(chance.Split());
        _phrasing = new Phrasing(chance.Split());
        _harmony = new Harmony(chance.Split());
        _composition = new Composition(model, chance.Split());
        _arranger = new Arranger(chance.Split(), _events);
        _motifs = new MotifMemory(chance.Split());
    }

    /// <summary>Every frame as it is composed, on the thread of <see cref="Advance"/>: for score logs and measurements.</summary>
    public event Action<ComposedFrame>? Composed;

    /// <summary>Why the music is as it is.</summary>
    public Why Why => _director.Why;

    /// <summary>What the director aims at.</summary>
    public Intent Intent => _director.Intent;

    /// <summary>Which mood sounds, which comes.</summary>
    public MoodStatus Mood => _glide is { } glide ? new(glide.From.Name, glide.To.Name, glide.Progress) : new(_mood.Name, null, 1);

    /// <summary>What is being played.</summary>
    public ScoreStatus Score => new(
        _pulse.Bar, Math.Round(_director.Intent.TempoBpm, 1), _harmony.Palette?.Name ?? "–", ChordName.Of(_arranger.Chord), [.. SoundingLayers()], Math.Round(_director.Intent.OnsetsPerMinute, 1));

    /// <summary>Notes so far whose pitch the network chose.</summary>
    public long NotesByModel => _arranger.NotesByModel;

    /// <summary>Notes so far whose pitch the rules chose, because the network could not.</summary>
    public long NotesByFallback => _arranger.NotesByFallback;

    /// <summary>Asks for a mood and a level; takes effect where the last <see cref="Advance"/> ended.</summary>
    /// <exception cref="ArgumentException">No such mood; the message lists the moods.</exception>
    public void Request(MoodRequest request)
    {
        Mood wanted = _moods[request.Mood];
        _level = request.Level ?? wanted.OwnLevel;
        Mood bound = _glide?.To ?? _mood;
        if (wanted == bound) return;

        bool isHeard = !_mixer.IsOff && !_mood.IsSilent;
        _glide = isHeard && !wanted.IsSilent
            ? new MoodGlide(_harmony.Mood ?? _mood, wanted, request.IsUrgent ? UrgentGlideSeconds : wanted.GlideSeconds, request.IsUrgent)
            : null;
        if (_glide is null) _mood = wanted;
        if (_glide is null && !wanted.IsSilent) EnterAtOnce(wanted);
        if (request.IsUrgent && !wanted.IsSilent) ActOnNextBeat();
    }

    /// <summary>Emits every event before a frame that has not been emitted yet. When the sink is full the rest waits for the next call.</summary>
    /// <param name="untilFrame">48 kHz frame; usually two beats ahead of what is heard.</param>
    /// <param name="context">The room now.</param>
    /// <param name="sink">Receives the events, frames never decreasing.</param>
    public void Advance(long untilFrame, ContextVector context, IScoreSink sink)
    {
        while (true)
        {
            long next = Math.Min(Math.Min(_nextTick, _nextStep), _events.NextFrame);
            if (next >= untilFrame) break;
            _frame = next;
            if (_nextTick == next) Tick(context);
            else if (_nextStep == next) Step();
            else if (!_events.TryMoveTo(sink)) return;
        }

        _frame = Math.Max(_frame, untilFrame);
    }

    private void EnterAtOnce(Mood mood)
    {
        _harmony.Enter(mood, _frame, _score);
        _forcesChord = true;
        _nextStep = Math.Min(_nextStep, _frame + Frames.PerSecond);
    }

    private void ActOnNextBeat()
    {
        _forcesChord = true;
        _nextStep = Math.Min(_nextStep, Math.Max(_frame, _pulse.NextBeat(_frame)));
    }

    // Everything that moves by itself, twice a second.
    private void Tick(ContextVector context)
    {
        const double Seconds = (double)TickFrames / Frames.PerSecond;
        _form.Advance(Seconds);
        _glide?.Advance(Seconds);
        if (_glide is { Progress: >= 1 } && _harmony.Mood == _glide.To) (_mood, _glide) = (_glide.To, null);

        Mood from = _glide?.From ?? _mood;
        Mood to = _glide?.To ?? _mood;
        if (!to.IsSilent || !_mixer.IsOff) _director.Update(context, from.IsSilent ? _harmony.Mood ?? from : from, to.IsSilent ? _harmony.Mood ?? to : to, _glide?.Blend ?? 0, Seconds);
        _pulse.Advance(_frame, _director.Intent.TempoBpm);
        _mixer.Tick(_frame, TickFrames, _level, _mood.IsSilent, _harmony.Mood ?? _mood, _director.Intent, _events);
        if (_mixer.IsOff || _form.IsBedBreathing) _arranger.ReleaseBed(_frame);
        if (_mixer.IsOff || _form.IsFloorResting) _arranger.ReleaseFloor(_frame);
        _arranger.Renew(_frame);
        _nextTick += TickFrames;
    }

    // One frame of the model: one moment at which something may happen.
    private void Step()
    {
        if (_harmony.Mood is null)
        {
            _nextStep = _frame + TickFrames; // nobody has asked for music yet
            return;
        }

        bool isPivot = _glide is { IsHarmonyDue: true } glide && _harmony.Mood != glide.To;
        bool isChord = _forcesChord || isPivot || _frame >= _nextChord;
        if (isPivot) _harmony.Enter(_glide!.To, _frame, _score);
        else if (isChord) _harmony.ChangeKeyWhenDue(_frame, _score);
        _forcesChord = false;

        Intent intent = _director.Intent;
        Palette palette = _harmony.Palette!;
        MoodRegisters registers = _harmony.Mood!.Registers;
        if (!_form.IsThin && _phrasing.IsDue) _phrasing.Begin(_motifs.BeginPhrase(TokenMask.Of(palette.Speak, registers.Soprano)));
        bool speaks = !_form.IsThin && _phrasing.IsInPhrase;
        int soprano = _score.Previous[ScoreTokens.Soprano];
        var plan = new StepPlan(palette, registers, speaks, MayRest: soprano != ScoreTokens.Silent, isChord, !_form.IsPedal || isPivot, _motifs.Continuations);
        Describe(_harmony.Mood);
        bool isByModel = _composition.Compose(_score, plan, _condition);
        ReadOnlySpan<int> tokens = _score.Previous;
        if (speaks && ScoreTokens.IsPitch(tokens[0]) && tokens[0] != soprano) _motifs.Add(_frame, ScoreTokens.ToPitch(tokens[0]));
        Composed?.Invoke(new ComposedFrame(_frame, tokens[0], tokens[1], tokens[2], tokens[3], isChord, isByModel));
        if (!_mixer.IsOff) Play(plan, soprano, intent, isByModel);

        double density = intent.OnsetsPerMinute * _form.Tide * (_glide?.Density ?? 1);
        double gap = Phrasing.GapSeconds(density, intent.SpeakPresence);
        double? recalled = speaks ? _motifs.Gap : null;
        long step = _frame + Frames.Of(_phrasing.Next(speaks, gap, intent.SpeakPresence, recalled));

        // What is recalled was drawn to the pulse when it was first said.
        if (recalled is null) step = _pulse.Draw(step, _harmony.Mood.Pulse.Strength);
        step += Frames.Of(JitterSeconds * _timing.NextNormal());
        _nextStep = Math.Max(step, _frame + Frames.Of(ShortestGapSeconds));
        if (isChord) _nextChord = _frame + Frames.Of(_timing.LogNormal(intent.DwellSeconds, DwellSigma, 0.5, 2.5));
    }

    private void Play(StepPlan plan, int sopranoBefore, in Intent intent, bool isByModel)
    {
        Mood mood = _harmony.Mood!;
        bool lacksBed = !_arranger.HasBed && !_form.IsBedBreathing;
        if (Orchestra.InstrumentOf(mood, LayerRole.Bed) is { } pad && !_form.IsBedBreathing && (plan.IsChordChange || lacksBed))
        {
            _arranger.PlayBed(_frame, _score, pad, Math.Clamp(intent.BedVoices, 2, 4), isByModel);
        }

        if (Orchestra.InstrumentOf(mood, LayerRole.Floor) is { } drone && !_form.IsFloorResting && (plan.IsChordChange || !_arranger.HasFloor))
        {
            _arranger.PlayFloor(_frame, _score, drone, plan, isByModel);
        }

        int soprano = _score.Previous[ScoreTokens.Soprano];
        if (Orchestra.InstrumentOf(mood, LayerRole.Speak) is { } bell && plan.Speaks && ScoreTokens.IsPitch(soprano) && soprano != sopranoBefore)
        {
            _arranger.Speak(_frame, bell, ScoreTokens.ToPitch(soprano), _phrasing.Velocity, _phrasing.Pan, isByModel);
        }
    }

    private void Describe(Mood mood)
    {
        _condition.Corpora = mood.CorpusMix;
        foreach (IntentAxis axis in Composition.ModelAxes) _condition[axis] = _director[axis];
    }

    private IEnumerable<string> SoundingLayers()
    {
        if (_mixer.IsOff) yield break;
        if (_arranger.HasBed) yield return "bed";
        if (_arranger.HasFloor) yield return "floor";
        if (!_form.IsThin) yield return "speak";
        if (_harmony.Mood is { } mood && Orchestra.InstrumentOf(mood, LayerRole.Texture) is { } noise && _mixer.IsHeard(noise)) yield return "texture";
    }
}
