using System.Text.RegularExpressions;
using Ambient.Composer.Moods;
using Ambient.Synth;

namespace Ambient.Composer.Tests;

/// <summary>A mood's echoes: in time, by degrees, and no word of them where a mood has none.</summary>
public partial class DelayTests
{
    private const string Wet = "\"reverb\": {";
    private static readonly string Calm = File.ReadAllText(Path.Combine(Some.Root, "moods", "calm.json"));
    private static readonly SynthParameter[] Parameters = [SynthParameter.DelayTime, SynthParameter.DelayFeedback, SynthParameter.DelayWet];

    [Theory]
    [InlineData("\"wet\": 2", "calm.json: delay.wet: 2 must be 0 to 1.")]
    [InlineData("\"feedback\": 1", "calm.json: delay.feedback: 1 must be 0 to 0.9.")]
    [InlineData("\"beats\": 0.1", "calm.json: delay.beats: 0.1 must be 0.25 to 4.")]
    [InlineData("\"beats\": 3, \"wet\": 0.2", "calm.json: delay.beats: 3 must be at most 2.52 at 56 beats a minute (pulse.bpm): an echo comes within 2.7 s.")]
    [InlineData("\"time\": 3", "calm.json: delay.time: 3 is set, but there is no such key. There are: beats, feedback, wet.")]
    public void A_wrong_delay_names_file_key_value_and_what_would_be_right(string keys, string message)
    {
        var problem = Assert.Throws<MoodException>(() => MoodFile.Parse(With($"\"delay\": {{ {keys} }}"), "calm.json"));
        Assert.Equal(message, problem.Problems.Single());
    }

    [Fact]
    public void The_example_of_the_documentation_is_a_delay_that_can_be_played()
    {
        string guide = File.ReadAllText(Path.Combine(Some.Root, "docs", "moods.md"));
        Mood mood = MoodFile.Parse(With(Example().Match(guide).Value), "calm.json");
        Assert.InRange(mood.Delay.Wet, 0.1, 0.6);
    }

    [Fact]
    public void Moods_without_a_delay_have_no_word_of_it_in_their_score() =>
        Assert.DoesNotContain(Some.Play("calm", 120), e => e.Kind == ScoreEventKind.Parameter && Parameters.Contains(e.Parameter));

    [Fact]
    public void Echoes_keep_to_the_tempo_within_a_hundredth_and_come_and_go_by_degrees()
    {
        var conductor = new Conductor(new MoodLibrary([Some.Moods()["calm"], Echoing("echo", 0.75, 0.3), Echoing("fast", 1.5, 0.2)]), Some.Rules(), 1);
        var page = new Page();
        int second = 1;
        conductor.Request(new MoodRequest("calm"));
        Play(60);
        Assert.DoesNotContain(page.Events, e => e.Kind == ScoreEventKind.Parameter && Parameters.Contains(e.Parameter));

        conductor.Request(new MoodRequest("echo"));
        Play(210);
        Assert.Equal((0.75, 0.3), (Beats(), Last(SynthParameter.DelayWet)));
        conductor.Request(new MoodRequest("fast"));
        Play(360);
        Assert.Equal((1.5, 0.2), (Beats(), Last(SynthParameter.DelayWet)));
        conductor.Request(new MoodRequest("calm"));
        Play(510);
        Assert.Equal(0, Last(SynthParameter.DelayWet));

        double wet = 0;
        foreach (ScoreEvent e in page.Events.Where(e => e is { Kind: ScoreEventKind.Parameter, Parameter: SynthParameter.DelayWet }))
        {
            Assert.InRange(Math.Abs(e.ValueQ15 / 32_768.0 - wet), 0, 0.0101); // 0.02 a second
            wet = e.ValueQ15 / 32_768.0;
        }

        int times = page.Events.Count(e => e is { Kind: ScoreEventKind.Parameter, Parameter: SynthParameter.DelayTime });
        Assert.InRange(times, 2, 60); // each is a cross-fade

        void Play(int untilSecond)
        {
            for (; second <= untilSecond; second++)
            {
                conductor.Advance((long)second * Some.Second, Some.InhabitedRoom, page);
                if (!page.Events.Exists(e => e is { Kind: ScoreEventKind.Parameter, Parameter: SynthParameter.DelayWet }) || Last(SynthParameter.DelayWet) == 0) continue;
                Assert.InRange(Math.Min(Math.Abs((Raw() / 0.75) - 1), Math.Abs((Raw() / 1.5) - 1)), 0, 0.0102);
            }
        }

        double Raw() => Last(SynthParameter.DelayTime) * conductor.Intent.TempoBpm / 60;
        double Beats() => Math.Round(Raw() * 20) / 20;
        double Last(SynthParameter parameter) => Math.Round(page.Events.Last(e => e.Kind == ScoreEventKind.Parameter && e.Parameter == parameter).ValueQ15 / 32_768.0, 4);
    }

    private static string With(string delay) => Calm.Replace(Wet, $"{delay}, {Wet}", StringComparison.Ordinal);

    private static Mood Echoing(string name, double beats, double wet) =>
        Some.Moods()["calm"] with { Name = name, Transitions = [], Pulse = new() { Bpm = new(70, 72) }, Delay = new() { Beats = beats, Feedback = 0.6, Wet = wet } };

    [GeneratedRegex("\"delay\": \\{[^}]*\\}")]
    private static partial Regex Example();
}
