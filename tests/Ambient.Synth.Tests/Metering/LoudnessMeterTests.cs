using Ambient.Synth.Metering;

namespace Ambient.Synth.Tests.Metering;

public sealed class LoudnessMeterTests
{
    // EBU Tech 3341, test case 1 and 2: a stereo 1 kHz sine.
    [Theory]
    [InlineData(-23.0)]
    [InlineData(-33.0)]
    public void A_stereo_sine_of_1_kHz_reads_its_own_level_within_a_tenth(double dbfs)
    {
        LoudnessMeter meter = Play(Sine(1_000, dbfs, seconds: 20));
        Assert.InRange(meter.IntegratedLufs, dbfs - 0.1, dbfs + 0.1);
    }

    // Test case 3: the relative gate leaves the quiet parts out.
    [Fact]
    public void Quiet_passages_do_not_count()
    {
        LoudnessMeter meter = Play([.. Sine(1_000, -36, 10), .. Sine(1_000, -23, 60), .. Sine(1_000, -36, 10)]);
        Assert.InRange(meter.IntegratedLufs, -23.1, -22.9);
    }

    // A sine of a quarter of the sample rate, 45 degrees off: its samples stay 3 dB below its true peak.
    [Fact]
    public void Peaks_between_samples_are_found()
    {
        short[] signal = new short[2 * 48_000];
        for (int i = 0; i < 48_000; i++) signal[2 * i] = signal[2 * i + 1] = (short)Math.Round(16_384 * Math.Sin(Math.PI / 4 + i * Math.PI / 2));
        Assert.InRange(Play(signal).TruePeakDbtp, -6.02 - 0.4, -6.02 + 0.2);
    }

    [Fact]
    public void Silence_has_no_loudness()
    {
        Assert.Equal(double.NegativeInfinity, Play(new short[96_000]).IntegratedLufs);
    }

    private static LoudnessMeter Play(short[] interleaved)
    {
        var meter = new LoudnessMeter();
        meter.Add(interleaved);
        return meter;
    }

    private static short[] Sine(double hertz, double dbfs, int seconds)
    {
        var signal = new short[2 * 48_000 * seconds];
        double amplitude = 32_768 * Math.Pow(10, dbfs / 20);
        for (int i = 0; i < signal.Length / 2; i++)
            signal[2 * i] = signal[2 * i + 1] = (short)Math.Round(amplitude * Math.Sin(2 * Math.PI * hertz * i / 48_000));
        return signal;
    }
}
