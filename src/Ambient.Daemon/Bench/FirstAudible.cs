using Ambient.Composer;
using Ambient.Composer.Models;
using Ambient.Composer.Moods;
using Ambient.Daemon.Room;
using Ambient.Sensors;
using Ambient.Synth;

namespace Ambient.Daemon.Bench;

/// <summary>How soon a request is heard: two renders that are the same but for the request, and the first sample in which they differ.</summary>
/// <param name="LevelMs">Of a level.</param>
/// <param name="MoodMs">Of a mood that a person asks for.</param>
/// <param name="UrgentMs">Of a mood that life safety asks for.</param>
internal sealed record FirstAudible(double LevelMs, double MoodMs, double UrgentMs)
{
    private const ulong Seed = 1;
    private const int BlockFrames = 1_024;
    private const int StepBlocks = 5; // as RoomLoop: a step is about a tenth of a second
    private const int AskedAtStep = 600; // about a minute in
    private const int Steps = AskedAtStep + 100;

    /// <summary>Renders four times a minute of <c>calm</c>; independent of the machine's speed.</summary>
    public static FirstAudible Measure()
    {
        short[] plain = Render(null);
        return new FirstAudible(
            Differs(plain, Render(new MoodRequest("calm", 40, IsUrgent: false, IsByPerson: true))),
            Differs(plain, Render(new MoodRequest("focus", 60, IsUrgent: false, IsByPerson: true))),
            Differs(plain, Render(new MoodRequest("focus", 60, IsUrgent: true, IsByPerson: false))));
    }

    private static double Differs(short[] one, short[] other)
    {
        int asked = 2 * AskedAtStep * StepBlocks * BlockFrames;
        for (int i = 0; i < one.Length; i++)
        {
            // More than the last bit: dither is the same in both.
            if (Math.Abs(one[i] - other[i]) > 2) return Math.Round((i - asked) / 2 * 1_000.0 / SynthEngine.SampleRateHz, 1);
        }

        return double.PositiveInfinity;
    }

    private static short[] Render(MoodRequest? request)
    {
        MoodLibrary moods = Installation.LoadMoods(null);
        using var model = ModelHost.Open(Installation.Models);
        var queue = new ScoreQueue();
        var conductor = new Conductor(moods, model, Seed);
        var engine = new SynthEngine(queue, (uint)Seed);
        var sound = new short[2 * Steps * StepBlocks * BlockFrames];
        conductor.Request(new MoodRequest("calm", 60));
        for (int step = 0; step < Steps; step++)
        {
            long frame = step * StepBlocks * BlockFrames;
            if (step == AskedAtStep && request is { } asked) conductor.Request(asked, frame);
            conductor.Advance(frame + LookAhead.Frames, ContextVector.Neutral, queue);
            for (int block = 0; block < StepBlocks; block++) engine.Render(sound.AsSpan(2 * (int)(frame + block * BlockFrames), 2 * BlockFrames));
        }

        return sound;
    }
}
