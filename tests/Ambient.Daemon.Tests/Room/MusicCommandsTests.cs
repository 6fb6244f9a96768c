using Ambient.Composer;
using Ambient.Composer.Models;
using Ambient.Daemon.Room;
using Ambient.Sensors;
using Ambient.Synth;

namespace Ambient.Daemon.Tests.Room;

public sealed class MusicCommandsTests
{
    private readonly Conductor _conductor = new(Installation.LoadMoods(null), new ModelHost(() => new RuleModel()), 1);
    private readonly Events _events = new();

    [Theory]
    [InlineData("event", """{"event":"gong"}""", "event is 'gong'; allowed: chime")]
    [InlineData("event", """{"event":"chime","intensity":7}""", "intensity is 7; allowed: 0 to 1")]
    [InlineData("event", "chime", "is no JSON object")]
    [InlineData("event", "[1]", "must be a JSON object")]
    [InlineData("feedback", """{"vote":-1,"about":"taste"}""", "about is 'taste'; allowed: level, mood, density")]
    [InlineData("feedback", """{"vote":3,"about":"level"}""", "vote is 3; allowed: -1 to 1")]
    [InlineData("feedback", """{"about":"level"}""", "vote is missing; allowed: -1 to 1")]
    public void What_is_wrong_is_said_with_what_would_be_right(string command, string payload, string problem)
    {
        Assert.True(new MusicCommands(_conductor).TryHandle(command, payload, false, out string? said));
        Assert.Equal(problem, said);
    }

    [Fact]
    public void What_is_no_command_for_the_music_is_left_to_others() => Assert.False(new MusicCommands(_conductor).TryHandle("mood/set", "calm", false, out _));

    [Fact]
    public void A_chime_sounds_and_a_retained_one_does_not()
    {
        var music = new MusicCommands(_conductor);
        _conductor.Request(new MoodRequest("calm"));
        _conductor.Advance(60 * 48_000, ContextVector.Neutral, _events);
        Assert.True(music.TryHandle("event", """{"event":"chime"}""", true, out string? problem));
        Assert.Contains("retained", problem, StringComparison.Ordinal);
        music.HeardFrame = 58 * 48_000;
        int before = _events.Notes;
        Assert.True(music.TryHandle("event", """{"event":"chime","intensity":0.5}""", false, out problem));
        Assert.Null(problem);
        _conductor.Advance((60 * 48_000) + 1, ContextVector.Neutral, _events);
        Assert.True(_events.Notes > before, "within the two seconds that were already planned");
    }

    [Fact]
    public void Votes_for_less_make_it_quieter()
    {
        var music = new MusicCommands(_conductor);
        _conductor.Request(new MoodRequest("calm", 80));
        _conductor.Advance(60 * 48_000, ContextVector.Neutral, _events);
        int before = _events.Master;
        for (int i = 0; i < 4; i++) Assert.True(music.TryHandle("feedback", """{"vote":-1,"about":"level"}""", false, out _));
        _conductor.Advance(90 * 48_000, ContextVector.Neutral, _events);
        Assert.Equal(-3, 20 * Math.Log10((double)_events.Master / before), 0.2);
    }

    private sealed class Events : IScoreSink
    {
        public int Notes { get; private set; }

        public int Master { get; private set; }

        public bool TryAdd(in ScoreEvent scoreEvent)
        {
            if (scoreEvent.Kind == ScoreEventKind.NoteOn) Notes++;
            if (scoreEvent is { Kind: ScoreEventKind.Parameter, Parameter: SynthParameter.MasterGain }) Master = scoreEvent.ValueQ15;
            return true;
        }
    }
}
