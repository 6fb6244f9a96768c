using Ambient.Synth.Metering;

namespace Ambient.Synth.Tests.Metering;

/// <summary>The stereo signals of EBU Tech 3341, table 1, against what the table expects and against libebur128.</summary>
public sealed class EbuTech3341Tests
{
    private const double ToleranceLu = 0.1;
    private const double ToleranceDb = 0.3;
    private const int Rate = 48_000;

    /// <summary>Stretches of a 1 kHz sine in both channels: peak level in dBFS, seconds.</summary>
    public static TheoryData<int, double, (double Dbfs, double Seconds)[]> Integrated() => new()
    {
        { 1, -23, [(-23, 20)] },
        { 2, -33, [(-33, 20)] },
        { 3, -23, [(-36, 10), (-23, 60), (-36, 10)] },
        { 4, -23, [(-72, 10), (-36, 10), (-23, 60), (-36, 10), (-72, 10)] },
        { 5, -23, [(-26, 20), (-20, 20.1), (-26, 20)] },
    };

    [Theory]
    [MemberData(nameof(Integrated))]
    public void Integrated_loudness_is_what_the_table_and_an_independent_meter_say(int number, double lufs, (double Dbfs, double Seconds)[] stretches)
    {
        short[] signal = Stretches(stretches);
        LoudnessMeter ours = Ours(signal);
        using var theirs = IndependentMeter.Of(signal);
        Near(lufs, ours.IntegratedLufs, ToleranceLu, $"signal {number}");
        Near(theirs.Integrated, ours.IntegratedLufs, ToleranceLu, $"signal {number} by libebur128");
    }

    // Signal 9: 1.34 s and 1.66 s of two levels, five times over; after 3 s the short-term meter stands still.
    [Fact]
    public void Short_term_loudness_of_signal_9_stands_still()
    {
        double[] curve = Ours(Stretches(Repeat(5, (-20, 1.34), (-30, 1.66)))).Curve.ShortTerm;
        Assert.All(curve.Skip(30), lufs => Near(-23, lufs, ToleranceLu, "short term"));
    }

    // Signal 10, one of its twenty offsets each: a tone of 3 s is found whole wherever it begins.
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(13)]
    [InlineData(19)]
    public void Short_term_loudness_finds_a_tone_of_3_s(int offset)
    {
        short[] signal = [.. new short[2 * (int)(0.15 * offset * Rate)], .. Stretches((-23, 3)), .. new short[2 * Rate]];
        using var theirs = IndependentMeter.Of(signal);
        double ours = Ours(signal).Curve.ShortTerm.Max();
        Near(-23, ours, ToleranceLu, "signal 10");
        Near(theirs.MaxShortTerm, ours, ToleranceLu, "signal 10 by libebur128");
    }

    // Signal 12: 0.18 s and 0.22 s of two levels, 25 times over; after 1 s the momentary meter stands still.
    [Fact]
    public void Momentary_loudness_of_signal_12_stands_still()
    {
        double[] curve = Ours(Stretches(Repeat(25, (-20, 0.18), (-30, 0.22)))).Curve.Momentary;
        Assert.All(curve.Skip(10), lufs => Near(-23, lufs, ToleranceLu, "momentary"));
    }

    // Signal 13, some of its twenty offsets.
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    [InlineData(15)]
    public void Momentary_loudness_finds_a_tone_of_400_ms(int offset)
    {
        short[] signal = [.. new short[2 * (int)(0.02 * offset * Rate)], .. Stretches((-23, 0.4)), .. new short[2 * Rate]];
        using var theirs = IndependentMeter.Of(signal);
        Near(theirs.MaxMomentary, Ours(signal).Curve.Momentary.Max(), ToleranceLu, "signal 13 by libebur128");
    }

    // Signals 15 to 18: part of the sample rate, phase; amplitude 0.5, faded in and out, since a sine that is cut off has other peaks. The table allows +0.2 and -0.4 dB.
    [Theory]
    [InlineData(15, 4, 0)]
    [InlineData(16, 4, 45)]
    [InlineData(17, 6, 60)]
    [InlineData(18, 8, 67.5)]
    public void True_peak_is_what_the_table_and_an_independent_meter_say(int number, int part, double degrees)
    {
        double Phase(int i) => (2 * Math.PI * i / part) + (degrees * Math.PI / 180);
        short[] signal = Noises.Of(2, time => Math.Sin(Phase((int)Math.Round(time * Rate))) * 0.5 * Math.Sin(Math.PI * time / 2));
        double ours = Ours(signal).TruePeakDbtp;
        using var theirs = IndependentMeter.Of(signal);
        Assert.InRange(ours, -6 - 0.4, -6 + 0.2);
        Near(theirs.TruePeak, ours, ToleranceDb, $"signal {number} by libebur128");
    }

    // What real programmes do: dark and bright noise, wide and mono, in steps of level.
    [Theory]
    [InlineData(-6, 1)]
    [InlineData(-3, 2)]
    [InlineData(0, 3)]
    [InlineData(3, 4)]
    public void Noise_reads_the_same_on_an_independent_meter(double dbPerOctave, int seed)
    {
        short[] signal = [.. Noises.Sloped(dbPerOctave, 12, seed: seed), .. Noises.Sloped(dbPerOctave, 6, isMono: true, seed, rms: 300), .. Noises.Sloped(dbPerOctave, 9, seed: seed, rms: 3_000)];
        LoudnessMeter ours = Ours(signal);
        using var theirs = IndependentMeter.Of(signal);
        Near(theirs.Integrated, ours.IntegratedLufs, ToleranceLu, "integrated");
        Near(theirs.MaxShortTerm, ours.Curve.ShortTerm.Max(), ToleranceLu, "short term");
        Near(theirs.MaxMomentary, ours.Curve.Momentary.Max(), ToleranceLu, "momentary");
        Near(theirs.TruePeak, ours.TruePeakDbtp, ToleranceDb, "true peak");
    }

    private static void Near(double expected, double measured, double tolerance, string what) =>
        Assert.True(Math.Abs(expected - measured) <= tolerance, $"{what}: {measured:0.00}, expected {expected:0.00}");

    private static LoudnessMeter Ours(short[] signal)
    {
        var meter = new LoudnessMeter();
        meter.Add(signal);
        return meter;
    }

    private static (double Dbfs, double Seconds)[] Repeat(int times, params (double Dbfs, double Seconds)[] stretches) =>
        [.. Enumerable.Repeat(stretches, times).SelectMany(stretch => stretch)];

    // One sine throughout: only its level changes.
    private static short[] Stretches(params (double Dbfs, double Seconds)[] stretches)
    {
        List<short> signal = [];
        int at = 0;
        foreach ((double dbfs, double seconds) in stretches)
        {
            double amplitude = 32_768 * Math.Pow(10, dbfs / 20);
            for (int end = at + (int)Math.Round(seconds * Rate); at < end; at++)
            {
                short sample = (short)Math.Round(amplitude * Math.Sin(2 * Math.PI * 1_000 * at / Rate));
                signal.Add(sample);
                signal.Add(sample);
            }
        }

        return [.. signal];
    }
}
