using Ambient.Synth.Metering;
using Ambient.Synth.Outputs;

namespace Ambient.Synth.Tests.Outputs;

public sealed class OutputStageTests
{
    [Fact]
    public void At_gain_1_not_a_bit_changes()
    {
        short[] sound = Some.Rendered(Some.Second, 256, Some.Minute());
        Assert.Equal(sound, Through(new OutputStage(), sound));
    }

    // IEC 61672-1, table 3, class 1 limits are 1 to 2.5 dB here.
    [Theory]
    [InlineData(31.5, -39.4)]
    [InlineData(100, -19.1)]
    [InlineData(500, -3.2)]
    [InlineData(1_000, 0)]
    [InlineData(2_500, 1.3)]
    [InlineData(8_000, -1.1)]
    [InlineData(12_500, -4.3)]
    public void The_meter_weighs_as_the_standard_says(double hertz, double expectedDb)
    {
        double exact = 1_000 * Math.Pow(10, Math.Round(10 * Math.Log10(hertz / 1_000)) / 10);
        var stage = new OutputStage();
        short[] sine = Sine(exact, -10, 2);
        Through(stage, sine[..96_000]);
        OutputLevelTap tap = stage.Level.Tap();
        Through(stage, sine[96_000..]);
        Assert.True(tap.TryTake(out double levelDb));
        Assert.Equal(expectedDb - 10, levelDb, 0.2);
        Assert.False(tap.TryTake(out _));
    }

    [Fact]
    public void The_cap_holds_whatever_comes()
    {
        var stage = new OutputStage();
        stage.Cap(-40);
        OutputLevelTap tap = stage.Level.Tap();
        var random = new Random(1);
        double fast = 0, loudest = 0;
        for (int tenth = 0; tenth < 100; tenth++)
        {
            short[] sound = Sine(200 + 4_000 * random.NextDouble(), -40 * random.NextDouble(), 0.1); // up to full scale, from one tenth to the next
            foreach (short[] hundredth in sound.Chunk(960))
            {
                Through(stage, hundredth);
                tap.TryTake(out double levelDb);
                fast += (Math.Pow(10, levelDb / 10) - fast) * (1 - Math.Exp(-0.01 / 0.125)); // time weighting F
                loudest = Math.Max(loudest, fast);
            }
        }

        Assert.InRange(10 * Math.Log10(loudest), -41, -39.7);
        Assert.True(stage.CappedSegments > 0);
    }

    [Fact]
    public void A_cap_lets_go_slowly_and_completely()
    {
        var stage = new OutputStage();
        stage.Cap(-40);
        Through(stage, Sine(1_000, -20, 1));
        double Second() => Dbfs(Through(stage, Sine(1_000, -46, 1)));
        double first = Second();
        Assert.InRange(first, -66, -58); // 20 dB held back, rising 6 dB/s
        Second();
        Second();
        Second();
        Assert.Equal(-46, Second(), 0.1);
    }

    [Fact]
    public void It_begins_in_silence_and_fades_in_over_the_time_asked_for()
    {
        var stage = new OutputStage(fadeInSeconds: 2);
        short[] sound = Through(stage, Sine(1_000, -6, 3));
        Assert.All(sound[..64], sample => Assert.InRange(sample, -2, 2));
        Assert.Equal(-6 - 12, Dbfs(sound.AsSpan(96_000 - 480, 960)), 0.3); // half way, a quarter of the amplitude
        Assert.Equal(-6, Dbfs(sound.AsSpan(2 * 96_000 + 1_000)), 0.01);
    }

    [Theory]
    [InlineData(3.0)]
    [InlineData(0.5)]
    public void A_trim_ramps_no_faster_than_it_may(double rampDbPerSecond)
    {
        var stage = new OutputStage(0, rampDbPerSecond);
        stage.Trim(-6);
        double before = -6;
        for (int tenth = 0; tenth < 150; tenth++)
        {
            double now = Dbfs(Through(stage, Sine(1_000, -6, 0.1)));
            Assert.InRange(before - now, -0.02, rampDbPerSecond / 10 + 0.02);
            before = now;
        }

        Assert.Equal(-12, before, 0.02);
    }

    [Fact]
    public void A_mute_is_silent_in_10_ms_and_comes_back_by_a_fade()
    {
        var stage = new OutputStage();
        Through(stage, Sine(1_000, -6, 0.5));
        stage.Mute(true);
        short[] muted = Through(stage, Sine(1_000, -6, 0.5));
        Assert.All(muted[(2 * OutputStage.MuteFrames)..], sample => Assert.Equal(0, sample));
        Assert.InRange(Measure.SharpestCorner(muted), 0, 400); // the sine's own is 281
        stage.Mute(false);
        short[] back = Through(stage, Sine(1_000, -6, 0.5));
        Assert.InRange(Measure.SharpestCorner(back), 0, 400);
        Assert.Equal(-6, Dbfs(back.AsSpan(24_000)), 0.01);
    }

    [Fact]
    public void A_mute_during_the_fade_in_only_falls()
    {
        var stage = new OutputStage(fadeInSeconds: 1);
        Through(stage, Sine(1_000, -6, 0.5));
        stage.Mute(true);
        short[] muted = Through(stage, Sine(1_000, -6, 0.1));
        Assert.InRange(muted.Max(sample => (int)sample), 0, 16_384 / 4 + 200);
        Assert.All(muted[(2 * OutputStage.MuteFrames)..], sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var stage = new OutputStage(1);
        stage.Cap(-30);
        short[] block = Sine(1_000, -6, 0.01);
        stage.Process(block);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) stage.Process(block);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static short[] Through(OutputStage stage, short[] sound)
    {
        short[] result = [.. sound];
        for (int at = 0; at < result.Length; at += 2_048) stage.Process(result.AsSpan(at, Math.Min(2_048, result.Length - at)));
        return result;
    }

    private static short[] Sine(double hertz, double dbfs, double seconds)
    {
        var sound = new short[2 * (int)(seconds * Some.Second)];
        for (int i = 0; i < sound.Length; i++) sound[i] = (short)Math.Round(32_767 * Math.Pow(10, dbfs / 20) * Math.Sin(2 * Math.PI * hertz * (i / 2) / Some.Second));
        return sound;
    }

    // As a sine: a full-scale one is 0 dBFS.
    private static double Dbfs(ReadOnlySpan<short> sound)
    {
        double squares = 0;
        foreach (short sample in sound) squares += (double)sample * sample;
        return 10 * Math.Log10(2 * squares / sound.Length / 32_768 / 32_768 + 1e-12);
    }
}
