using Ambient.Sensors.Acoustics;

namespace Ambient.Sensors.Tests.Acoustics;

public sealed class FrequencyWeightingTests
{
    // IEC 61672-1:2013, table 3: nominal frequency, A, C, class 1 acceptance limits (+, -). Exact frequencies are 1000 * 10^(n/10).
    public static TheoryData<double, double, double, double, double> Table3 => new()
    {
        { 20, -50.5, -6.2, 2.0, 2.0 }, { 25, -44.7, -4.4, 2.0, 1.5 }, { 31.5, -39.4, -3.0, 1.5, 1.5 }, { 40, -34.6, -2.0, 1.0, 1.0 },
        { 50, -30.2, -1.3, 1.0, 1.0 }, { 63, -26.2, -0.8, 1.0, 1.0 }, { 80, -22.5, -0.5, 1.0, 1.0 }, { 100, -19.1, -0.3, 1.0, 1.0 },
        { 125, -16.1, -0.2, 1.0, 1.0 }, { 160, -13.4, -0.1, 1.0, 1.0 }, { 200, -10.9, 0, 1.0, 1.0 }, { 250, -8.6, 0, 1.0, 1.0 },
        { 315, -6.6, 0, 1.0, 1.0 }, { 400, -4.8, 0, 1.0, 1.0 }, { 500, -3.2, 0, 1.0, 1.0 }, { 630, -1.9, 0, 1.0, 1.0 },
        { 800, -0.8, 0, 1.0, 1.0 }, { 1_000, 0, 0, 0.7, 0.7 }, { 1_250, 0.6, 0, 1.0, 1.0 }, { 1_600, 1.0, -0.1, 1.0, 1.0 },
        { 2_000, 1.2, -0.2, 1.0, 1.0 }, { 2_500, 1.3, -0.3, 1.0, 1.0 }, { 3_150, 1.2, -0.5, 1.0, 1.0 }, { 4_000, 1.0, -0.8, 1.0, 1.0 },
        { 5_000, 0.5, -1.3, 1.5, 1.5 }, { 6_300, -0.1, -2.0, 1.5, 2.0 }, { 8_000, -1.1, -3.0, 1.5, 2.5 }, { 10_000, -2.5, -4.4, 2.0, 3.0 },
        { 12_500, -4.3, -6.2, 2.0, 5.0 }, { 16_000, -6.6, -8.5, 2.5, 16.0 },
    };

    [Theory]
    [MemberData(nameof(Table3))]
    public void Weightings_keep_class_1_and_a_fifth_of_a_decibel_at_48_and_44_1_kHz(double nominalHz, double aDb, double cDb, double above, double below)
    {
        double hertz = 1_000 * Math.Pow(10, Math.Round(10 * Math.Log10(nominalHz / 1_000)) / 10);
        foreach (int rateHz in new[] { 44_100, 48_000 })
        {
            AssertNear(aDb, FrequencyWeighting.A(rateHz));
            AssertNear(cDb, FrequencyWeighting.C(rateHz));
        }

        void AssertNear(double expectedDb, FrequencyWeighting weighting)
        {
            double error = 20 * Math.Log10(weighting.GainAt(hertz)) - expectedDb;
            Assert.InRange(error, -Math.Min(below, 0.2), Math.Min(above, 0.2));
        }
    }

    [Fact]
    public void The_filter_does_to_a_sine_what_its_response_says()
    {
        foreach (double hertz in new[] { 63.0, 1_000, 12_500 })
        {
            FrequencyWeighting weighting = FrequencyWeighting.A(48_000);
            double energy = 0;
            for (int i = 0; i < 2 * 48_000; i++)
            {
                double y = weighting.Process(Math.Sin(2 * Math.PI * hertz * i / 48_000));
                if (i >= 48_000) energy += y * y;
            }

            Assert.Equal(weighting.GainAt(hertz), Math.Sqrt(2 * energy / 48_000), 1e-3);
        }
    }
}
