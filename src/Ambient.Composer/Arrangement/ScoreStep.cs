using Ambient.Composer.Arrangement.Layers;
using Ambient.Composer.Direction;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement;

/// <summary>Takes the steps of the score: one frame of the model each, at moments at which something may happen.</summary>
internal sealed class ScoreStep(Prng chance, Stage stage, Form form, Sections sections, Phrasing phrasing, MotifMemory motifs, Composition composition, Arranger arranger, Ensemble ensemble)
{
    private const double DwellSigma = 0.35;
    private const double JitterSeconds = 0.03;
    private const double ShortestGapSeconds = 0.2;
    private const double SpeakRingSeconds = 6;
    private const double PauseSeconds = 0.5; // after a phrase, before another voice begins
    private const double LongestRecalledGap = 6; // mean gaps: what was a rest between two phrases is a breath within a recalled one
    private const double FullChords = 0.25; // of the chord changes: left alone, a wish for little tension takes open fifths two times of three
    private const double FloorShare = 0.5; // of the time the drone sounds
    private const double HalfSpeed = 0.5;
    private const double HalfSpeedDensity = 0.6;
    private const int Octave = 12;
    private const double MelodyTension = -2; // what a melody is asked for over a chord that stands: few rubs against it, by more than the corpora have
    private const double MelodyDensity = 0.5; // the same: dense melodies move by steps
    private const double RegisterReach = 4; // semitones from the middle of what sounds at which it is as low or as high as wishes go
    private const double MostRegisterPush = 1.5; // that a wish is overstated, either way
    private const int SpokenBeforeRest = 8; // a model that would rather not speak is not asked every other time: how often is the mood's and the room's choice

    private readonly ScoreCondition _condition = new() { IsPaced = true };
    private readonly List<(long Frame, int Pitch)> _phrase = [];
    private int _spokenSinceRest;
    private bool _omitsThird;
    private bool _wasThin;

    /// <summary>When the next step is due.</summary>
    public long NextFrame { get; set; }

    /// <summary>When the next chord is due.</summary>
    public long NextChord { get; private set; }

    /// <summary>Whether the melody is in the middle of a phrase.</summary>
    public bool IsInPhrase => phrasing.IsInPhrase;

