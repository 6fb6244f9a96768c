using Ambient.Composer.Arrangement;
using Ambient.Composer.Direction;
using Ambient.Composer.Models;
using Ambient.Synth;

namespace Ambient.Composer.Tests;

public sealed class ChordProposalTests
{
    private static readonly int[] Major = [72, 64, 60, 48], Open = [72, 67, 60, 48], Minor = [72, 63, 60, 48];

    [Theory]
    [InlineData(-1, 63)]
    [InlineData(0, 67)]
    [InlineData(1, 64)]
    public void The_proposal_is_taken_that_lies_among_the_others_where_the_wish_lies(double mode, int alto) =>
        Assert.Equal(alto, Alto(mode, sounding: null));

    [Theory]
    [InlineData(0.9, 63)]
    [InlineData(0.1, 67)]
    [InlineData(-0.9, 64)]
    public void Where_the_last_minutes_missed_the_wish_the_aim_goes_further(double sounding, int alto) =>
        Assert.Equal(alto, Alto(0.1, sounding));

    [Theory]
    [InlineData(null, 64)]
    [InlineData(0.15, 64)]
    [InlineData(0.11, 63)]
    [InlineData(0.19, 67)]
    public void Where_the_last_minutes_were_too_tense_the_least_tense_chord_is_taken_and_the_other_way_round(double? sounding, int alto) =>
        Assert.Equal(alto, AltoOf(new ScoreCondition { [IntentAxis.Tension] = 0 }, tension: sounding));

    [Fact]
    public void A_wish_that_nobody_has_does_not_count() =>
        Assert.Equal(63, Alto(null, sounding: 1)); // the first, as they came

    [Fact]
    public void Among_proposals_that_meet_the_wish_the_one_is_taken_that_the_model_finds_likeliest() =>
        Assert.Equal(64, Alto(null, sounding: null, likelihood: chord => chord == Major ? -2 : -9));

    [Fact]
    public void A_wish_for_mode_weighs_more_than_what_the_model_likes() =>
        Assert.Equal(63, Alto(-1, sounding: null, likelihood: chord => chord == Minor ? -9 : -2));

    [Fact]
    public void Proposals_that_the_model_finds_impossible_come_last_and_stop_nothing() =>
        Assert.Equal(64, Alto(null, sounding: null, likelihood: chord => chord == Major ? -2 : double.NegativeInfinity));

    [Fact]
    public void What_sounds_is_counted_by_how_long_it_sounds()
    {
        var tally = new SoundingTally(0, double.PositiveInfinity);
        Assert.Null(tally.Mode);
        Hear(tally, 1, 48, from: 0);
        Hear(tally, 2, 52, from: 0);
        tally.Hear(ScoreEvent.NoteOff(Frames.Of(30), 0, 2));
        Hear(tally, 3, 63, from: 30);
        tally.PassTo(Frames.Of(40));
        Assert.Equal((30 - 10) / 40.0, tally.Mode!.Value, 9);
    }

    [Fact]
    public void The_register_of_what_sounds_is_its_mean_pitch_over_time_and_a_new_mood_begins_without_a_past()
    {
        var tally = new SoundingTally(0, double.PositiveInfinity);
        Assert.Null(tally.Register);
        Hear(tally, 1, 48, from: 0);
        Hear(tally, 2, 72, from: 10);
        tally.PassTo(Frames.Of(20));
        Assert.Equal(((20 * 48) + (10 * 72)) / 30.0, tally.Register!.Value, 9);
        tally.Forget();
        Assert.Null(tally.Register);
        tally.PassTo(Frames.Of(30));
        Assert.Equal(60, tally.Register!.Value, 9); // what sounds sounds on
    }

    [Fact]
    public void Notes_that_were_taken_back_do_not_sound_on()
    {
        var tally = new SoundingTally(0, double.PositiveInfinity);
        Hear(tally, 1, 48, from: 0);
        Hear(tally, 2, 52, from: 10);
        tally.Hear(ScoreEvent.Revoke(Frames.Of(5), 1));
        tally.PassTo(Frames.Of(60));
        Assert.Null(tally.Mode);
    }

    [Fact]
    public void What_a_thin_minute_leaves_out_the_next_minutes_give_back()
    {
        var balance = new OnsetBalance();
        balance.Advance(60, 12);
        Assert.InRange(balance.Factor, 1.2, 1.5);
        for (int note = 0; note < 12; note++) balance.Add();
        Assert.Equal(1, balance.Factor, 9);
        balance.Advance(3_600, 12);
        Assert.Equal(1.5, balance.Factor, 9); // an hour is not given back at once
    }

    private static void Hear(SoundingTally tally, int note, int pitch, double from) =>
        tally.Hear(ScoreEvent.NoteOn(Frames.Of(from), 0, note, 100 * pitch, ScoreEvent.UnityQ15, 0));

    private static int Alto(double? mode, double? sounding, Func<int[], double>? likelihood = null) =>
        AltoOf(new ScoreCondition { [IntentAxis.Mode] = mode }, mode: sounding, likelihood: likelihood);

    private static int AltoOf(ScoreCondition wish, double? mode = null, double? tension = null, Func<int[], double>? likelihood = null)
    {
        var proposals = new ChordProposals();
        for (int i = 0; i < ChordProposals.Count; i++)
        {
            int[] chord = (i % 3) switch { 0 => Minor, 1 => Open, _ => Major };
            proposals.Set(i, [.. chord.Select(ScoreTokens.FromPitch)], likelihood?.Invoke(chord) ?? 0);
        }

        ReadOnlySpan<int> chosen = proposals.Nearest(wish, mode, tension);
        return ScoreTokens.ToPitch(chosen[ScoreTokens.Alto]);
    }
}
