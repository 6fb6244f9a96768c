using Ambient.Synth.Metering;
using Ambient.Synth.Outputs;

namespace Ambient.Synth.Tests.Outputs;

public sealed class OutputStageTests
{
    private const int Lsb = 1 << 16; // the last of 16 bits

    [Fact]
    public void At_gain_1_not_a_bit_changes()
    {
        int[] sound = Some.NextWide(Some.Engine(Some.Minute()), Some.Second);
        Assert.Equal(sound, Through(new OutputStage(), sound));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-6)]
    [InlineData(-12)]
    public void THD_and_noise_of_the_wide_output_stay_those_of_the_bus_at_any_trim(double trimDb)
    {
        var stage = new OutputStage(0, 60);
        stage.Trim(trimDb);
        int[] bus = [.. Sine(997, -2.7, 3).Select(sample => (sample + 128) & ~255)]; // 24 bits
        int[] heard = Through(stage, bus);
        Assert.InRange(Residue(heard), Residue(bus) - 0.1, Residue(bus) + 0.1);
        Assert.InRange(Residue(heard), -150, -115);

        static double Residue(int[] sound) => Measure.ResidueDb([.. Enumerable.Range(Some.Second, 2 * Some.Second).Select(i => sound[2 * i])], 997);
    }

    [Fact]
    public void Silence_is_exact_at_any_gain()
    {
        var stage = new OutputStage(fadeInSeconds: 0.5);
        stage.Trim(-7);
        stage.Cap(-60);
        Assert.All(Through(stage, new int[2 * Some.Second]), sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void A_trim_of_what_is_loud_saturates_and_does_not_wrap_around()
    {
        var stage = new OutputStage(0, 60);
        stage.Trim(12);
        int[] loud = Through(stage, Sine(1_000, 0, 1));
        for (int i = 2; i < loud.Length; i++) Assert.InRange(Math.Abs((long)loud[i] - loud[i - 2]), 0, 1L << 31); // 1 kHz at four times full scale turns no faster
        Assert.Equal(int.MaxValue, loud.Max());
        Assert.Equal(int.MinValue, loud.Min());
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
        int[] sine = Sine(exact, -10, 2);
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
            int[] sound = Sine(200 + 4_000 * random.NextDouble(), -40 * random.NextDouble(), 0.1); // up to full scale, from one tenth to the next
            foreach (int[] hundredth in sound.Chunk(960))
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
        int[] sound = Through(stage, Sine(1_000, -6, 3));
        Assert.All(sound[..64], sample => Assert.InRange(sample, -2 * Lsb, 2 * Lsb));
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
        int[] muted = Through(stage, Sine(1_000, -6, 0.5));
        Assert.All(muted[(2 * OutputStage.MuteFrames)..], sample => Assert.Equal(0, sample));
        Assert.InRange(Measure.SharpestCorner(muted), 0, 400 * Lsb); // the sine's own is 281
        stage.Mute(false);
        int[] back = Through(stage, Sine(1_000, -6, 0.5));
        Assert.InRange(Measure.SharpestCorner(back), 0, 400 * Lsb);
        Assert.Equal(-6, Dbfs(back.AsSpan(24_000)), 0.01);
    }

    [Fact]
    public void A_mute_during_the_fade_in_only_falls()
    {
        var stage = new OutputStage(fadeInSeconds: 1);
        Through(stage, Sine(1_000, -6, 0.5));
        stage.Mute(true);
        int[] muted = Through(stage, Sine(1_000, -6, 0.1));
        Assert.InRange(muted.Max(), 0, (16_384 / 4 + 200) * Lsb);
        Assert.All(muted[(2 * OutputStage.MuteFrames)..], sample => Assert.Equal(0, sample));
    }

    [Fact]
    public void Nothing_is_allocated()
    {
        var stage = new OutputStage(1);
        stage.Cap(-30);
        int[] block = Sine(1_000, -6, 0.01);
        stage.Process(block);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 1_000; i++) stage.Process(block);
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static int[] Through(OutputStage stage, int[] sound)
    {
        int[] result = [.. sound];
        for (int at = 0; at < result.Length; at += 2_048) stage.Process(result.AsSpan(at, Math.Min(2_048, result.Length - at)));
        return result;
    }

    private static int[] Sine(double hertz, double dbfs, double seconds)
    {
        var sound = new int[2 * (int)(seconds * Some.Second)];
        for (int i = 0; i < sound.Length; i++) sound[i] = (int)Math.Round((double)int.MaxValue * Math.Pow(10, dbfs / 20) * Math.Sin(2 * Math.PI * hertz * (i / 2) / Some.Second));
        return sound;
    }

    // As a sine: a full-scale one is 0 dBFS.
    private static double Dbfs(ReadOnlySpan<int> sound)
    {
        double squares = 0;
        foreach (int sample in sound) squares += (double)sample * sample;
        return 10 * Math.Log10(2 * squares / sound.Length / int.MaxValue / int.MaxValue + 1e-12);
    }
}
