using Ambient.Sensors.Acoustics;

namespace Ambient.Sensors.Tests.Acoustics;

/// <summary>Full scale is 120 dB, the microphone's own noise 30 dBA, unless a test says otherwise.</summary>
public sealed class SoundLevelMeterTests
{
    [Theory]
    [InlineData(1_000, -26, 94.0)] // the calibrator's tone
    [InlineData(1_000, -60, 60.0)]
    [InlineData(100, -40, 80 - 19.1)]
    [InlineData(8_000, -40, 80 - 1.1)]
    public void A_tone_reads_its_level(double hertz, double dbfs, double expected)
    {
        SoundLevels levels = Last(Sound.Of(4, i => Sound.Sine(i, hertz, dbfs)));
        Assert.InRange(levels.LAeq1s, expected - 0.2, expected + 0.2);
        Assert.InRange(levels.LAFmax, expected - 0.2, expected + 0.3); // 100 Hz ripples a little in 125 ms
        Assert.Equal(expected, levels.LA50, 0.2);
        Assert.False(levels.IsOverloaded || levels.IsBelowRange);
    }

    [Theory]
    [MemberData(nameof(FrequencyWeightingTests.Table3), MemberType = typeof(FrequencyWeightingTests))]
    public void A_tone_at_each_third_octave_reads_what_the_table_says(double nominalHz, double aDb, double cDb, double above, double below)
    {
        double hertz = 1_000 * Math.Pow(10, Math.Round(10 * Math.Log10(nominalHz / 1_000)) / 10);
        SoundLevels levels = Last(Sound.Of(3, i => Sound.Sine(i, hertz, -10)));
        Assert.InRange(levels.LAeq1s - 110 - aDb, -Math.Min(below, 0.2), Math.Min(above, 0.2));
        Assert.InRange(levels.LCeq1s - 110 - cDb, -Math.Min(below, 0.2), Math.Min(above, 0.2));
    }

    // Pink noise as many sines, equal power per third octave, so that its A-weighted power is known exactly.
    [Fact]
    public void Pink_noise_reads_the_sum_of_its_parts()
    {
        var random = new Random(1);
        var parts = new List<(double Hz, double Phase, double Amplitude)>();
        double expected = 0;
        for (int n = -17 * 6; n <= 12 * 6; n++)
        {
            double hertz = Math.Round(1_000 * Math.Pow(10, n / 60.0)); // whole periods in a second
            parts.Add((hertz, random.NextDouble() * 2 * Math.PI, 0.004));
            expected += Sound.TrueAPower(hertz) * 0.004 * 0.004;
        }

        SoundLevels levels = Last(Sound.Of(3, i => parts.Sum(p => p.Amplitude * Math.Sin(2 * Math.PI * p.Hz * i / Sound.RateHz + p.Phase))));
        Assert.Equal(120 + Sound.Decibels(expected), levels.LAeq1s, 0.2);
    }

    // IEC 61672-1, table 4: reference responses to single 4 kHz bursts, LAFmax relative to the steady tone.
    [Theory]
    [InlineData(1_000, 0.0)]
    [InlineData(500, -0.1)]
    [InlineData(200, -1.0)]
    [InlineData(100, -2.6)]
    [InlineData(50, -4.8)]
    [InlineData(20, -8.3)]
    [InlineData(10, -11.1)]
    [InlineData(5, -14.1)]
    [InlineData(2, -18.0)]
    [InlineData(1, -21.0)]
    public void A_tone_burst_reaches_what_the_standard_says(int burstMs, double relativeDb)
    {
        const double SteadyDb = 100 + 0.96; // 4 kHz weighs +1.0 dB
        int from = 2 * Sound.RateHz + 4_800, to = from + burstMs * Sound.RateHz / 1_000;
        SoundLevels[] levels = All(Sound.Of(4, i => i >= from && i < to ? Sound.Sine(i, 4_000, -20) : 0));
        Assert.Equal(SteadyDb + relativeDb, levels.Max(second => second.LAFmax), 0.2);
        double energyDb = Sound.Decibels(levels.Sum(second => Sound.Power(second.LAeq1s) - Sound.Power(30)));
        Assert.Equal(SteadyDb + Sound.Decibels(burstMs / 1_000.0), energyDb, 0.2);
    }

    // Syllables: harmonics of 120 Hz in a moving envelope, with pauses; each harmonic weighs what the formula says.
    [Fact]
    public void Speech_like_sound_reads_right_over_a_minute()
    {
        double carriers = 0;
        for (int k = 1; k <= 30; k++) carriers += Sound.TrueAPower(120 * k) / (k * k);
        double envelopes = 0;
        int[] samples = Sound.Of(61, i =>
        {
            double t = (double)i / Sound.RateHz;
            double envelope = Math.Max(0, Math.Sin(2 * Math.PI * 4 * t)) * (t % 5 < 3 ? 0.1 : 0);
            if (i >= Sound.RateHz) envelopes += envelope * envelope;
            double voice = 0;
            for (int k = 1; k <= 30; k++) voice += Math.Sin(2 * Math.PI * 120 * k * t) / k;
            return envelope * voice;
        });
        SoundLevels levels = Last(samples);
        Assert.Equal(120 + Sound.Decibels(carriers * envelopes / (60 * Sound.RateHz)), levels.LAeq1min, 0.2);
        Assert.True(levels.LA10 > levels.LA50 && levels.LA50 > levels.LA90, $"{levels.LA10} {levels.LA50} {levels.LA90}");
        Assert.InRange(levels.LA90, 30, 31); // the pauses
    }

