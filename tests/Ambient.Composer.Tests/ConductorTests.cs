using Ambient.Sensors;
using Ambient.Synth;

namespace Ambient.Composer.Tests;

public class ConductorTests
{
    [Fact]
    public void Same_seed_plays_the_same_and_another_seed_plays_something_else()
    {
        Assert.Equal(Some.Play("calm", 300, seed: 1), Some.Play("calm", 300, seed: 1));
        Assert.NotEqual(Some.Play("calm", 300, seed: 1).Salient("calm").Select(e => e.PitchCents), Some.Play("calm", 300, seed: 2).Salient("calm").Select(e => e.PitchCents));
    }

    [Fact]
    public void How_often_it_is_called_changes_nothing() =>
        Assert.Equal(Some.Play("calm", 240, callSeconds: 0.25), Some.Play("calm", 240, callSeconds: 8));

    [Fact]
    public void Frames_never_decrease_and_every_note_ends()
    {
        List<ScoreEvent> events = Some.Play("calm", 1_200);
        Assert.True(events.Zip(events.Skip(1)).All(pair => pair.First.Frame <= pair.Second.Frame));
        var sounding = new HashSet<int>();
        int most = 0;
        foreach (ScoreEvent e in events)
        {
            if (e.Kind == ScoreEventKind.NoteOn) Assert.True(sounding.Add(e.NoteId));
            if (e.Kind == ScoreEventKind.NoteOff) Assert.True(sounding.Remove(e.NoteId));
            most = Math.Max(most, sounding.Count);
        }

        Assert.InRange(most, 4, 20);
    }

    [Fact]
    public void A_full_sink_loses_nothing()
    {
        List<ScoreEvent> whole = Some.Play("calm", 120);
        var conductor = new Conductor(Some.Moods(), Some.Rules(), 1);
        conductor.Request(new MoodRequest("calm", 100));
        var page = new Page(room: 0);
        for (int t = 2; t <= 120; t += 2)
        {
            page.Room = 7;
            conductor.Advance(t * Some.Second, Some.InhabitedRoom, page);
        }

        page.Room = int.MaxValue;
        conductor.Advance(120 * Some.Second, Some.InhabitedRoom, page);
        Assert.Equal(whole, page.Events);
    }

    [Fact]
    public void Density_follows_the_room()
    {
        // Half an hour empty, half an hour inhabited, and so on: three-minute windows rank with the room.
        var conductor = new Conductor(Some.Moods(), Some.Rules(), 5);
        conductor.Request(new MoodRequest("calm"));
        var page = new Page();
        const int Block = 30 * 60;
        for (int t = 0; t < 4 * Block; t++) conductor.Advance((t + 1) * (long)Some.Second, t / Block % 2 == 0 ? Some.EmptyRoom : Some.InhabitedRoom, page);

        double PerMinute(int block) => page.Events.Salient("calm")
            .Count(e => e.Frame >= (((block * Block) + 300) * (long)Some.Second) && e.Frame < (block + 1) * Block * (long)Some.Second) / 25.0;

        double[] empty = [PerMinute(0), PerMinute(2)];
        double[] inhabited = [PerMinute(1), PerMinute(3)];
        Assert.True(empty.Max() < 0.65 * inhabited.Min(), $"empty {empty[0]:0.0} and {empty[1]:0.0}, inhabited {inhabited[0]:0.0} and {inhabited[1]:0.0} bells a minute");
        Assert.True(empty.Min() > 1);
    }

    [Fact]
    public void No_two_sixteen_bar_stretches_are_alike()
    {
        List<ScoreEvent> notes = [.. Some.Play("calm", 600).Salient("calm")];
        const long Stretch = 64 * Some.Second; // 16 bars of 4 beats at about 60
        var heard = new HashSet<string>();
        for (int first = 0; first < notes.Count; first++)
        {
            ScoreEvent[] stretch = [.. notes.Skip(first).TakeWhile(e => e.Frame < notes[first].Frame + Stretch)];
            if (notes[^1].Frame < notes[first].Frame + Stretch) break;
            string shape = string.Join(' ', stretch.Select(e => $"{e.PitchCents}@{(e.Frame - stretch[0].Frame) / (Some.Second / 4)}"));
            Assert.True(heard.Add(shape));
        }
    }

    [Fact]
    public void A_level_step_is_half_a_decibel_and_zero_is_silence()
    {
        Assert.Equal(1.0, MasterAfterAMinute(100), 3);
        Assert.Equal(Math.Pow(10, -10 / 20.0), MasterAfterAMinute(80), 3);
        Assert.Equal(0, MasterAfterAMinute(0));

        static double MasterAfterAMinute(double level)
        {
            var conductor = new Conductor(Some.Moods(), Some.Rules(), 1);
            conductor.Request(new MoodRequest("calm", level));
            var page = new Page();

            // Inside the mood the room may move loudness by 1.5 dB; a neutral one does not.
            conductor.Advance(60 * Some.Second, ContextVector.Neutral, page);
            return page.Events.LastOrDefault(e => e is { Kind: ScoreEventKind.Parameter, Parameter: SynthParameter.MasterGain }).ValueQ15 / 32_768.0;
        }
    }

    [Fact]
    public void Off_fades_in_ten_seconds_to_zero_and_comes_back_as_something_new()
    {
        var conductor = new Conductor(Some.Moods(), Some.Rules(), 2);
        var page = new Page();
        conductor.Request(new MoodRequest("calm", 60));
        conductor.Advance(60 * Some.Second, ContextVector.Neutral, page);
        conductor.Request(new MoodRequest("off"));
        conductor.Advance(90 * Some.Second, ContextVector.Neutral, page);
        ScoreEvent last = page.Events.Last(e => e is { Kind: ScoreEventKind.Parameter, Parameter: SynthParameter.MasterGain });
        Assert.Equal(0, last.ValueQ15);
        Assert.InRange(last.Frame, 68 * Some.Second, 72 * Some.Second);
        Assert.Equal("off", conductor.Mood.Sounding);

        page.Events.Clear();
        conductor.Advance(300 * Some.Second, ContextVector.Neutral, page);
        Assert.Empty(page.Events.Notes());
        conductor.Request(new MoodRequest("calm", 60));
        conductor.Advance(330 * Some.Second, ContextVector.Neutral, page);
        Assert.NotEmpty(page.Events.Notes("pad"));
    }

    [Fact]
    public void The_drone_rests_now_and_then_and_no_pitch_drones_for_more_than_twelve_minutes()
    {
        var sounding = new Dictionary<int, (int Pitch, long Start)>();
        double longest = 0, silent = 0;
        long silentSince = 0;
        foreach (ScoreEvent e in Some.Play("calm", 3_600).Where(e => Orchestra.Names[e.Instrument] == "drone"))
        {
            if (e.Kind == ScoreEventKind.NoteOn)
            {
                if (sounding.Count == 0) silent = Math.Max(silent, (e.Frame - silentSince) / (double)Some.Second);
                sounding[e.NoteId] = (e.PitchCents, e.Frame);
            }

            if (e.Kind == ScoreEventKind.NoteOff && sounding.Remove(e.NoteId, out var note))
            {
                longest = Math.Max(longest, (e.Frame - note.Start) / (double)Some.Second);
                silentSince = e.Frame;
            }
        }

        Assert.InRange(silent, 55, 130);
        Assert.True(longest <= 720, $"one pitch droned for {longest:0} s");
    }
}
