using Ambient.Composer.Models;
using Ambient.Composer.Theory;

namespace Ambient.Composer.Arrangement;

/// <summary>Which tokens a voice may take now. Palette and register are never given up, the chord vocabulary and forbidden intervals only where no chord of the vocabulary fits the registers at all.</summary>
/// <remarks>
/// Finer rules in the order of their weight: no crossing or unison, no semitone or tritone against the bass and no semitone anywhere, low-interval limits,
/// spacing, small moves. From the last backwards they are dropped one by one until a token is left.
/// </remarks>
internal static class Constraints
{
    /// <summary>Least distance of bass and alto: holds two tones of any scale without gaps above 3 semitones.</summary>
    public const int RoomForTenor = 7;

    private const int BassLeap = 7; // semitones
    private const int InnerLeap = 4;
    private const int SopranoLeap = 12;
    private const int WidestGap = 12; // between tenor and alto
    private const int WidestBassGap = 19;
    private const int NarrowestBassGap = 5;
    private const int NarrowestGap = 3;

    /// <summary>The tokens allowed for a voice; never empty.</summary>
    /// <param name="score">The page so far; voices are chosen in <see cref="ScoreTokens.SamplingOrder"/>.</param>
    /// <param name="voice">0..3.</param>
    /// <param name="plan">What the form allows.</param>
    public static TokenMask Allowed(ScoreHistory score, int voice, StepPlan plan)
    {
        bool isSoprano = voice == ScoreTokens.Soprano;
        TokenMask palette = TokenMask.Of(isSoprano ? plan.Palette.Speak : plan.Palette.Bed, plan.Registers[voice]);
        int previous = score.Previous[voice];
        if (isSoprano && !plan.Speaks) return palette.Allows(previous) ? TokenMask.Only(previous) : TokenMask.Silence;
        if (!isSoprano && palette.Allows(previous) && !plan.IsChordChange) return TokenMask.Only(previous);

        TokenMask moving = palette;
        if (!isSoprano)
        {
            // With as few moves as a chord of the vocabulary can be reached with; where none is within those that voice leading allows, with as many as it takes.
            int most = StepPlan.UsualMoves;
            TokenMask harmonic = ChordSearch.Of(score, voice, plan, most);
            if (harmonic.IsEmpty) harmonic = ChordSearch.Of(score, voice, plan, most = StepPlan.MostMoves);
            if (harmonic.IsEmpty && plan.IsFull) return Allowed(score, voice, plan with { IsFull = false });
            if (palette.Allows(previous) && !MayMove(score, voice, plan, most) && (harmonic.IsEmpty || harmonic.Allows(previous))) return TokenMask.Only(previous);
            if (harmonic.IsEmpty) harmonic = ChordSearch.Of(score, voice, plan, ScoreTokens.Voices);
            if (harmonic.IsEmpty) harmonic = ChordSearch.Of(score, voice, plan, 0); // better the old chord again than one that does not exist here
            if (!harmonic.IsEmpty) moving = harmonic;
        }
        else if (!moving.Without(previous).IsEmpty)
        {
            moving = moving.Without(previous);
            if (plan.Avoided is { } avoided && !moving.Without(avoided - ScoreTokens.PitchMin).IsEmpty) moving = moving.Without(avoided - ScoreTokens.PitchMin);
        }

        palette = moving;
        TokenMask allowed = palette;
        Span<TokenMask> rules = [Ordered(score, voice, plan), Consonant(score, voice, plan), Clear(score, voice, plan), Spaced(score, voice, plan), Near(previous, voice)];
        for (int kept = rules.Length; kept > 0; kept--)
        {
            TokenMask candidate = palette;
            foreach (TokenMask rule in rules[..kept]) candidate &= rule;
            if (candidate.IsEmpty) continue;
            allowed = candidate;
            break;
        }

        return isSoprano && plan.MayRest && previous != ScoreTokens.Silent ? allowed | TokenMask.Silence : allowed;
    }

    /// <summary>Whether a voice that was chosen makes a chord of the vocabulary together with alto, tenor and bass.</summary>
    public static bool IsChordTone(ScoreHistory score, int voice, StepPlan plan)
    {
        int bass = score.Previous[ScoreTokens.Bass];
        if (!ScoreTokens.IsPitch(bass) || !ScoreTokens.IsPitch(score.Previous[voice])) return false;
        return plan.Chords.Allows(PitchClassSet.Of([0, score.Previous[ScoreTokens.Alto] - bass, score.Previous[ScoreTokens.Tenor] - bass, score.Previous[voice] - bass]));
    }

