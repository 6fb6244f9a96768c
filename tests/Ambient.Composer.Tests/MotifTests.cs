using Ambient.Composer.Arrangement;
using Ambient.Composer.Evaluation;
using Ambient.Composer.Evaluation.Judging;
using Ambient.Composer.Midi;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Composer.Theory;

namespace Ambient.Composer.Tests;

public class MotifTests
{
    private static readonly TokenMask Everything = TokenMask.Where(pitch => pitch is >= 40 and <= 80);

    [Fact]
    public void What_was_said_is_recalled_with_its_intervals_and_its_rhythm()
    {
        var memory = new MotifMemory(new Prng(3));
        int[] pitches = [60, 64, 62, 67, 65, 69, 60, 62];
        Say(memory, pitches, 0, i => 1 + (0.25 * i));
        Say(memory, [70, 72], 60, _ => 1);
        while (memory.BeginPhrase(Everything, _ => 0) == 0 || memory.Continuation[0] != 65)
        {
        }

        Assert.Equal([65, 69, 67, 72, 70, 74], memory.Continuation[..6]);
        memory.Add(100 * Some.Second, 65);
        Assert.Equal(69, memory.Continuation[0]);
        Assert.Equal(1.0, memory.Gap!.Value, 6);
        memory.Add(101 * Some.Second, 69);
        Assert.Equal(67, memory.Continuation[0]);
        Assert.Equal(1.25, memory.Gap!.Value, 6);
    }

    [Fact]
    public void One_changed_note_is_a_variation_and_a_second_one_ends_the_recall()
    {
        var memory = new MotifMemory(new Prng(3));
        Say(memory, [60, 64, 62, 67, 65, 69, 60, 62], 0, _ => 1);
        Say(memory, [70, 72], 60, _ => 1);
        while (memory.BeginPhrase(Everything, _ => 0) == 0 || memory.Continuation[0] != 60)
        {
        }

        memory.Add(100 * Some.Second, 60);
        memory.Add(101 * Some.Second, 63);
        Assert.Equal(62, memory.Continuation[0]);
        memory.Add(102 * Some.Second, 61);
        Assert.Empty(memory.Continuation);
        Assert.Null(memory.Gap);
    }

    [Fact]
    public void What_may_be_recalled_is_heard_whole()
    {
        var memory = new MotifMemory(new Prng(3));
        Say(memory, [60, 64, 62, 67, 65, 69, 60, 62, 64, 65, 67, 69], 0, _ => 1);
        Say(memory, [70, 72], 60, _ => 1);
        for (int i = 0; i < 50; i++)
        {
            var heard = new List<int>();
            int recalled = memory.BeginPhrase(Everything, pitches =>
            {
                heard.Add(pitches.Length);
                return 0;
            });
            Assert.All(heard, length => Assert.Equal(recalled, length));
        }
    }

    [Fact]
    public void Of_the_ways_to_say_it_again_the_one_that_the_model_finds_likely_is_taken()
    {
        var memory = new MotifMemory(new Prng(3));
        Say(memory, [60, 64, 62, 67, 65, 69, 60, 62], 0, _ => 1);
        Say(memory, [70, 72], 60, _ => 1);
        for (int i = 0; i < 50; i++)
        {
            double highest = double.NegativeInfinity;
            int length = memory.BeginPhrase(Everything, pitches =>
            {
                highest = Math.Max(highest, pitches[0]);
                return 100 * pitches[0];
            });
            if (length > 0) Assert.Equal(highest, memory.Continuation[0]);
        }
    }

    [Fact]
    public void Nothing_is_recalled_at_once_nor_a_third_time_in_a_row()
    {
        var memory = new MotifMemory(new Prng(3));
        int[] pitches = [60, 64, 62, 67, 65, 69, 60, 62];
        Say(memory, pitches, 0, _ => 1);
        for (int i = 0; i < 50; i++) Assert.Equal(0, memory.BeginPhrase(Everything, _ => 0));
        Say(memory, [70, 72], 20, _ => 1);
        Say(memory, [.. pitches.Select(pitch => pitch + 2)], 40, _ => 1);
        for (int i = 0; i < 50; i++) Assert.Equal(0, memory.BeginPhrase(Everything, _ => 0));
    }

    [Fact]
    public void One_recall_does_not_go_on_where_the_last_one_ended()
    {
        var memory = new MotifMemory(new Prng(3));
        int[] phrase = [60, 64, 62, 67, 65, 69];
        Say(memory, phrase, 0, _ => 1);
        Say(memory, [61, 66, 62, 68, 65, 64], 6, _ => 1);
        Say(memory, [70, 72], 60, _ => 1);
        for (int attempt = 0; attempt < 50; attempt++)
        {
            if (memory.BeginPhrase(Everything, pitches => IsOf(phrase, pitches) ? 0 : -1_000) != phrase.Length || !IsOf(phrase, memory.Continuation)) continue;
            for (int i = 0; i < 50; i++)
            {
                memory.BeginPhrase(Everything, pitches => IsOf(phrase, pitches) ? -1_000 : 0);
                Assert.True(memory.Continuation.Length == 0 || IsOf(phrase, memory.Continuation));
                if (memory.Continuation.Length > 0) return;
            }
        }

        Assert.Fail("nothing was recalled");

        static bool IsOf(int[] phrase, ReadOnlySpan<int> pitches) => pitches[1] - pitches[0] == phrase[1] - phrase[0];
    }

