using Ambient.Synth.Effects;

namespace Ambient.Synth.Tests.Effects;

public sealed class LimiterTests
{
    private const int MinusOneDbfsQ23 = 7_476_410; // 10^(-1/20) * 2^23

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void White_noise_stays_below_minus_1_dBFS(int timesFullScale)
    {
        var random = new Random(1);
        int top = (int)Math.Min((long)timesFullScale << 23, int.MaxValue);
        AssertHeld(_ => random.Next(-top, top));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16)]
    public void Square_waves_that_come_and_go_stay_below_minus_1_dBFS(int timesFullScale) =>
        AssertHeld(i => i / 9_000 % 2 == 0 ? 100 : ((i / 50 % 2 == 0 ? 1 : -1) * timesFullScale) << 23);

    [Fact]
    public void Quiet_programme_passes_untouched_only_later()
    {
        var random = new Random(2);
        int[] programme = Enumerable.Range(0, 10_000).Select(_ => random.Next(-(1 << 21), 1 << 21)).ToArray(); // -12 dBFS; up to -6 dBTP
        (int[] left, _) = Limited(programme);
        Assert.Equal(programme[..^SynthEngine.LatencyFrames], left[SynthEngine.LatencyFrames..]);
    }

    [Fact]
    public void After_a_peak_the_gain_comes_back_to_exactly_1()
    {
        int[] programme = Enumerable.Range(0, 5 * Some.Second).Select(i => i < 100 ? 8 << 23 : (i % 97) << 12).ToArray();
        (int[] left, _) = Limited(programme);
        Assert.Equal(programme[^5_000..^SynthEngine.LatencyFrames], left[(programme.Length - 5_000 + SynthEngine.LatencyFrames)..]);
    }

    private static void AssertHeld(Func<int, int> signal)
    {
        (int[] left, int[] right) = Limited(Enumerable.Range(0, 2 * Some.Second).Select(signal).ToArray());
        Assert.InRange(left.Max(Math.Abs), MinusOneDbfsQ23 * 6 / 10, MinusOneDbfsQ23);
        Assert.InRange(right.Max(Math.Abs), 0, MinusOneDbfsQ23);
    }

    [Theory]
    [InlineData("white noise")]
    [InlineData("sine at a quarter of the rate, between its samples")]
    [InlineData("sine at 11 kHz")]
    [InlineData("single clicks")]
    [InlineData("square wave")]
    public void No_true_peak_passes_minus_1_dBTP(string name)
    {
        var random = new Random(3);
        int[] programme = Enumerable.Range(0, 2 * Some.Second).Select(i => name switch
        {
            "white noise" => random.Next(-(1 << 27), 1 << 27),
            "sine at a quarter of the rate, between its samples" => (int)((8 << 23) * Math.Sin(Math.PI / 2 * i + Math.PI / 4)),
            "sine at 11 kHz" => (int)((1 + i / 9_600) * (1 << 22) * Math.Sin(2 * Math.PI * 11_025 / 48_000.0 * i)),
            "single clicks" => i % 997 == 0 ? 15 << 23 : 0,
            _ => (i / 37 % 2 == 0 ? 4 : -4) << 23,
        }).ToArray();
        (int[] left, int[] right) = Limited(programme);
        var meter = new Ambient.Synth.Metering.LoudnessMeter();
        var interleaved = new short[2 * left.Length];
        new Dither(1).Write(Interleaved(left, right), interleaved);
        meter.Add(interleaved);
        Assert.InRange(meter.TruePeakDbtp, -7, -1);
    }

    [Fact]
    public void A_sine_in_16_bits_has_THD_and_noise_below_minus_90_dB()
    {
        const int AmplitudeQ23 = 6_147_419; // -2.7 dBFS
        int[] sine = Enumerable.Range(0, 2 * Some.Second).Select(i => (int)Math.Round(AmplitudeQ23 * Math.Sin(2 * Math.PI * 997 / 48_000.0 * i))).ToArray();
        var interleaved = new short[2 * sine.Length];
        new Dither(1).Write(Interleaved(sine, sine), interleaved);
        Assert.InRange(Measure.ResidueDb(Enumerable.Range(0, sine.Length).Select(i => (int)interleaved[2 * i]).ToArray(), 997), -98, -90);
    }

    [Theory]
    [InlineData(-6.1, 997)]
    [InlineData(-2.7, 997)]
    [InlineData(-2.7, 997.3)]
    [InlineData(6, 997)]
    [InlineData(-2.7, 4_801)]
    public void A_steady_sine_comes_through_with_THD_and_noise_below_minus_115_dB_even_where_it_is_held_down(double dbfs, double hz)
    {
        double amplitudeQ23 = Math.Pow(10, dbfs / 20) * (1 << 23);
        (int[] left, _) = Limited([.. Enumerable.Range(0, 4 * Some.Second).Select(i => (int)Math.Round(amplitudeQ23 * Math.Sin(2 * Math.PI * hz / 48_000.0 * i)))]);
        Assert.InRange(Measure.ResidueDb(left.AsSpan(2 * Some.Second), hz), -145, -115);
    }

    private static int[] Interleaved(int[] left, int[] right) => [.. left.Zip(right, (int l, int r) => new[] { l << 8, r << 8 }).SelectMany(frame => frame)];

    // The right channel carries a quarter of the left one.
    private static (int[] Left, int[] Right) Limited(int[] programme)
    {
        var limiter = new Limiter();
        int[] left = [.. programme];
        int[] right = programme.Select(sample => sample / 4).ToArray();
        for (int at = 0; at < left.Length; at += 64)
        {
            int count = Math.Min(64, left.Length - at);
            limiter.Process(left.AsSpan(at, count), right.AsSpan(at, count));
        }

        return (left, right);
    }
}