    /// <summary>Composes one frame and gives it to the layers.</summary>
    /// <param name="frame">Now.</param>
    /// <param name="director">What is wanted.</param>
    /// <param name="isChord">Whether alto, tenor and bass may move.</param>
    /// <param name="isNewHarmony">Whether the palette has just changed, so that even a pedal gives way.</param>
    /// <param name="densityFactor">Of a change of mood under way.</param>
    /// <returns>The frame as composed.</returns>
    public ComposedFrame Take(long frame, Director director, bool isChord, bool isNewHarmony, double densityFactor)
    {
        Intent intent = director.Intent;
        Mood mood = stage.Mood;
        double speed = sections.Card == ObliqueCard.HalfSpeed ? HalfSpeed : 1;
        stage.OnsetsPerMinute = intent.OnsetsPerMinute * stage.Balance.Factor * form.Tide * densityFactor * (sections.Card == ObliqueCard.HalfSpeed ? HalfSpeedDensity : 1);
        double presence = intent.SpeakPresence * (1 - stage.Share(LayerRole.Pulse, Ostinato.UsualShare)); // phrases are so much quicker and rests longer where a pattern wants its turn
        double gap = Phrasing.GapSeconds(SpeakPerMinute(), presence);

        Describe(mood, director, isChord);
        StepPlan plan = Plan(frame, mood, isChord, isNewHarmony);
        int soprano = stage.Score.Previous[ScoreTokens.Soprano];
        bool isByModel = stage.IsByModel = composition.Compose(frame, stage.Score, plan, _condition);
        ReadOnlySpan<int> tokens = stage.Score.Previous;
        bool spoke = plan.Speaks && ScoreTokens.IsPitch(tokens[0]) && tokens[0] != soprano;
        if (plan.Speaks) _spokenSinceRest = spoke ? _spokenSinceRest + 1 : 0;
        if (spoke) motifs.Add(frame, ScoreTokens.ToPitch(tokens[0]));
        else if (plan.Speaks) phrasing.Owe(gap); // the model chose to rest here: the rest after the phrase is so much shorter
        var composed = new ComposedFrame(frame, tokens[0], tokens[1], tokens[2], tokens[3], isChord, isByModel);
        if (!stage.IsOff) Play(frame, plan, intent, spoke);

        double? recalled = plan.Speaks && motifs.Gap is { } before ? Math.Min(before, LongestRecalledGap * gap) : null;
        long step = frame + Frames.Of(phrasing.Next(plan.Speaks, gap, presence, recalled));
        if (plan.Speaks && !phrasing.IsInPhrase) EndPhrase();

        // What is recalled was drawn to the pulse, and was as loose, when it was first said.
        if (recalled is null) step = stage.Pulse.Draw(step, mood.Pulse.Strength) + Frames.Of(JitterSeconds * chance.NextNormal());
        step = Math.Max(step, frame + Frames.Of(ShortestGapSeconds));
        NextFrame = phrasing.IsInPhrase ? Allowed(step, mood) : step;
        if (phrasing.IsDue && !stage.Conversation.MayPlay(LayerRole.Speak, NextFrame)) NextFrame = stage.Conversation.FreeFrom;
        if (phrasing.IsInPhrase) stage.Conversation.Hold(LayerRole.Speak, NextFrame + Frames.Of(PauseSeconds));
        if (isChord) NextChord = frame + Frames.Of(chance.LogNormal(intent.DwellSeconds / speed, DwellSigma, 0.5, 2.5));
        return composed;
    }

    /// <summary>Unlearns what was composed for frames that nobody will hear: page, network and motifs are as they were.</summary>
    public void Revoke(long frame)
    {
        composition.Revoke(frame, stage.Score);
        motifs.Revoke(frame);
        _phrase.RemoveAll(note => note.Frame >= frame);
    }

    private StepPlan Plan(long frame, Mood mood, bool isChord, bool isNewHarmony)
    {
        MoodRegisters registers = mood.Registers;
        if (sections.Card == ObliqueCard.OctaveDown) registers = registers with { Soprano = registers.Soprano with { Max = Math.Min(registers.Soprano.Max, registers.Soprano.Min + Octave) } };
        bool mayTalk = !form.IsThin && stage.Gate.Earliest(frame, mood) <= frame && stage.Conversation.MayPlay(LayerRole.Speak, frame);
        if (mayTalk && phrasing.IsDue) phrasing.Begin(motifs.BeginPhrase(TokenMask.Of(stage.Palette!.Speak, registers.Soprano), pitches => composition.Likelihood(stage.Score, pitches, _condition)));
        if (isChord) _omitsThird = chance.Chance(mood.Palette.OmitThird) || sections.Card == ObliqueCard.FifthsOnly;
        bool speaks = mayTalk && phrasing.IsInPhrase;
        bool mayRest = _spokenSinceRest >= SpokenBeforeRest;
        return new StepPlan(stage.Palette!, registers, speaks, mayRest, isChord, !form.IsPedal || isNewHarmony, motifs.Continuation)
        {
            Chords = _omitsThird ? mood.Palette.Vocabulary.WithoutThirds : mood.Palette.Vocabulary,
            IsFull = chance.Chance(FullChords),
            Forbidden = mood.Palette.Forbidden,
            Avoided = motifs.Trill,
        };
    }