    [Fact]
    public void Percentiles_are_levels_exceeded()
    {
        // Six seconds at 70 dB in every minute at 50 dB: L10 lies in between, L50 and L90 at 50.
        SoundLevels levels = Last(Sound.Of(61, i => Sound.Sine(i, 1_000, i < 7 * Sound.RateHz ? -50 : -70)));
        Assert.Equal(50, levels.LA50, 0.1);
        Assert.Equal(50, levels.LA90, 0.1);
        Assert.InRange(levels.LA10, 50, 70.1);
        Assert.Equal(Sound.Decibels((6 * 1e7 + 54 * 1e5) / 60), levels.LAeq1min, 0.2);
    }

    [Theory]
    [InlineData(31.5, 0)]
    [InlineData(125, 2)]
    [InlineData(1_000, 5)]
    [InlineData(8_000, 8)]
    public void A_tone_falls_into_its_octave_and_no_other(double hertz, int band)
    {
        // IEC 61260-1 class 1: within 0.4 dB at the centre, 16.6 dB down one octave away, 40.5 dB two.
        SoundLevels levels = Last(Sound.Of(6, i => Sound.Sine(i, hertz, -20)));
        Assert.Equal(100, levels.OctavesDb[band], 0.4);
        for (int other = 0; other < levels.OctavesDb.Count; other++)
            if (other != band) Assert.True(levels.OctavesDb[other] < 100 - (Math.Abs(other - band) == 1 ? 16.6 : 40.5), $"band {other}: {levels.OctavesDb[other]}");
    }

    [Fact]
    public void Octave_bands_have_their_edges_where_they_should()
    {
        foreach (double factor in new[] { 1 / Math.Sqrt(2), Math.Sqrt(2) })
            Assert.Equal(97, Last(Sound.Of(4, i => Sound.Sine(i, 1_000 * factor, -20))).OctavesDb[5], 0.4);
    }

    [Fact]
    public void The_microphones_own_noise_is_taken_away()
    {
        // 30 dBA of its own and 33 dBA of the room arrive as 34.8; the room is 33.
        double both = Sound.Decibels(Sound.Power(30) + Sound.Power(33));
        SoundLevels levels = Last(Sound.Of(3, i => Sound.Sine(i, 1_000, both - 120)));
        Assert.Equal(33, levels.LAeq1s, 0.05);
        Assert.False(levels.IsBelowRange);
    }

    [Fact]
    public void A_room_quieter_than_the_microphone_is_said_to_be_below_range()
    {
        SoundLevels levels = Last(Sound.Of(3, i => Sound.Sine(i, 1_000, 31 - 120)));
        Assert.Equal(30, levels.LAeq1s, 0.01);
        Assert.True(levels.IsBelowRange);
    }

    [Fact]
    public void An_overdriven_converter_is_told_and_a_loud_one_is_not()
    {
        Assert.False(Last(Sound.Of(3, i => Sound.Sine(i, 1_000, -0.2))).IsOverloaded);
        Assert.True(Last(Sound.Of(3, i => Sound.Sine(i, 1_000, 3))).IsOverloaded);
        // The same through a 16-bit converter, whose largest value is a little less.
        Assert.True(Last(Array.ConvertAll(Sound.Of(3, i => Sound.Sine(i, 1_000, 3)), sample => sample >> 16 << 16)).IsOverloaded);
    }

    [Fact]
    public void Block_size_does_not_change_a_level()
    {
        var random = new Random(3);
        int[] samples = Sound.Of(3, _ => random.NextDouble() * 0.2 - 0.1);
        Assert.Equal(All(samples, block: 1_024).Select(l => l.LAeq1s), All(samples, block: 77).Select(l => l.LAeq1s));
    }

    private static SoundLevels Last(int[] samplesQ31) => All(samplesQ31)[^1];

    private static SoundLevels[] All(int[] samplesQ31, int block = 1_000)
    {
        var meter = new SoundLevelMeter(Sound.RateHz, new MicrophoneLimits());
        var all = new List<SoundLevels>();
        for (int at = 0; at < samplesQ31.Length; at += block)
        {
            meter.Add(samplesQ31.AsSpan(at, Math.Min(block, samplesQ31.Length - at)));
            while (meter.TryTake(out SoundLevels? levels)) all.Add(levels!);
        }

        return [.. all];
    }
}
