using Ambient.Composer.Models;
using Ambient.Sensors;

namespace Ambient.Composer.Tests;

/// <summary>A plan that is taken back is forgotten by all who made it.</summary>
public class TakingBackTests
{
    [Fact]
    public void The_model_goes_on_from_the_last_frame_that_was_heard()
    {
        var model = new CountingModel();
        using var host = new ModelHost(() => model);
        var conductor = new Conductor(Some.Moods(), host, 5);
        var page = new Page();
        var composed = new List<ComposedFrame>();
        conductor.Composed += composed.Add;
        conductor.Request(new MoodRequest("social"));
        long heard = 90 * Some.Second;
        conductor.Advance(heard + (3 * Some.Second), ContextVector.Neutral, page);
        int kept = composed.Count(frame => frame.Frame < heard);
        Assert.True(composed.Count > kept + 1, "something was planned beyond what is heard");

        ComposedFrame last = composed.Last(frame => frame.Frame < heard);
        conductor.Request(new MoodRequest("night", IsUrgent: true), heard);
        composed.Clear();
        model.Seen.Clear();
        conductor.Advance(heard + (3 * Some.Second), ContextVector.Neutral, page);

        (float frames, int[] page1) = model.Seen[0];
        Assert.Equal(kept + 1, frames);
        Assert.Equal([last.Soprano, last.Alto, last.Tenor, last.Bass], page1);
    }

    [Fact]
    public void A_model_that_has_meanwhile_been_replaced_begins_afresh()
    {
        using var host = new ModelHost(() => new CountingModel());
        host.BeginFrame(new ScoreHistory(), new ScoreCondition());
        float[] memory = new float[host.StateLength];
        host.SaveState(memory);
        Assert.Equal([1], memory);
        host.BeginFrame(new ScoreHistory(), new ScoreCondition());
        host.RestoreState(memory);
        host.SaveState(memory);
        Assert.Equal([1], memory);
        host.RestoreState([1, 2, 3]);
        host.SaveState(memory);
        Assert.Equal([0], memory);
    }

    /// <summary>Remembers how many frames it has read.</summary>
    private sealed class CountingModel : IScoreModel
    {
        private readonly RuleModel _rules = new();
        private float _frames;

        public List<(float Frames, int[] Page)> Seen { get; } = [];

        public string Name => "counting";

        public int StateLength => 1;

        public void Reset() => _frames = 0;

        public void BeginFrame(ScoreHistory score, ScoreCondition condition) => Seen.Add((++_frames, score.Previous.ToArray()));

        public void Logits(ScoreHistory score, int voice, Span<float> logits) => _rules.Logits(score, voice, logits);

        public void SaveState(Span<float> state) => state[0] = _frames;

        public void RestoreState(ReadOnlySpan<float> state) => _frames = state[0];

        public void Dispose()
        {
        }
    }
}
