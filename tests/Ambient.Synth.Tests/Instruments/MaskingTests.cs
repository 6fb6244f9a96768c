namespace Ambient.Synth.Tests.Instruments;

public sealed class MaskingTests
{
    [Fact]
    public void Third_octaves_fall_by_5_dB_per_octave_from_160_Hz_to_5_kHz_within_1_dB()
    {
        (int[] left, _) = Some.Play(Some.Instrument("masking"), 32 * 65_536);
        double[] centresHz = [.. Enumerable.Range(-8, 16).Select(third => 1_000 * Math.Pow(2, third / 3.0))]; // 157 Hz to 5.04 kHz
        var bandsDb = new double[centresHz.Length];
        for (int piece = 0; piece < 32; piece++)
        {
            var spectrum = new Spectrum(left.AsSpan(piece * 65_536, 65_536));
            for (int i = 0; i < bandsDb.Length; i++) bandsDb[i] += spectrum.Band(centresHz[i] * Math.Pow(2, -1 / 6.0), centresHz[i] * Math.Pow(2, 1 / 6.0));
        }

        double[] errorsDb = [.. centresHz.Select((hz, i) => 10 * Math.Log10(bandsDb[i]) + 5 * Math.Log2(hz))];
        double mean = errorsDb.Average();
        Assert.All(errorsDb, error => Assert.InRange(error - mean, -1, 1));
    }

    [Fact]
    public void It_is_steady_whoever_asks_for_brightness()
    {
        var masking = Some.Instrument("masking");
        masking.BrightnessQ15 = 32_768;
        (int[] bright, _) = Some.Play(masking, Some.Second);
        (int[] left, _) = Some.Play(Some.Instrument("masking"), 20 * Some.Second);
        Assert.Equal(left[..Some.Second], bright);
        double[] secondsDb = [.. Enumerable.Range(0, 20).Select(s => Measure.Dbfs(left.AsSpan(s * Some.Second, Some.Second)))];
        Assert.InRange(secondsDb.Max() - secondsDb.Min(), 0, 1.5);
    }
}