    private static bool MayMove(ScoreHistory score, int voice, StepPlan plan, int most) =>
        plan.IsChordChange && MovesSoFar(score) < most && (voice != ScoreTokens.Bass || plan.BassMayMove);

    private static int MovesSoFar(ScoreHistory score)
    {
        int moves = 0;
        for (int voice = ScoreTokens.Alto; voice <= ScoreTokens.Bass; voice++)
        {
            if (score.Chosen[voice] != ScoreTokens.None && score.Chosen[voice] != score.Previous[voice]) moves++;
        }

        return moves;
    }

    // The pitch of another voice in this frame. One that is not chosen yet counts where it was, since most voices stay, unless the key leaves it no choice.
    private static int? Sounding(ScoreHistory score, int voice, StepPlan plan)
    {
        int token = score.Chosen[voice];
        if (token != ScoreTokens.None) return ScoreTokens.IsPitch(token) ? ScoreTokens.ToPitch(token) : null;
        token = score.Previous[voice];
        if (!ScoreTokens.IsPitch(token)) return null;
        int pitch = ScoreTokens.ToPitch(token);
        return voice != ScoreTokens.Soprano && plan.Palette.Bed.Contains(pitch) && plan.Registers[voice].Contains(pitch) ? pitch : null;
    }

    private static TokenMask Ordered(ScoreHistory score, int voice, StepPlan plan)
    {
        int? bass = Sounding(score, ScoreTokens.Bass, plan);
        int? tenor = Sounding(score, ScoreTokens.Tenor, plan);
        int? alto = Sounding(score, ScoreTokens.Alto, plan);
        return voice switch
        {
            ScoreTokens.Alto => TokenMask.Where(pitch => !(pitch - bass < RoomForTenor) && !(pitch <= tenor)),
            ScoreTokens.Tenor => TokenMask.Where(pitch => !(pitch <= bass) && !(pitch >= alto)),
            ScoreTokens.Bass => TokenMask.Where(pitch => !(alto - pitch < RoomForTenor) && !(pitch >= tenor)),
            _ => TokenMask.Where(_ => true),
        };
    }

    private static TokenMask Consonant(ScoreHistory score, int voice, StepPlan plan)
    {
        int? bass = voice == ScoreTokens.Bass ? null : Sounding(score, ScoreTokens.Bass, plan);
        return TokenMask.Where(pitch =>
        {
            if (bass is { } foot && Math.Abs(pitch - foot) % 12 is 1 or 6) return false;
            for (int other = 0; other < ScoreTokens.Voices; other++)
            {
                if (other == voice || Sounding(score, other, plan) is not { } sounding) continue;
                int interval = Math.Abs(pitch - sounding);
                if (interval is 1 or 13 || (voice == ScoreTokens.Bass && interval % 12 is 1 or 6 or 11)) return false;
            }

            return true;
        });
    }

    private static TokenMask Clear(ScoreHistory score, int voice, StepPlan plan)
    {
        int? bass = voice == ScoreTokens.Bass ? null : Sounding(score, ScoreTokens.Bass, plan);
        int? tenor = voice == ScoreTokens.Tenor ? null : Sounding(score, ScoreTokens.Tenor, plan);
        return TokenMask.Where(pitch => (bass is not { } foot || LowIntervals.IsClear(pitch, foot)) && (tenor is not { } inner || LowIntervals.IsClear(pitch, inner)));
    }

    private static TokenMask Spaced(ScoreHistory score, int voice, StepPlan plan)
    {
        int? bass = Sounding(score, ScoreTokens.Bass, plan);
        int? alto = Sounding(score, ScoreTokens.Alto, plan);
        return voice switch
        {
            ScoreTokens.Alto => TokenMask.Where(pitch => !(pitch - bass < NarrowestBassGap + NarrowestGap) && !(pitch - bass > WidestBassGap + WidestGap)),
            ScoreTokens.Tenor => TokenMask.Where(pitch =>
                !(pitch - bass < NarrowestBassGap) && !(pitch - bass > WidestBassGap) && !(alto - pitch < NarrowestGap) && !(alto - pitch > WidestGap)),
            _ => TokenMask.Where(_ => true),
        };
    }

    private static TokenMask Near(int previous, int voice)
    {
        if (!ScoreTokens.IsPitch(previous)) return TokenMask.Where(_ => true);
        int leap = voice switch { ScoreTokens.Soprano => SopranoLeap, ScoreTokens.Bass => BassLeap, _ => InnerLeap };
        return TokenMask.Where(pitch => Math.Abs(pitch - ScoreTokens.ToPitch(previous)) <= leap);
    }
}