    private void Play(long frame, StepPlan plan, in Intent intent, bool spoke)
    {
        Cast cast = stage.Players;
        bool isByModel = stage.IsByModel;
        if (cast[LayerRole.Bed] is { } pad && (plan.IsChordChange || !arranger.HasBed || arranger.IsBedOverdue(pad) || (_wasThin && !form.IsBedBreathing)))
        {
            _wasThin = form.IsBedBreathing;
            arranger.PlayBed(frame, stage.Score, pad, plan, Math.Clamp(intent.BedVoices, 2, 4), _wasThin, isByModel);
        }

        if (cast[LayerRole.Halo] is { } halo && stage.Has(LayerRole.Halo) && !form.IsBedBreathing && (plan.IsChordChange || !arranger.HasHalo || arranger.IsHaloOverdue(halo)))
            arranger.PlayHalo(frame, stage.Score, halo, isByModel);

        if (cast[LayerRole.Floor] is { } drone && !form.IsFloorResting && sections.Card != ObliqueCard.NoBass && (plan.IsChordChange || !arranger.HasFloor || arranger.IsFloorOverdue(drone)))
            arranger.PlayFloor(frame, stage.Score, drone, plan, isByModel);

        if (plan.IsChordChange)
        {
            stage.Damp();
            ensemble.HearChord(stage);
        }

        if (!spoke) return;
        int pitch = ScoreTokens.ToPitch(stage.Score.Previous[ScoreTokens.Soprano]);
        if (stage.TrySay(LayerRole.Speak, pitch, phrasing.Velocity, phrasing.Pan, SpeakRingSeconds)) _phrase.Add((frame, pitch));
    }

    private void EndPhrase()
    {
        ensemble.HearPhrase(_phrase, stage);
        _phrase.Clear();
    }

    // The limit of density does not swallow a note but lets it wait, and the rest after the phrase gives the time back.
    private long Allowed(long step, Mood mood)
    {
        long allowed = stage.Gate.Earliest(step, mood);
        phrasing.Owe((double)(allowed - step) / Frames.PerSecond);
        return allowed;
    }

    // What the other players of single notes leave over.
    private double SpeakPerMinute()
    {
        double shares = stage.Share(LayerRole.Pulse, Ostinato.UsualShare) + stage.Share(LayerRole.Loops, LoopPlayer.UsualShare);
        double answered = stage.Share(LayerRole.Answer, Answerer.UsualShare) * Answerer.MeanNotes / Phrasing.MeanNotes;
        double left = (stage.OnsetsPerMinute * Math.Max(0.2, 1 - shares)) - Glints.PerMinute(stage);
        return Math.Max(0.25 * stage.OnsetsPerMinute, left / (1 + answered));
    }

    private void Describe(Mood mood, Director director, bool isChord)
    {
        _condition.Corpora = mood.CorpusMix;

        // The room's wishes for register, mode and tension are for the chords to answer, the others for form and arrangement: when voices move and which are heard.
        _condition[IntentAxis.Register] = isChord ? director[IntentAxis.Register] : null;
        _condition[IntentAxis.Mode] = isChord ? director[IntentAxis.Mode] : null;
        _condition[IntentAxis.Tension] = isChord ? director[IntentAxis.Tension] : MelodyTension;
        _condition[IntentAxis.Density] = isChord ? null : MelodyDensity;
        if (!isChord || stage.Sounding.Register is not { } heard) return;

        // How many voices the bed has and how long the drone rests moves the mean pitch by more than a wish does. Only chords make it good: a melody would cling to the edges of its register.
        double register = director[IntentAxis.Register];
        _condition[IntentAxis.Register] = Math.Clamp(
            SoundingTally.Overstate(register, (heard - MiddleOf(mood)) / RegisterReach), register - MostRegisterPush, register + MostRegisterPush);
    }

    // Mean pitch of all that sounds where no wish is made, MIDI note.
    private static double MiddleOf(Mood mood)
    {
        double floor = Cast.LayerOf(mood, LayerRole.Floor) is null ? 0 : FloorShare;
        double sum = floor * mood.Registers.Floor.Middle;
        for (int voice = 0; voice < ScoreTokens.Voices; voice++) sum += mood.Registers[voice].Middle;
        return sum / (ScoreTokens.Voices + floor);
    }
}
