using Ambient.Synth.Metering;

namespace Ambient.Synth.Tests.Metering;

public sealed class ProgrammeMeterTests
{
    private static readonly int[] Pentatonic = [0, 2, 4, 7, 9, 12, 14];

    [Theory]
    [InlineData(0, 1.94)]
    [InlineData(-3, 1.46)]
    [InlineData(-5, 1.17)]
    [InlineData(-7, 0.93)]
    [InlineData(-9, 0.73)]
    public void Sloped_noise_has_the_sharpness_of_the_anchors(double dbPerOctave, double sharpness) =>
        Assert.Equal(sharpness, Spectrum(dbPerOctave).Sharpness, 0.03);

    [Theory]
    [InlineData(-5, -12.8)]
    [InlineData(-7, -19.0)]
    public void Sloped_noise_has_the_share_of_2_to_5_kHz_of_the_anchors(double dbPerOctave, double presenceDb) =>
        Assert.Equal(presenceDb, Spectrum(dbPerOctave).PresenceDb, 0.4);

    [Fact]
    public void The_slope_of_noise_is_found_again()
    {
        // Up to 4 kHz: the octave at 8 kHz is cut at 10.
        LongTermSpectrum spectrum = Spectrum(-5);
        Assert.Equal(-15, spectrum.OctaveDb(4_000), 0.6);
        Assert.Equal(5, spectrum.OctaveDb(250), 0.6);
        Assert.Equal(-5, spectrum.SlopeDbPerOctave, 0.5);
    }

    [Fact]
    public void A_sine_has_its_centroid_where_it_is_and_its_power_is_found()
    {
        var meter = new SpectrumMeter();
        meter.Add(Noises.Of(3, t => 0.1 * Math.Sin(2 * Math.PI * 1_000 * t)));
        Assert.Equal(1_000, meter.LongTerm.CentroidHz, 2.0);
        Assert.Equal(0.005, meter.LongTerm.Between(900, 1_100), 0.0001);
    }

    [Fact]
    public void A_tone_whose_level_trembles_70_times_a_second_is_rough_and_one_that_trembles_4_times_fluctuates()
    {
        static Func<double, double> Trembling(double hz) => t => 0.1 * (1 + (0.4 * Math.Sin(2 * Math.PI * hz * t))) * Math.Sin(2 * Math.PI * 1_900 * t);
        (double rough, double notSlow) = Depths(Trembling(70));
        (double notRough, double slow) = Depths(Trembling(4));
        Assert.Equal(0.4 / Math.Sqrt(2), rough, 0.02);
        Assert.Equal(0.4 / Math.Sqrt(2), slow, 0.02);
        Assert.InRange(notSlow, 0, 0.01);
        Assert.InRange(notRough, 0, 0.01);
    }

    [Fact]
    public void Channels_that_are_the_same_lose_nothing_in_mono_and_unrelated_ones_3_dB()
    {
        ProgrammeMeasures same = Noises.Measured(Noises.Sloped(-5, 10, isMono: true)), unrelated = Noises.Measured(Noises.Sloped(-5, 10));
        Assert.Equal(1, same.Correlation, 3);
        Assert.Equal(0, same.FoldDownLossDb, 0.01);
        Assert.Equal(0, unrelated.Correlation, 0.1);
        Assert.Equal(3, unrelated.FoldDownLossDb, 1.0);
    }

    [Fact]
    public void Every_note_of_a_quiet_melody_over_noise_is_heard_once()
    {
        static double Note(double t) => t < 0 ? 0 : 0.02 * Math.Min(1, t / 0.01) * Math.Exp(-3 * t) * Math.Sin(2 * Math.PI * 523 * t);
        double[] starts = [4, 9.5, 12, 19, 23.3, 30, 31, 44];
        short[] bed = Noises.Sloped(-7, 50);
        short[] melody = Noises.Of(50, t => starts.Sum(start => Note(t - start)));
        short[] both = [.. bed.Zip(melody, (one, other) => (short)((one / 8) + other))];
        IReadOnlyList<double> heard = Noises.Measured(both).Onsets;
        Assert.All(starts, start => Assert.Contains(heard, onset => Math.Abs(onset - start) < 0.15));
        Assert.InRange(heard.Count, starts.Length, starts.Length + 2);
    }

    [Fact]
    public void A_bang_startles_and_noise_does_not()
    {
        short[] noise = Noises.Sloped(-5, 60);
        Assert.Empty(Noises.Measured(noise).Outliers);
        short[] bang = Noises.Of(60, t => t is > 40 and < 41 ? 0.6 * Math.Exp(-8 * (t - 40)) * Math.Sin(2 * Math.PI * 2_500 * t) : 0);
        ProgrammeMeasures startled = Noises.Measured([.. noise.Zip(bang, (one, other) => (short)(one + other))]);
        Assert.Equal(40, Assert.Single(startled.Outliers), 0.3);
        Assert.True(startled.JumpLu > 6);
    }

    [Fact]
    public void A_rise_of_12_dB_in_ten_seconds_is_measured_as_12_LU_and_widens_the_range()
    {
        short[] programme = Noises.Of(100, t => 0.02 * Math.Pow(10, 12 * Math.Clamp((t - 50) / 7, 0, 1) / 20) * Math.Sin(2 * Math.PI * 500 * t));
        ProgrammeMeasures measures = Noises.Measured(programme);
        Assert.Equal(12, measures.RiseLu, 0.2);
        Assert.Equal(12, measures.LoudnessRangeLu, 0.5);
    }

    [Fact]
    public void A_loop_is_known_as_one_and_a_new_section_as_new()
    {
        // Pentatonic notes of a second; the loop of 30 s comes five times.
        static Func<double, double> Melody(int seed, int period, int from)
        {
            var random = new Random(seed);
            double[] hz = [.. Enumerable.Range(0, 600).Select(_ => 220 * Math.Pow(2, Pentatonic[random.Next(7)] / 12.0))];
            return t => 0.1 * Math.Sin(2 * Math.PI * hz[from + ((int)t % period)] * t);
        }

        ProgrammeMeasures loop = Noises.Measured(Noises.Of(120, Melody(1, 30, 0))), free = Noises.Measured(Noises.Of(120, Melody(1, 600, 0)));
        Assert.True(loop.RepeatedPassage > 0.95 && loop.LoopRidge > 0.7, $"{loop.RepeatedPassage} {loop.LoopRidge}");
        Assert.True(free.RepeatedPassage < 0.92 && free.LoopRidge < 0.3, $"{free.RepeatedPassage} {free.LoopRidge}");

        ProgrammeMeasures turned = Noises.Measured(Noises.Sloped(-7, 100), Noises.Of(100, Melody(2, 600, 0)));
        Assert.True(turned.Novelty.Spreads > 4);
        Assert.Equal(100, turned.Novelty.Second, 3.0);
    }

    private static LongTermSpectrum Spectrum(double dbPerOctave)
    {
        var meter = new SpectrumMeter();
        meter.Add(Noises.Sloped(dbPerOctave, 6, rms: 6_000)); // loud, so that 16 bits add no hiss
        return meter.LongTerm;
    }

    private static (double Roughness, double Fluctuation) Depths(Func<double, double> formula)
    {
        var meter = new ModulationMeter();
        meter.Add(Noises.Of(6, formula));
        return meter.Depths((_, _) => true);
    }
}
