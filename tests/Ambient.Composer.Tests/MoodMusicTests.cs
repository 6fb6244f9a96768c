using Ambient.Composer.Evaluation.Judging;
using Ambient.Composer.Moods;
using Ambient.Sensors;
using Ambient.Synth;

namespace Ambient.Composer.Tests;

/// <summary>What holds for every mood that ships, and for every mood that anybody writes.</summary>
public class MoodMusicTests
{
    private static readonly LayerRole[] Freely = [LayerRole.Speak, LayerRole.Answer, LayerRole.Pulse, LayerRole.Loops, LayerRole.Glint, LayerRole.Sign, LayerRole.Motion];

    public static TheoryData<string> AudibleMoods => Some.AudibleMoods;

    [Theory]
    [MemberData(nameof(AudibleMoods))]
    public void In_twenty_minutes_no_note_leaves_the_palettes_and_registers_of_the_mood(string name)
    {
        Mood mood = Some.Moods()[name];
        Palette[] palettes = [.. mood.AllPalettes()];
        foreach (ScoreEvent e in Some.Play(name, 1_200, seed: 3).Notes())
        {
            int pitch = e.PitchCents / 100;
            Assert.Equal(0, e.PitchCents % 100);
            (string role, MoodLayer layer) = mood.Layers.First(entry => entry.Value.Alternates.Prepend(entry.Value.Instrument).Contains(Orchestra.Names[e.Instrument]));
            LayerRole part = Enum.Parse<LayerRole>(role, ignoreCase: true);
            bool isFree = Freely.Contains(part);
            Assert.True(palettes.Any(palette => (isFree ? palette.Speak : palette.Bed).Contains(pitch)), $"{pitch} of {role} is in no palette of {name}");
            Bounds register = layer.Register ?? part switch
            {
                LayerRole.Floor => mood.Registers.Floor with { Max = mood.Registers.Floor.Max + 7 }, // its fifth
                LayerRole.Bed or LayerRole.Halo => new(mood.Registers.Bass.Min, Math.Max(mood.Registers.Soprano.Max, mood.Registers.Alto.Max)),
                LayerRole.Glint => mood.Registers.Glint,
                LayerRole.Motion => mood.Registers.Tenor,
                _ => mood.Registers.Soprano,
            };
            Assert.True(register.Contains(pitch), $"{role} plays {pitch} outside [{register.Min}, {register.Max}]");
        }
    }

    [Theory]
    [MemberData(nameof(AudibleMoods))]
    public void No_twenty_seconds_hold_more_than_twice_the_moods_mean_of_notes(string name)
    {
        Mood mood = Some.Moods()[name];
        double most = Math.Max(1, 2 * (mood.OnsetsPerMinute.Min + mood.OnsetsPerMinute.Max) / 2 * 20 / 60);
        long[] onsets = [.. Some.Play(name, 1_200).Salient(name).Select(e => e.Frame)];
        for (int i = 0; i < onsets.Length; i++)
        {
            int inside = onsets.Skip(i).TakeWhile(frame => frame <= onsets[i] + (20 * Some.Second)).Count();
            Assert.True(inside <= most, $"{inside} notes in 20 s, {most:0.0} allowed");
        }
    }

    [Theory]
    [MemberData(nameof(AudibleMoods))]
    public void Density_lies_inside_the_mood_when_somebody_is_there(string name)
    {
        Mood mood = Some.Moods()[name];
        double perMinute = Some.Play(name, 2_400).Salient(name).Count() / 40.0;
        double least = mood.Journey?.OnsetsPerMinute?.Min ?? mood.OnsetsPerMinute.Min;
        Assert.InRange(perMinute, 0.7 * least, 1.1 * mood.OnsetsPerMinute.Max);
    }

    [Fact]
    public void Wind_down_leads_to_half_the_notes_and_a_slower_pulse_in_forty_minutes()
    {
        var conductor = new Conductor(Some.Moods(), Some.Rules(), 4);
        conductor.Request(new MoodRequest("wind-down"));
        var page = new Page();
        double tempo = 0, level = 0;
        for (int minute = 1; minute <= 45; minute++)
        {
            conductor.Advance(minute * 60L * Some.Second, ContextVector.Neutral, page);
            if (minute == 2) (tempo, level) = (conductor.Score.TempoBpm, Master());
        }

        Assert.InRange(tempo, 60, 64);
        Assert.InRange(conductor.Score.TempoBpm, 49.5, 52);
        Assert.Equal(-3, Master() - level, 0.2);
        int Count(int from, int to) => page.Events.Salient("wind-down").Count(e => e.Frame >= from * 60L * Some.Second && e.Frame < to * 60L * Some.Second);
        Assert.True(Count(35, 45) < 0.65 * Count(0, 10), $"{Count(0, 10)} notes in the first ten minutes, {Count(35, 45)} in the last");

        double Master() => 20 * Math.Log10(page.Events.Last(e => e is { Kind: ScoreEventKind.Parameter, Parameter: SynthParameter.MasterGain }).ValueQ15 / 32_768.0);
    }

    [Fact]
    public void The_brands_sign_sounds_at_most_every_three_minutes()
    {
        string sign = Some.Instruments("brand-example", LayerRole.Sign).Single();
        List<ScoreEvent> notes = [.. Some.Play("brand-example", 3_600).Notes(sign)];
        var beginnings = notes.Where((e, i) => i == 0 || e.Frame - notes[i - 1].Frame > 30L * Some.Second).Select(e => e.Frame).ToList();
        Assert.InRange(beginnings.Count, 5, 20);
        Assert.All(beginnings.Zip(beginnings.Skip(1)), pair => Assert.True(pair.Second - pair.First >= 170L * Some.Second));
    }

    [Theory]
    [MemberData(nameof(AudibleMoods))]
    public void Nothing_calls_like_an_alarm(string name)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            List<ScoreNote> strokes = [.. Some.Play(name, 1_200, seed).Salient(name).Select(e => new ScoreNote((double)e.Frame / Some.Second, 0, e.PitchCents / 100, "", true))];
            Assert.Equal(0, Repeats.AlarmLike(strokes));
        }
    }
}
