using Ambient.Composer.Arrangement;
using Ambient.Composer.Evaluation.Judging;
using Ambient.Composer.Moods;

namespace Ambient.Composer.Tests;

/// <summary>The hard limits of single notes, against whatever players might want.</summary>
public class SalientGateTests
{
    [Theory]
    [InlineData(1, 0.25)] // a machine gun on two pitches
    [InlineData(2, 0.5)]
    [InlineData(3, 1.0)]
    [InlineData(4, 1.9)]
    public void Whatever_is_wanted_no_pitch_is_struck_a_third_time_at_even_distances(ulong seed, double meanSeconds)
    {
        var chance = new Prng(seed);
        var gate = new SalientGate();
        var struck = new List<ScoreNote>();
        double second = 0;
        int wanted = 0;
        for (; wanted < 20_000; wanted++)
        {
            // On a grid every second time: nothing is more even.
            second += wanted % 2 == 0 ? meanSeconds : chance.LogNormal(meanSeconds, 0.3, 0.25, 4);
            int pitch = 72 + chance.Between(0, 1);
            long frame = Frames.Of(second);
            if (gate.IsAlarm(pitch, frame)) continue;
            gate.Add(pitch, frame);
            struck.Add(new ScoreNote((double)frame / Some.Second, second + 1, pitch, chance.Chance(0.5) ? "bell" : "felt", true));
        }

        Assert.Equal(0, Repeats.AlarmLike(struck));
        Assert.InRange(struck.Count, wanted / 5, wanted);
    }

    [Fact]
    public void What_was_taken_back_is_no_stroke()
    {
        var gate = new SalientGate();
        gate.Add(72, 0);
        gate.Add(72, Some.Second);
        Assert.True(gate.IsAlarm(72, 2 * Some.Second));
        gate.Revoke(Some.Second);
        Assert.False(gate.IsAlarm(72, 2 * Some.Second));
    }

    [Fact]
    public void The_shortest_scale_makes_no_alarm_of_an_event()
    {
        Mood mood = Some.Moods()["calm"];
        Mood narrow = mood with { Name = "narrow", Registers = mood.Registers with { Soprano = new(62, 74), Glint = new(72, 84) } };
        var conductor = new Conductor(new MoodLibrary([narrow]), Some.Rules(), 3);
        var page = new Page();
        conductor.Request(new MoodRequest("narrow"));
        for (int i = 1; i <= 40; i++)
        {
            conductor.Advance(i * 10L * Some.Second, Some.InhabitedRoom, page);
            conductor.Gesture(1);
        }

        Assert.Equal(0, Repeats.AlarmLike([.. page.Events.Salient("calm").Select(e => new ScoreNote((double)e.Frame / Some.Second, 0, e.PitchCents / 100, "", true))]));
    }
}
