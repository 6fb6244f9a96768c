using Ambient.Composer.Moods;
using Ambient.Sensors;
using Ambient.Synth;

namespace Ambient.Composer.Tests;

/// <summary>A change of mood: nothing jumps, and a person is answered at once.</summary>
public class TransitionTests
{
    private const int LookAheadSeconds = 2;

    [Theory]
    [InlineData("calm", "focus")]
    [InlineData("social", "night")]
    [InlineData("night", "bright")]
    [InlineData("cathedral", "rain")]
    public void Gains_move_at_most_a_decibel_a_second_and_tempo_one_percent_a_beat(string from, string to)
    {
        var conductor = new Conductor(Some.Moods(), Some.Rules(), 2);
        var page = new Page();
        conductor.Request(new MoodRequest(from, 90));
        conductor.Advance(150 * Some.Second, Some.InhabitedRoom, page);
        conductor.Request(new MoodRequest(to, 90));
        double tempo = conductor.Intent.TempoBpm;
        for (int half = 1; half <= 600; half++)
        {
            conductor.Advance((150 * Some.Second) + (half * Some.Second / 2), Some.InhabitedRoom, page);
            double beats = tempo / 120;
            Assert.InRange(conductor.Intent.TempoBpm / tempo, 1 - (0.0101 * beats), 1 + (0.0101 * beats));
            tempo = conductor.Intent.TempoBpm;
        }

        Assert.Equal(to, conductor.Mood.Sounding);
        Assert.Null(conductor.Mood.Target);
        AssertGainsAreSmooth(page.Events.Where(e => e.Frame > 60 * Some.Second));
    }

    [Theory]
    [InlineData("calm", "focus")]
    [InlineData("bright", "cathedral")]
    public void No_note_lies_outside_both_palettes(string from, string to)
    {
        var conductor = new Conductor(Some.Moods(), Some.Rules(), 6);
        var page = new Page();
        conductor.Request(new MoodRequest(from));
        conductor.Advance(200 * Some.Second, Some.InhabitedRoom, page);
        conductor.Request(new MoodRequest(to));
        string left = conductor.Score.Key;
        page.Events.Clear();
        int second = 200;
        while (conductor.Mood.Target is not null) conductor.Advance(++second * (long)Some.Second, Some.InhabitedRoom, page);
        Palette old = Some.Moods()[from].AllPalettes().Single(palette => palette.Name == left);
        string now = conductor.Score.Key;
        Palette[] possible = [.. Some.Moods()[to].AllPalettes().Where(palette => now.StartsWith(palette.Name, StringComparison.Ordinal))];
        Assert.NotEmpty(possible);
        Assert.All(page.Events.Notes(), e => Assert.True(old.Bed.Contains(e.PitchCents / 100) || possible.Any(palette => palette.Bed.Contains(e.PitchCents / 100))));
        Assert.InRange(second - 200, 30, 200);
    }

