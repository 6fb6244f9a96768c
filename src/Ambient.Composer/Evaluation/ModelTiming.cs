using System.Text.Json.Serialization;
using Ambient.Composer.Arrangement;
using Ambient.Composer.Direction;
using Ambient.Composer.Models;

namespace Ambient.Composer.Evaluation;

/// <summary>Times the network token by token, as the conductor asks for them.</summary>
public static class ModelTiming
{
    private const int WarmUpFrames = 200;

    /// <summary>Composes frames and times every token: the first of a frame carries the trunk's run, so a quarter of all are dear.</summary>
    /// <param name="model">Which network.</param>
    /// <param name="frames">How many frames, four tokens each; 1 or more.</param>
    /// <param name="clock">Times them.</param>
    public static StepCost Run(IScoreModel model, int frames, TimeProvider clock)
    {
        var score = new ScoreHistory();
        var condition = new ScoreCondition { Corpora = [("hymn", 1)] };
        condition[IntentAxis.Density] = 0.5;
        condition[IntentAxis.Register] = -0.2;
        var chance = new Prng(1);
        var logits = new float[ScoreTokens.Vocabulary];
        var ticks = new long[ScoreTokens.Voices * frames];
        Compose(WarmUpFrames, new long[ScoreTokens.Voices * WarmUpFrames]);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Compose(frames, ticks);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Array.Sort(ticks);
        return new StepCost(Microseconds(ticks.Length / 2), Microseconds(ticks.Length * 99 / 100), allocated, ticks.Length);

        double Microseconds(int rank) => Math.Round(1e6 * ticks[rank] / clock.TimestampFrequency, 1);

        void Compose(int count, long[] times)
        {
            int step = 0;
            for (int frame = 0; frame < count; frame++)
            {
                long start = clock.GetTimestamp();
                model.BeginFrame(score, condition);
                foreach (int voice in ScoreTokens.SamplingOrder)
                {
                    model.Logits(score, voice, logits);
                    score.Choose(voice, Sampler.Draw(logits, TokenMask.All, chance));
                    long end = clock.GetTimestamp();
                    times[step++] = end - start;
                    start = end;
                }

                score.EndFrame();
            }
        }
    }
}

/// <summary>What <c>bench model --json</c> prints.</summary>
/// <param name="StepUsP50">Median time of one token, µs.</param>
/// <param name="StepUsP99">99th percentile, µs.</param>
/// <param name="AllocatedBytes">Managed bytes allocated by all of them.</param>
/// <param name="Steps">Tokens timed.</param>
public sealed record StepCost([property: JsonPropertyName("step_us_p50")] double StepUsP50, [property: JsonPropertyName("step_us_p99")] double StepUsP99, long AllocatedBytes, int Steps);
