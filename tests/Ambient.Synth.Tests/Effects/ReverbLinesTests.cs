using Ambient.Synth.Effects;

namespace Ambient.Synth.Tests.Effects;

public sealed class ReverbLinesTests
{
    [Theory]
    [InlineData(3.9)]
    [InlineData(8.0)]
    public void No_mode_of_the_last_second_stands_8_dB_over_its_neighbours(double seconds)
    {
        // Six bursts, so that chance evens out and what the room itself prefers stays.
        var spectra = new List<Spectrum>();
        for (int seed = 0; seed < 6; seed++)
        {
            (int[] left, _) = Play((int)(seconds / 10 * Some.Unity), 2 * Some.Second + 65_536, (_, i) => i < 9_600, seed);
            spectra.Add(new Spectrum(left.AsSpan(2 * Some.Second)));
        }

        double[] bands = Enumerable.Range(0, 24 * 5).Select(i => spectra.Sum(spectrum => Band(spectrum, 125 * Math.Pow(2, i / 24.0), 125 * Math.Pow(2, (i + 1) / 24.0)))).ToArray();
        for (int i = 8; i < bands.Length - 8; i++)
        {
            double neighbours = bands[(i - 8)..(i + 9)].Order().ElementAt(8);
            Assert.InRange(10 * Math.Log10(bands[i] / neighbours), -20, 8);
        }
    }

    [Fact]
    public void Sixteen_lines_take_over_from_eight_without_a_click()
    {
        (int[] left, int[] right) = Play(Some.Unity * 38 / 100, 4 * Some.Second, (reverb, i) =>
        {
            if (i == Some.Second) reverb.SetTime(Some.Unity * 42 / 100, 1);
            if (i == 5 * Some.Second / 2) reverb.SetTime(Some.Unity * 38 / 100, 1);
            return true;
        });
        Assert.InRange(TrebleDbfs(left), -200, -90);
        Assert.InRange(TrebleDbfs(right), -200, -90);
        Assert.InRange(Measure.Dbfs(left.AsSpan(2 * Some.Second, Some.Second / 2)) - Measure.Dbfs(left.AsSpan(Some.Second / 2, Some.Second / 2)), -6, 6);
    }

    [Theory]
    [InlineData(1.0, 8)]
    [InlineData(4.0, 8)]
    [InlineData(4.01, 16)]
    [InlineData(9.0, 16)]
    public void Above_4_seconds_there_are_sixteen_lines(double seconds, int lines)
    {
        var reverb = new Reverb((int)(seconds / 10 * Some.Unity));
        int[] left = new int[4_096], right = new int[4_096];
        left[0] = right[0] = 1 << 22;
        reverb.Process(left, right);
        int shortest = Array.FindIndex(left, sample => sample != 0) - 1_200; // 25 ms before the network
        int expected = lines == 8 ? 1_447 : 1_511; // the first line of each
        Assert.InRange(shortest, expected - 30, expected + 30); // lines move by up to 24 frames
    }

    // The loudest third of a second above 12 kHz; the tone that plays lies at 382 Hz.
    private static double TrebleDbfs(ReadOnlySpan<int> samples)
    {
        double loudest = double.MinValue;
        for (int at = Some.Second / 2; at + 16_384 <= samples.Length; at += 8_192)
        {
            var spectrum = new Spectrum(samples.Slice(at, 16_384));
            double power = 0;
            for (double hz = 12_000; hz < 23_990; hz += Some.Second / 16_384.0) power += spectrum.Bin(hz);
            loudest = Math.Max(loudest, 10 * Math.Log10(power / 16_384 / 16_384 / Math.Pow(1 << 23, 2) * 8));
        }

        return loudest;
    }

    private static double Band(Spectrum spectrum, double fromHz, double toHz)
    {
        double sum = 0;
        int bands = 0;
        for (double hz = fromHz; hz < toHz; hz += 0.73, bands++) sum += spectrum.Bin(hz);
        return sum / Math.Max(bands, 1);
    }

    private static (int[] Left, int[] Right) Play(int rt60Q15, int frames, Func<Reverb, int, bool> isSounding, int? noiseSeed = null)
    {
        var reverb = new Reverb(rt60Q15);
        Random? random = noiseSeed is { } seed ? new Random(seed) : null; // else a tone
        var left = new int[frames];
        var right = new int[frames];
        for (int at = 0; at < frames; at += 32)
        {
            bool sounds = isSounding(reverb, at);
            for (int i = at; i < Math.Min(at + 32, frames) && sounds; i++)
            {
                left[i] = random?.Next(-(1 << 21), 1 << 21) ?? (int)(1_000_000 * Math.Sin(i * 0.05));
                right[i] = left[i] / 2;
            }

            int count = Math.Min(32, frames - at);
            reverb.Process(left.AsSpan(at, count), right.AsSpan(at, count));
        }

        return (left, right);
    }
}