    [Fact]
    public void A_change_waits_for_the_end_of_the_phrase_and_is_complete_as_its_rule_says()
    {
        var conductor = new Conductor(Some.Moods(), Some.Rules(), 2);
        var page = new Page();
        conductor.Request(new MoodRequest("calm"));
        conductor.Advance(120 * Some.Second, ContextVector.Neutral, page);
        conductor.Request(new MoodRequest("focus"));
        int seconds = 0;
        while (conductor.Mood.Target is not null) conductor.Advance((120 + ++seconds) * Some.Second, ContextVector.Neutral, page);

        // 84 beats at about 56 a minute, after up to half a minute of waiting.
        Assert.InRange(seconds, 80, 135);
        Assert.Equal("focus", conductor.Mood.Sounding);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_prompt_change_sounds_on_the_next_beat_and_a_person_is_answered_within_a_second(bool isByPerson)
    {
        var conductor = new Conductor(Some.Moods(), Some.Rules(), 2);
        var page = new Page();
        conductor.Request(new MoodRequest("calm", 90));
        long heard = 120 * Some.Second;
        conductor.Advance(heard + (LookAheadSeconds * Some.Second), ContextVector.Neutral, page);
        double before = Master(page.Events.AsHeard(), heard);
        conductor.Request(new MoodRequest("night", 90, IsUrgent: !isByPerson, IsByPerson: isByPerson), heard);
        conductor.Advance(heard + (20 * Some.Second), ContextVector.Neutral, page);
        List<ScoreEvent> events = page.Events.AsHeard();

        Assert.Contains(page.Events, e => e.Kind == ScoreEventKind.Revoke && e.Frame == heard);
        double deepest = Enumerable.Range(0, 10).Min(tenth => Master(events, heard + (tenth * Some.Second / 10)));
        if (isByPerson) Assert.InRange(deepest - before, -3.3, -2.4);
        else Assert.InRange(deepest - before, -1, 0.1);
        Assert.InRange(Master(events, heard + (8 * Some.Second)) - before, -1.6, 1.6);

        Palette[] night = [.. Some.Moods()["night"].AllPalettes()];
        ScoreEvent first = events.Notes().First(e => e.Frame >= heard);
        Assert.True(first.Frame <= heard + (3 * Some.Second), "the next beat, and a voice's entry");
        Assert.All(events.Notes().Where(e => e.Frame >= heard), e => Assert.Contains(night, palette => palette.Bed.Contains(e.PitchCents / 100)));
        Assert.Contains(conductor.Score.Key, night.Select(palette => palette.Name));
    }

    [Fact]
    public void What_was_taken_back_leaves_no_note_hanging_and_gains_go_on_gliding()
    {
        var conductor = new Conductor(Some.Moods(), Some.Rules(), 7);
        var page = new Page();
        conductor.Request(new MoodRequest("welcome", 90));
        string[] moods = ["calm", "focus", "social", "rain"];
        long heard = 0;
        for (int i = 0; i < 12; i++)
        {
            heard += 37 * Some.Second;
            conductor.Advance(heard + (LookAheadSeconds * Some.Second), Some.InhabitedRoom, page);
            conductor.Request(new MoodRequest(moods[i % 4], 90, IsUrgent: true), heard);
        }

        conductor.Request(new MoodRequest("off"));
        conductor.Advance(heard + (60 * Some.Second), Some.InhabitedRoom, page);
        List<ScoreEvent> events = page.Events.AsHeard();
        var sounding = new HashSet<int>();
        foreach (ScoreEvent e in events)
        {
            if (e.Kind == ScoreEventKind.NoteOn) sounding.Add(e.NoteId);
            if (e.Kind == ScoreEventKind.NoteOff) sounding.Remove(e.NoteId);
        }

        Assert.Empty(sounding);
        AssertGainsAreSmooth(events.Where(e => e.Frame > 30 * Some.Second && e.Frame < heard));
    }

    [Fact]
    public void An_event_is_answered_in_key_on_the_next_beat_and_then_the_music_goes_on()
    {
        var conductor = new Conductor(Some.Moods(), Some.Rules(), 3);
        var page = new Page();
        conductor.Request(new MoodRequest("calm"));
        long heard = 90 * Some.Second;
        conductor.Advance(heard + (LookAheadSeconds * Some.Second), ContextVector.Neutral, page);
        int before = page.Events.Count;
        Assert.True(conductor.Gesture(0.6, heard));
        Assert.False(conductor.Gesture(0.6, heard), "one at a time");
        string key = conductor.Score.Key;
        conductor.Advance(heard + (LookAheadSeconds * Some.Second) + 1, ContextVector.Neutral, page);
        List<ScoreEvent> notes = [.. page.Events.Skip(before).Notes()];
        Assert.InRange(notes.Count, 2, 5);
        Assert.InRange(notes[0].Frame - heard, 0, 1.1 * Some.Second);
        Palette palette = Some.Moods()["calm"].AllPalettes().First(palette => key.StartsWith(palette.Name, StringComparison.Ordinal));
        Assert.All(notes, e => Assert.True(palette.Speak.Contains(e.PitchCents / 100)));
        Assert.True(notes.Zip(notes.Skip(1)).All(pair => pair.Second.PitchCents > pair.First.PitchCents));
        conductor.Advance(heard + (60 * Some.Second), ContextVector.Neutral, page);
        Assert.True(page.Events.Skip(before + notes.Count).Salient("calm").Any());
    }

    private static double Master(List<ScoreEvent> events, long frame)
    {
        double value = 0;
        foreach (ScoreEvent e in events.Where(e => e is { Kind: ScoreEventKind.Parameter, Parameter: SynthParameter.MasterGain } && e.Frame <= frame))
        {
            double way = e.RampFrames == 0 ? 1 : Math.Clamp((double)(frame - e.Frame) / e.RampFrames, 0, 1);
            value = double.Lerp(value, e.ValueQ15, way);
        }

        return 20 * Math.Log10(value / ScoreEvent.UnityQ15);
    }

    // 60 dB below its layer's design a gain goes to zero: nobody hears that in any room.
    private static void AssertGainsAreSmooth(IEnumerable<ScoreEvent> events)
    {
        foreach (var series in events.Where(e => e is { Kind: ScoreEventKind.Parameter, Parameter: SynthParameter.MasterGain or SynthParameter.InstrumentGain }).GroupBy(e => (e.Parameter, e.Instrument)))
        {
            foreach ((ScoreEvent one, ScoreEvent next) in series.Zip(series.Skip(1)))
            {
                const int Inaudible = 36; // of 32 768, -59 dB
                if (one.ValueQ15 <= Inaudible && next.ValueQ15 <= Inaudible) continue;
                Assert.True(one.ValueQ15 > 0 && next.ValueQ15 > 0, $"{series.Key} is switched at {next.Frame / (double)Some.Second:0.0} s");
                double db = 20 * Math.Log10((double)next.ValueQ15 / one.ValueQ15);
                double rounding = 20 * Math.Log10(1 + (1.0 / Math.Min(one.ValueQ15, next.ValueQ15)));
                double seconds = Math.Max(0.5, (double)(next.Frame - one.Frame) / Some.Second);
                Assert.True(Math.Abs(db) <= (1.0 * seconds) + 0.02 + rounding, $"{series.Key} moves {db:0.00} dB in {seconds:0.0} s at {next.Frame / (double)Some.Second:0.0} s");
            }
        }
    }
}
