using Ambient.Synth.Instruments;

namespace Ambient.Synth.Tests.Instruments;

public sealed class NoiseTests
{
    [Fact]
    public void Wind_falls_by_6_dB_per_octave_at_minus_49_dB_and_is_wide_but_never_out_of_phase()
    {
        (int[] left, int[] right) = Some.Play(Some.Instrument("noise"), 20 * Some.Second);
        double slope = (BandDb(left, 4_000) - BandDb(left, 1_000)) / 2;
        Assert.InRange(slope, -7, -4); // in one band of constant width: 2 dB either way for chance
        Assert.InRange(Measure.Dbfs(left), -52, -46);
        Assert.InRange(Measure.Correlation(left, right), 0.5, 0.7);
    }

    [Fact]
    public void It_blows_without_notes_and_counts_no_voices()
    {
        IInstrument noise = Some.Instrument("noise");
        Assert.True(noise.IsTexture);
        Assert.Equal(0, noise.ActiveVoices);
    }

    private static double BandDb(int[] samples, double centreHz)
    {
        double power = 0;
        for (int piece = 0; piece < 20; piece++)
        {
            for (double hz = centreHz - 200; hz <= centreHz + 200; hz += 20) power += Measure.PowerAt(samples.AsSpan(piece * Some.Second / 2, 4_800), hz);
        }

        return 10 * Math.Log10(power);
    }
}
