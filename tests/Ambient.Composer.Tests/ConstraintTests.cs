using Ambient.Composer.Arrangement;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;

namespace Ambient.Composer.Tests;

/// <summary>The bounds hold whatever the model wants: here it wants anything at all.</summary>
public class ConstraintTests
{
    [Theory]
    [InlineData("calm")]
    [InlineData("focus")]
    public void In_a_hundred_thousand_frames_of_random_logits_no_bound_is_broken(string name)
    {
        Mood mood = Some.Moods()[name];
        Palette[] palettes = [.. mood.AllPalettes()];
        var chance = new Prng(7);
        var score = new ScoreHistory();
        using var host = new ModelHost(() => new RandomModel(chance.Split()));
        var composition = new Composition(host, chance.Split());
        Palette palette = palettes[0];
        int rough = 0, pairs = 0;
        for (int i = 0; i < 100_000; i++)
        {
            bool isChord = i % 5 == 0;
            if (isChord && chance.Chance(0.1)) palette = palettes[chance.Between(0, palettes.Length - 1)];
            var plan = new StepPlan(palette, mood.Registers, Speaks: chance.Chance(0.6), MayRest: chance.Chance(0.5), isChord, BassMayMove: chance.Chance(0.6));
            int[] before = score.Previous.ToArray();
            composition.Compose(score, plan, new ScoreCondition());
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

            Assert.True(moves <= StepPlan.MostMoves);
            if (isChord && i > 0) Assert.NotEqual(before[1..], after[1..]);
            Assert.True(after[ScoreTokens.Tenor] < after[ScoreTokens.Alto]);
            for (int a = 0; a < 3; a++)
            {
                if (!ScoreTokens.IsPitch(after[a])) continue;
                pairs++;
                if ((after[a] - after[ScoreTokens.Bass]) % 12 is 1 or 6) rough++;
            }
        }

        Assert.True(rough < 0.001 * pairs, $"{rough} of {pairs} semitones or tritones over the bass");
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
