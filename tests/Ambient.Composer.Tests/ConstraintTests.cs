using Ambient.Composer.Arrangement;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Composer.Theory;

namespace Ambient.Composer.Tests;

/// <summary>The bounds hold whatever the model wants: here it wants anything at all.</summary>
public class ConstraintTests
{
    [Theory]
    [MemberData(nameof(Some.AudibleMoods), MemberType = typeof(Some))]
    public void In_eight_thousand_frames_of_random_logits_no_bound_is_broken(string name)
    {
        Mood mood = Some.Moods()[name];
        Palette[] palettes = [.. mood.AllPalettes()];
        var chance = new Prng(7);
        var score = new ScoreHistory();
        using var host = new ModelHost(() => new RandomModel(chance.Split()));
        var composition = new Composition(host, new SoundingTally(0, 300), chance.Split());
        Palette palette = palettes[0];
        int rough = 0, pairs = 0, chords = 0, foreign = 0, stuck = 0, wide = 0, tied = 0, asked = 0, full = 0;
        StepPlan? last = null;
        for (int i = 0; i < 8_000; i++)
        {
            bool isChord = i % 5 == 0;
            if (isChord && chance.Chance(0.1)) palette = palettes[chance.Between(0, palettes.Length - 1)];
            StepPlan plan = isChord || last is null ? new StepPlan(palette, mood.Registers, Speaks: chance.Chance(0.6), MayRest: chance.Chance(0.5), isChord, BassMayMove: chance.Chance(0.6))
            {
                Chords = chance.Chance(mood.Palette.OmitThird) ? mood.Palette.Vocabulary.WithoutThirds : mood.Palette.Vocabulary,
                IsFull = chance.Chance(0.5),
                Forbidden = mood.Palette.Forbidden,
            }
                : last with { Speaks = chance.Chance(0.6), MayRest = chance.Chance(0.5), IsChordChange = false };
            last = plan;
            int[] before = score.Previous.ToArray();
            composition.Compose(i, score, plan, new ScoreCondition());
            int[] after = score.Previous.ToArray();

            int moves = 0;
            for (int voice = 0; voice < 4; voice++)
            {
                bool isSoprano = voice == ScoreTokens.Soprano;
                if (isSoprano && after[voice] == ScoreTokens.Silent) continue;
                int pitch = ScoreTokens.ToPitch(after[voice]);
                Assert.True((isSoprano ? palette.Speak : palette.Bed).Contains(pitch));
                Assert.True(mood.Registers[voice].Contains(pitch));
                if (!isSoprano && i > 0 && after[voice] != before[voice])
                {
                    bool wasOutside = !palette.Bed.Contains(ScoreTokens.ToPitch(before[voice]));
                    Assert.True(isChord || wasOutside);
                    if (!wasOutside) moves++;
                }
            }

            if (moves > StepPlan.MostMoves) wide++;
            if (isChord && moves <= StepPlan.UsualMoves) tied++;
            if (isChord && plan.IsFull)
            {
                asked++;
                full += PitchClassSet.Of([after[ScoreTokens.Alto], after[ScoreTokens.Tenor], after[ScoreTokens.Bass]]).Count == 3 ? 1 : 0;
            }

            if (isChord && i > 0) (chords, stuck) = (chords + 1, stuck + (before.AsSpan(1).SequenceEqual(after.AsSpan(1)) ? 1 : 0));
            if (isChord && !IsKnown(after, plan)) foreign++;
            Assert.True(after[ScoreTokens.Tenor] < after[ScoreTokens.Alto]);
            for (int a = 0; a < 3; a++)
            {
                if (!ScoreTokens.IsPitch(after[a])) continue;
                pairs++;
                if ((after[a] - after[ScoreTokens.Bass]) % 12 is 1 or 6) rough++;
            }
        }

        Assert.True(stuck < 0.02 * chords, $"{stuck} of {chords} changes change nothing");
        Assert.True(wide < 0.02 * chords, $"{wide} of {chords} changes move all three voices");
        Assert.True(tied > 0.85 * chords, $"only {tied} of {chords} changes tie two tones");
        Assert.True(full > 0.95 * asked, $"only {full} of {asked} chords that were to be full have three pitch classes");
        Assert.True(foreign == 0, $"{foreign} of {chords} chords are not in the vocabulary or form a forbidden interval");
        Assert.True(rough < 0.001 * pairs, $"{rough} of {pairs} semitones or tritones over the bass");
    }

    private static bool IsKnown(int[] tokens, StepPlan plan)
    {
        int bass = tokens[ScoreTokens.Bass];
        var intervals = PitchClassSet.Of([0, tokens[ScoreTokens.Alto] - bass, tokens[ScoreTokens.Tenor] - bass]);
        bool isForbidden = plan.Forbidden.Contains(tokens[ScoreTokens.Alto] - bass) || plan.Forbidden.Contains(tokens[ScoreTokens.Tenor] - bass)
            || plan.Forbidden.Contains(tokens[ScoreTokens.Alto] - tokens[ScoreTokens.Tenor]);
        return !isForbidden && plan.Chords.Allows(intervals);
    }

    private sealed class RandomModel(Prng chance) : IScoreModel
    {
        public string Name => "random";

        public int StateLength => 0;

        public void Reset()
        {
        }

        public void BeginFrame(ScoreHistory score, ScoreCondition condition)
        {
        }

        public void Logits(ScoreHistory score, int voice, Span<float> logits)
        {
            foreach (ref float logit in logits) logit = (float)(4 * chance.NextNormal());
        }

        public void SaveState(Span<float> state)
        {
        }

        public void RestoreState(ReadOnlySpan<float> state)
        {
        }

        public void Dispose()
        {
        }
    }
}
