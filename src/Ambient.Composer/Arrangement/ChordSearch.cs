using Ambient.Composer.Models;
using Ambient.Composer.Theory;

namespace Ambient.Composer.Arrangement;

/// <summary>Looks ahead through alto, tenor and bass, so that no voice takes a tone from which the others could not complete a chord of the vocabulary.</summary>
internal static class ChordSearch
{
    /// <summary>The tokens of a voice that lead to another chord.</summary>
    /// <param name="score">The page; voices that are chosen stay.</param>
    /// <param name="voice">Alto, tenor or bass.</param>
    /// <param name="plan">Palette, registers, vocabulary, forbidden intervals.</param>
    /// <param name="mostMoves">How many voices may leave their tone; those whose tone the palette no longer has may anyway. 0 asks for the chord as it is.</param>
    public static TokenMask Of(ScoreHistory score, int voice, StepPlan plan, int mostMoves)
    {
        Span<int> basses = stackalloc int[ScoreTokens.PitchCount];
        Span<int> altos = stackalloc int[ScoreTokens.PitchCount];
        Span<int> tenors = stackalloc int[ScoreTokens.PitchCount];
        basses = basses[..Candidates(score, ScoreTokens.Bass, plan, basses)];
        altos = altos[..Candidates(score, ScoreTokens.Alto, plan, altos)];
        tenors = tenors[..Candidates(score, ScoreTokens.Tenor, plan, tenors)];
        UInt128 bits = UInt128.Zero;
        foreach (int bass in basses)
        {
            int bassMoves = Move(score, ScoreTokens.Bass, bass, plan);
            foreach (int alto in altos)
            {
                if (alto - bass < Constraints.RoomForTenor || plan.Forbidden.Contains(alto - bass)) continue;
                int moves = bassMoves + Move(score, ScoreTokens.Alto, alto, plan);
                foreach (int tenor in tenors)
                {
                    if (mostMoves > 0 && bass == score.Previous[ScoreTokens.Bass] && alto == score.Previous[ScoreTokens.Alto] && tenor == score.Previous[ScoreTokens.Tenor]) continue;
                    if (tenor <= bass || tenor >= alto || moves + Move(score, ScoreTokens.Tenor, tenor, plan) > mostMoves) continue;
                    if (plan.Forbidden.Contains(tenor - bass) || plan.Forbidden.Contains(alto - tenor)) continue;
                    var chord = new PitchClassSet(1 | (1 << ((alto - bass) % 12)) | (1 << ((tenor - bass) % 12)));
                    if ((!plan.IsFull || chord.Count == 3) && plan.Chords.Allows(chord)) bits |= UInt128.One << (voice == ScoreTokens.Bass ? bass : voice == ScoreTokens.Alto ? alto : tenor);
                }
            }
        }

        return new TokenMask(bits);
    }

    private static int Candidates(ScoreHistory score, int voice, StepPlan plan, Span<int> tokens)
    {
        if (ScoreTokens.IsPitch(score.Chosen[voice]))
        {
            tokens[0] = score.Chosen[voice];
            return 1;
        }

        if (voice == ScoreTokens.Bass && !plan.BassMayMove && CanStay(score, voice, plan))
        {
            tokens[0] = score.Previous[voice];
            return 1;
        }

        int count = 0;
        for (int token = 0; token < ScoreTokens.PitchCount; token++)
        {
            int pitch = ScoreTokens.ToPitch(token);
            if (plan.Palette.Bed.Contains(pitch) && plan.Registers[voice].Contains(pitch)) tokens[count++] = token;
        }

        return count;
    }

    private static int Move(ScoreHistory score, int voice, int token, StepPlan plan) =>
        token != score.Previous[voice] && CanStay(score, voice, plan) ? 1 : 0;

    private static bool CanStay(ScoreHistory score, int voice, StepPlan plan)
    {
        int token = score.Previous[voice];
        return ScoreTokens.IsPitch(token) && plan.Palette.Bed.Contains(ScoreTokens.ToPitch(token)) && plan.Registers[voice].Contains(ScoreTokens.ToPitch(token));
    }
}
