using Ambient.Synth.Arithmetic;
using Ambient.Synth.Oscillators;

namespace Ambient.Synth.Tests.Oscillators;

public sealed class OscillatorTests
{
    private const int Minus2Point7DbQ31 = 1_573_739_420; // 10^(-2.7/20)

    [Theory]
    [InlineData(3_600)]
    [InlineData(6_900)]
    [InlineData(9_973)]
    public void A_sine_at_minus_2_7_dBFS_has_THD_and_noise_below_minus_115_dB(int cents)
    {
        uint step = Pitch.PhaseStep(cents);
        (int[] left, _) = Kernels.Sine(step, Minus2Point7DbQ31, Some.Second);
        Assert.InRange(Measure.ResidueDb(left, Kernels.Hertz(step)), -160, -115);
        Assert.InRange(Measure.Dbfs(left), -5.72, -5.70); // RMS: 3.01 dB below the peak
    }

    [Theory]
    [InlineData(440, -90)]
    [InlineData(2_000, -85)]
    [InlineData(5_000, -80)]
    public void A_saw_has_less_alias_than_can_be_heard(int hertz, int allowedDb)
    {
        uint step = (uint)hertz * Pitch.StepPerHertz + 12_345;
        int level = Wavetable.Saw.LevelFor(step);
        int[] saw = Enumerable.Range(0, 65_536).Select(i => Wavetable.Read(level, unchecked(step * (uint)i))).ToArray(); // the bare oscillator
        var spectrum = new Spectrum(saw);
        Assert.InRange(spectrum.InharmonicDb(Kernels.Hertz(step)), -150, allowedDb);
    }

    [Fact]
    public void A_saw_has_all_its_harmonics_up_to_16_kHz_at_every_pitch()
    {
        for (int midiNote = 21; midiNote <= 108; midiNote++)
        {
            uint step = Pitch.PhaseStep(100 * midiNote);
            int level = Wavetable.Saw.LevelFor(step);
            double hertz = Kernels.Hertz(step);
            Assert.All(Harmonics(level, (int)(16_000 / hertz)), (db, index) => Assert.InRange(db + 20 * Math.Log10(index + 1), -6.1, -5.9)); // 1 / 2h
            int lowestMirrored = (int)Math.Ceiling(24_000 / hertz);
            Assert.InRange(Harmonics(level, lowestMirrored)[^1], -400, -150);
        }
    }

    [Fact]
    public void Oscillators_are_in_tune_within_a_tenth_of_a_cent()
    {
        for (int midiNote = 21; midiNote <= 108; midiNote++)
        {
            double wantedHz = 440 * Math.Pow(2, (midiNote - 69) / 12.0);
            double cents = 1_200 * Math.Log2(Kernels.Hertz(Pitch.PhaseStep(100 * midiNote)) / wantedHz);
            Assert.InRange(cents, -0.1, 0.1);
        }
    }

    [Fact]
    public void The_low_pass_at_60_Hz_has_a_signal_to_noise_ratio_of_110_dB()
    {
        const int Cents = 3_451; // 60 Hz
        uint step = 60 * Pitch.StepPerHertz;
        StateVariableFilter.Coefficients filter = StateVariableFilter.Coefficients.At(Cents);
        (int[] left, _) = Kernels.Strand(step, 4 * Some.Second, Cents);

        // The same filter and the same table in double precision: what differs is noise.
        double band1 = 0, low1 = 0, band2 = 0, low2 = 0, noise = 0, signal = 0;
        uint phase = 0;
        for (int i = 0; i < left.Length; i++)
        {
            double sample = LowPass(Table(step, phase), ref band1, ref low1, filter);
            sample = LowPass(sample, ref band2, ref low2, filter);
            phase = unchecked(phase + step);
            if (i < Some.Second) continue;
            noise += Math.Pow(left[i] - sample * (1 << 23), 2);
            signal += Math.Pow(sample * (1 << 23), 2);
        }

        Assert.InRange(10 * Math.Log10(signal / noise), 110, 200);
    }

    [Fact]
    public void At_its_highest_resonance_the_filter_stays_stable_for_ten_minutes()
    {
        const int BlocksPerSecond = Some.Second / 64;
        StateVariableFilter.Coefficients filter = StateVariableFilter.Coefficients.At(4_500, 1 << 28); // Q = 4 in both stages, on the fundamental
        var bank = new StrandBank(1);
        bank.Start(0, Wavetable.Saw, 0, 110 * Pitch.StepPerHertz);
        bank.Filter(0, filter);
        var left = new int[64];
        var right = new int[64];
        int early = 0, late = 0;
        for (int block = 0; block < 600 * BlocksPerSecond; block++)
        {
            Array.Clear(left);
            if (block < 2) bank.Glide(0, 1 << 30, 1 << 30, 64); // up in the first block, level from the second on
            bank.Render(left, right);
            Array.Clear(right);
            if (block is >= BlocksPerSecond and < 2 * BlocksPerSecond) early = Math.Max(early, left.Max());
            if (block >= 599 * BlocksPerSecond) late = Math.Max(late, left.Max());
        }

        Assert.True(early > 1 << 22);
        Assert.InRange(late, early - early / 100_000, early + early / 100_000);
    }

    private static double[] Harmonics(int level, int count) => Enumerable.Range(1, count).Select(harmonic =>
    {
        double sum = 0;
        int step = 0;
        for (int i = 0; i < Wavetable.Steps; i++, step = (step + harmonic) % Wavetable.Steps) sum += Wavetable.Tables[level + i] * Math.Sin(2 * Math.PI * step / Wavetable.Steps);
        return 20 * Math.Log10(Math.Max(Math.Abs(sum) * 2 / Wavetable.Steps / (1L << 26), 1e-20));
    }).ToArray();

    private static double Table(uint step, uint phase)
    {
        int at = Wavetable.Saw.LevelFor(step) + (int)(phase >> Wavetable.IndexShift);
        double fraction = (phase & ((1u << Wavetable.IndexShift) - 1)) / (double)(1u << Wavetable.IndexShift);
        return (Wavetable.Tables[at] + fraction * (Wavetable.Tables[at + 1] - Wavetable.Tables[at])) / (1L << 26);
    }

    private static double LowPass(double sample, ref double band, ref double low, in StateVariableFilter.Coefficients at)
    {
        const double One = 1L << 31;
        double difference = sample - low;
        double newBand = at.A1.Raw / One * band + at.A2.Raw / One * difference;
        double newLow = low + at.A2.Raw / One * band + at.A3.Raw / One * difference;
        band = 2 * newBand - band;
        low = 2 * newLow - low;
        return newLow;
    }
}
