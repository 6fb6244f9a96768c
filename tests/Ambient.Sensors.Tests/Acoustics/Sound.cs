namespace Ambient.Sensors.Tests.Acoustics;

/// <summary>Signals for a sound level meter, as Q31 samples at 48 kHz; amplitude 1 is full scale.</summary>
internal static class Sound
{
    public const int RateHz = 48_000;

    public static int[] Of(double seconds, Func<int, double> sample)
    {
        var samples = new int[(int)(seconds * RateHz)];
        for (int i = 0; i < samples.Length; i++) samples[i] = (int)Math.Clamp(sample(i) * 2_147_483_648.0, int.MinValue, int.MaxValue);
        return samples;
    }

    public static double Sine(int i, double hertz, double dbfs) => Math.Pow(10, dbfs / 20) * Math.Sin(2 * Math.PI * hertz * i / RateHz);

    public static double Power(double decibels) => Math.Pow(10, decibels / 10);

    public static double Decibels(double power) => 10 * Math.Log10(power);

    /// <summary>A of IEC 61672-1 by its analogue formula, as a power gain: what a filter is measured against.</summary>
    public static double TrueAPower(double hertz)
    {
        double f2 = hertz * hertz;
        double gain = f2 * f2 * 12_194.217 * 12_194.217
            / ((f2 + 20.598997 * 20.598997) * Math.Sqrt((f2 + 107.65265 * 107.65265) * (f2 + 737.86223 * 737.86223)) * (f2 + 12_194.217 * 12_194.217));
        return gain * gain * Power(2.0);
    }
}
