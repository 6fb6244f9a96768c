using System.Runtime.InteropServices;

namespace Ambient.Synth.Tests.Metering;

/// <summary>libebur128 (Debian: libebur128-1), an EBU R128 meter that has nothing in common with ours.</summary>
internal sealed class IndependentMeter : IDisposable
{
    private const string Library = "libebur128.so.1";
    private const int StepFrames = 4_800;
    private const int EveryMode = 1 << 0 | 1 << 1 | 1 << 2 | 1 << 4 | 1 << 5; // momentary, short term, integrated, sample peak, true peak

    private nint _state = ebur128_init(2, 48_000, EveryMode);

    /// <summary>Highest momentary loudness so far, LUFS.</summary>
    public double MaxMomentary { get; private set; } = double.NegativeInfinity;

    /// <summary>Highest short-term loudness so far, LUFS.</summary>
    public double MaxShortTerm { get; private set; } = double.NegativeInfinity;

    /// <summary>Integrated loudness, LUFS.</summary>
    public double Integrated => ebur128_loudness_global(_state, out double lufs) == 0 ? lufs : double.NaN;

    /// <summary>True peak of both channels, dBTP.</summary>
    public double TruePeak
    {
        get
        {
            _ = ebur128_true_peak(_state, 0, out double left);
            _ = ebur128_true_peak(_state, 1, out double right);
            return 20 * Math.Log10(Math.Max(left, right));
        }
    }

    public static IndependentMeter Of(short[] interleaved)
    {
        var meter = new IndependentMeter();
        for (int at = 0; at < interleaved.Length; at += 2 * StepFrames) meter.Add(interleaved[at..Math.Min(interleaved.Length, at + (2 * StepFrames))]);
        return meter;
    }

    public void Dispose() => ebur128_destroy(ref _state);

    private void Add(short[] interleaved)
    {
        Assert.Equal(0, ebur128_add_frames_short(_state, interleaved, (nuint)interleaved.Length / 2));
        _ = ebur128_loudness_momentary(_state, out double momentary);
        _ = ebur128_loudness_shortterm(_state, out double shortTerm);
        MaxMomentary = Math.Max(MaxMomentary, momentary);
        MaxShortTerm = Math.Max(MaxShortTerm, shortTerm);
    }

#pragma warning disable IDE1006, SYSLIB1054 // names are the library's; a test needs no generated marshalling
    [DllImport(Library)]
    private static extern nint ebur128_init(uint channels, nuint sampleRate, int mode);

    [DllImport(Library)]
    private static extern void ebur128_destroy(ref nint state);

    [DllImport(Library)]
    private static extern int ebur128_add_frames_short(nint state, short[] source, nuint frames);

    [DllImport(Library)]
    private static extern int ebur128_loudness_global(nint state, out double lufs);

    [DllImport(Library)]
    private static extern int ebur128_loudness_momentary(nint state, out double lufs);

    [DllImport(Library)]
    private static extern int ebur128_loudness_shortterm(nint state, out double lufs);

    [DllImport(Library)]
    private static extern int ebur128_true_peak(nint state, uint channel, out double amplitude);
#pragma warning restore IDE1006, SYSLIB1054
}
