using Ambient.Synth.Arithmetic;
using Ambient.Synth.Effects;

namespace Ambient.Synth.Benchmarks;

/// <summary>What voices and effects cost, measured on the very kernels that play.</summary>
/// <param name="processorTime">Processor time used so far; read between runs only.</param>
public sealed class SynthBenchmark(Func<TimeSpan> processorTime)
{
    private const int FewVoices = 10;
    private const int ManyVoices = 128;
    private const int BlockFrames = SynthEngine.SegmentFrames;
    private const int Repeats = 9;
    private static readonly TimeSpan ShortestRun = TimeSpan.FromMilliseconds(60);

    private readonly int[] _left = new int[BlockFrames];
    private readonly int[] _right = new int[BlockFrames];
    private long _allocatedBytes;

    private enum Kind
    {
        Sine,
        Saw,
        Fm,
        Pad,
    }

    /// <summary>Measures everything; takes about half a minute.</summary>
    public SynthCost Run()
    {
        _allocatedBytes = 0;
        return new SynthCost(
            new(VoicesPerCore(Kind.Sine)), new(VoicesPerCore(Kind.Saw)), new(VoicesPerCore(Kind.Fm)), new(VoicesPerCore(Kind.Pad)),
            ReverbCost(seconds: 2), ReverbCost(seconds: 6), DelayCost(), NanosecondsPerFrame(new Chorus(ScoreEvent.UnityQ15 / 2).Process), _allocatedBytes);
    }

    // 1 / (processor seconds that one more voice takes for a second of sound).
    private double VoicesPerCore(Kind kind)
    {
        (double few, double many) = Best(Create(kind, FewVoices), Create(kind, ManyVoices));
        return Math.Round((ManyVoices - FewVoices) / ((many - few) * SynthEngine.SampleRateHz));
    }

    private double ReverbCost(int seconds) => NanosecondsPerFrame(new Reverb(ScoreEvent.UnityQ15 / 10 * seconds).Process);

    private double DelayCost()
    {
        var delay = new Delay();
        delay.SetTime(ScoreEvent.UnityQ15);
        delay.SetFeedback(ScoreEvent.UnityQ15 / 2, 0);
        delay.SetWet(ScoreEvent.UnityQ15 / 2, 0);
        StereoBus sent = new(_left, _right), dry = StereoBus.Silent();
        return NanosecondsPerFrame((_, _) =>
        {
            dry.Clear(BlockFrames);
            delay.Process(sent, dry, BlockFrames);
        });
    }

    private double NanosecondsPerFrame(RenderBlock effect)
    {
        var noise = new Xorshift32(1);
        (double cost, _) = Best(new Playing(1, (left, right) =>
        {
            for (int i = 0; i < left.Length; i += 4) left[i] = right[i] = noise.NextQ31() >> 10;
            effect(left, right);
        }), null);
        return Math.Round(1e9 * cost, 2);
    }

    // Seconds per frame, the least of several runs of each, one after the other so that both meet the same neighbours.
    private (double Few, double Many) Best(Playing few, Playing? many)
    {
        int fewBlocks = Calibrated(few), manyBlocks = many is null ? 0 : Calibrated(many);
        (double bestFew, double bestMany) = (double.MaxValue, double.MaxValue);
        for (int repeat = 0; repeat < Repeats; repeat++)
        {
            bestFew = Math.Min(bestFew, Timed(few, fewBlocks));
            if (many is not null) bestMany = Math.Min(bestMany, Timed(many, manyBlocks));
        }

        return (bestFew, bestMany);
    }

    // Warms the kernels up, too: blocks until a run is long enough to be timed.
    private int Calibrated(Playing playing)
    {
        Timed(playing, 6_000, isCounted: false);
        int blocks = 1_000;
        while (Timed(playing, blocks) * blocks * BlockFrames < ShortestRun.TotalSeconds) blocks *= 2;
        return blocks;
    }

    private double Timed(Playing playing, int blocks, bool isCounted = true)
    {
        TimeSpan before = processorTime();
        long allocatedBefore = GC.GetAllocatedBytesForCurrentThread();
        for (int block = 0; block < blocks; block++)
        {
            Array.Clear(_left);
            Array.Clear(_right);
            playing.Render(_left, _right);
        }

        if (isCounted) _allocatedBytes += GC.GetAllocatedBytesForCurrentThread() - allocatedBefore;
        return (processorTime() - before).TotalSeconds / blocks / BlockFrames;
    }

    private static Playing Create(Kind kind, int voices) => kind switch
    {
        Kind.Sine => BenchmarkVoices.Sines(voices),
        Kind.Saw => BenchmarkVoices.Saws(voices),
        Kind.Fm => BenchmarkVoices.Fm(voices),
        _ => BenchmarkVoices.Pads(voices),
    };
}
