using Ambient.Composer.Models;
using Ambient.Synth;
using Ambient.Synth.Metering;

namespace Ambient.Composer.Tests;

/// <summary>A change of mood as it is heard: rendered, and held against the same seed without the change.</summary>
public class ChangeLoudnessTests
{
    private const int AskedSecond = 45;
    private const int EndSecond = 150;

    [Theory]
    [InlineData("focus", "social", 1)]
    [InlineData("social", "night", 2)]
    [InlineData("cathedral", "rain", 3)]
    public void Short_term_loudness_rises_at_most_3_LU_more_in_ten_seconds(string from, string to, int seed)
    {
        double without = Render(from, null, seed).LargestRiseLu(AskedSecond);
        double with = Render(from, to, seed).LargestRiseLu(AskedSecond);
        Assert.InRange(with - without, -20, 3);
    }

    private static LoudnessCurve Render(string from, string? to, int seed)
    {
        var queue = new ScoreQueue();
        var engine = new SynthEngine(queue, (uint)seed);
        using ModelHost network = ModelHost.Open(Path.Combine(Some.Root, "models"));
        var conductor = new Conductor(Some.Moods(), network, (ulong)seed);
        var meter = new LoudnessMeter();
        var block = new short[2 * SynthEngine.MaxBlockFrames];
        conductor.Request(new MoodRequest(from, 100));
        bool isAsked = to is null;
        while (engine.FramesRendered < EndSecond * (long)Some.Second)
        {
            if (!isAsked && engine.FramesRendered >= AskedSecond * (long)Some.Second)
            {
                conductor.Request(new MoodRequest(to!, 100), engine.FramesRendered);
                isAsked = true;
            }

            conductor.Advance(engine.FramesRendered + (2 * Some.Second), Some.InhabitedRoom, queue);
            engine.Render(block);
            meter.Add(block);
        }

        return meter.Curve;
    }
}