    [Fact]
    public void A_recall_does_not_go_on_where_the_original_of_a_copy_went_on()
    {
        var memory = new MotifMemory(new Prng(3));
        int[] phrase = [60, 64, 62, 67, 65, 69], next = [61, 66, 62, 68, 65, 64];
        Say(memory, phrase, 0, _ => 1);
        Say(memory, next, 10, _ => 1);
        Say(memory, [70, 72], 60, _ => 1);
        Say(memory, [.. phrase.Select(pitch => pitch + 2)], 80, _ => 1);
        bool isElsewhere = false;
        for (int i = 0; i < 200; i++)
        {
            if (memory.BeginPhrase(Everything, pitches => pitches[1] - pitches[0] == next[1] - next[0] ? 0 : -1_000) == 0) continue;
            int shift = memory.Continuation[0] - next[0];
            if (memory.Continuation[1] - memory.Continuation[0] != next[1] - next[0]) continue;
            Assert.NotEqual(2, shift);
            isElsewhere = true;
        }

        Assert.True(isElsewhere, "in another key it is a variation");
    }

    [Fact]
    public void Nothing_is_recalled_that_does_not_fit_the_palette()
    {
        var memory = new MotifMemory(new Prng(3));
        Say(memory, [60, 61, 62, 63, 64, 65, 66, 67], 0, _ => 1);
        Say(memory, [70, 72], 60, _ => 1);
        TokenMask pentatonic = TokenMask.Where(PitchClassSet.Of([0, 2, 4, 7, 9]).Contains);
        for (int i = 0; i < 50; i++) Assert.Equal(0, memory.BeginPhrase(pentatonic, _ => 0));
    }

    [Fact]
    public void An_hour_of_calm_returns_to_what_it_said_but_does_not_loop()
    {
        using var host = ModelHost.Open(Path.Combine(Some.Root, "models"));
        Assert.Null(host.Fault);
        var meter = new MusicMeter();
        var conductor = new Conductor(Some.Moods(), host, 1);
        conductor.Composed += meter.Add;
        conductor.Request(new MoodRequest("calm"));
        conductor.Advance(3_600L * Some.Second, Some.InhabitedRoom, new Page());
        Assert.InRange(meter.Measure().Repetition, 0.05, 0.25);
    }

    [Fact]
    public void A_melody_does_not_go_to_and_fro_between_two_pitches()
    {
        using var host = ModelHost.Open(Path.Combine(Some.Root, "models"));
        var pitches = new List<int>();
        var conductor = new Conductor(Some.Moods(), host, 1);
        conductor.Composed += frame =>
        {
            if (ScoreTokens.IsPitch(frame.Soprano) && (pitches.Count == 0 || pitches[^1] != frame.Soprano)) pitches.Add(frame.Soprano);
        };
        conductor.Request(new MoodRequest("calm"));
        conductor.Advance(3_600L * Some.Second, Some.InhabitedRoom, new Page());
        int trills = Enumerable.Range(4, pitches.Count - 4).Count(i => pitches[i] == pitches[i - 2] && pitches[i] == pitches[i - 4] && pitches[i - 1] == pitches[i - 3]);
        Assert.InRange(pitches.Count, 300, 2_000);
        Assert.InRange(trills, 0, pitches.Count / 50); // real melodies: one in a hundred
    }

    [Theory]
    [InlineData(new[] { 60, 62, 60, 62 }, 60)]
    [InlineData(new[] { 65, 60, 62, 60, 60, 62 }, 60)] // breathes and comes in on the pitch where it stopped
    [InlineData(new[] { 60, 62, 60, 64 }, null)]
    [InlineData(new[] { 60, 62, 60 }, null)]
    public void Where_a_melody_has_gone_to_and_fro_it_is_known_where_it_may_not_go(int[] pitches, int? avoided)
    {
        var memory = new MotifMemory(new Prng(3));
        Say(memory, pitches, 0, _ => 1);
        Assert.Equal(avoided, memory.Trill);
    }

    [Fact]
    public void Voices_of_a_busy_mood_take_turns_so_that_what_returns_is_recognised()
    {
        using var host = ModelHost.Open(Path.Combine(Some.Root, "models"));
        MoodLibrary moods = Some.Moods();
        var score = new MidiWriter();
        var conductor = new Conductor(moods, host, 1);
        conductor.Request(new MoodRequest("social"));
        conductor.Advance(3_600L * Some.Second, Some.InhabitedRoom, score);
        List<ScoreNote> salient = [.. Salience.Notes(MidiReader.Read(score.ToArray()), moods["social"]).Where(note => note.IsSalient)];
        Assert.InRange(Repeats.HeardBefore(salient), 0.05, 0.25);
        Assert.InRange(Repeats.LongestRun(salient), 0, 23);
    }

    private static void Say(MotifMemory memory, int[] pitches, double at, Func<int, double> gap)
    {
        memory.BeginPhrase(Everything, _ => 0);
        for (int i = 0; i < pitches.Length; i++)
        {
            memory.Add(Frames.Of(at), pitches[i]);
            at += gap(i);
        }
    }
}
