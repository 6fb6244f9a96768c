using Ambient.Daemon.Room;
using Ambient.Sensors;
using Ambient.Sensors.Fusion;

namespace Ambient.Daemon.Tests.Room;

/// <summary>Numbers about the room that no sensor measures: <c>ambient/&lt;id&gt;/input/&lt;name&gt;</c>.</summary>
public class ContextInputsTests
{
    private readonly ContextFusion _fusion = new();
    private readonly ContextInputs _inputs;

    public ContextInputsTests() => _inputs = new ContextInputs(reading => _fusion.Add(reading));

    [Fact]
    public void A_heart_and_a_breath_reach_the_context_and_are_forgotten_after_a_minute()
    {
        Take("input/heart_rate", "62");
        Take("input/breathing", """{"value": 12.5}""");
        ContextVector now = _fusion.Fuse(Some.Noon);
        Assert.Equal(62, now.HeartRateBpm);
        Assert.Equal(12.5, now.BreathsPerMinute);
        ContextVector later = _fusion.Fuse(Some.Noon.AddSeconds(90));
        Assert.Null(later.HeartRateBpm);
        Assert.Null(later.BreathsPerMinute);
    }

    [Fact]
    public void A_crowd_and_a_games_intensity_stand_in_for_what_nothing_measures()
    {
        Take("input/crowd", "0.9");
        Take("input/game-intensity", "1");
        ContextVector now = _fusion.Fuse(Some.Noon);
        Assert.Equal(0.9, now.Density, 3);
        Assert.Equal(1, now.Activity, 3);
        ContextVector later = _fusion.Fuse(Some.Noon.AddMinutes(45));
        Assert.InRange(later.Density, 0.1, 0.4);
    }

    [Fact]
    public void A_retained_value_is_believed_as_far_as_it_says_how_old_it_is()
    {
        Assert.Contains("retained", Problem("input/heart_rate", "62", isRetained: true), StringComparison.Ordinal);
        Assert.Null(Problem("input/heart_rate", $$"""{"value": 62, "ts": "{{Some.Noon.AddMinutes(-5):o}}"}""", isRetained: true));
        Assert.Null(_fusion.Fuse(Some.Noon).HeartRateBpm);
        Take("input/heart_rate", $$"""{"value": 64, "ts": {{Some.Noon.AddSeconds(-10).ToUnixTimeSeconds()}}}""");
        Assert.Equal(64, _fusion.Fuse(Some.Noon).HeartRateBpm);
    }

    [Theory]
    [InlineData("input/kazoo", "1", "allowed: heart_rate")]
    [InlineData("input/heart_rate", "900", "allowed: 20 to 250")]
    [InlineData("input/heart_rate", "fast", "number")]
    [InlineData("input/heart_rate", "{\"value\": \"62\"}", "number")]
    [InlineData("input/crowd", "NaN", "number")]
    public void What_cannot_be_is_said_and_changes_nothing(string command, string payload, string said)
    {
        Assert.Contains(said, Problem(command, payload), StringComparison.Ordinal);
        Assert.Null(_fusion.Fuse(Some.Noon).HeartRateBpm);
    }

    [Fact]
    public void Other_commands_are_left_to_others() => Assert.False(_inputs.TryHandle("mood/set", "calm", false, Some.Noon, out _));

    private void Take(string command, string payload) => Assert.Null(Problem(command, payload));

    private string? Problem(string command, string payload, bool isRetained = false)
    {
        Assert.True(_inputs.TryHandle(command, payload, isRetained, Some.Noon, out string? problem));
        return problem;
    }
}
