using System.Runtime.CompilerServices;
using Ambient.Synth.Arithmetic.Lanes;

namespace Ambient.Synth.Arithmetic;

/// <summary>One waveform, band-limited for every pitch: 21 tables, each with up to 1.44 times the harmonics of the one before.</summary>
/// <remarks>
/// The table for a pitch holds every harmonic up to 16 kHz and none above 23.5 kHz. 8 192 steps keep what linear interpolation
/// mirrors below -100 dB at 440 Hz (2 048 steps: -87 dB). Summed from the sine table in integers at first use (some milliseconds a waveform),
/// which gives the same bits everywhere. All tables stand in one array, so that voices with different ones share a loop.
/// PolyBLEP oscillators alias 40 dB more.
/// </remarks>
internal sealed class Wavetable
{
    /// <summary>Steps in a turn.</summary>
    public const int Steps = 1 << StepBits;

    /// <summary>Shift from a phase to a step.</summary>
    public const int IndexShift = 32 - StepBits;

    private const int StepBits = 13;
    private const int TableLength = Steps + 1;
    private const int GuardBits = 20;
    private const int SampleBits = 26; // five bits for the resonance of what comes behind

    private static readonly int[] Harmonics = [828, 592, 424, 304, 218, 156, 112, 80, 58, 42, 30, 22, 16, 12, 9, 7, 5, 4, 3, 2, 1];
    private static readonly int[] Sine = LongSine();
    private static readonly int[] AllTables = new int[2 * Harmonics.Length * TableLength];

    private readonly int _offset;

    private Wavetable(int place, Func<int, int> amplitudeQ31)
    {
        _offset = place * Harmonics.Length * TableLength;
        var sums = new long[Steps / 2 + 1]; // the other half is the same upside down and backwards
        int harmonic = 0;
        for (int level = Harmonics.Length - 1; level >= 0; level--)
        {
            while (harmonic < Harmonics[level])
            {
                long amplitude = amplitudeQ31(++harmonic);
                if (amplitude == 0) continue;
                for (int step = 0, at = 0; step < sums.Length; step++, at = (at + harmonic) & (Steps - 1))
                    sums[step] += amplitude * Sine[at] >> 31 - GuardBits;
            }

            Span<int> table = AllTables.AsSpan(_offset + level * TableLength, TableLength);
            for (int step = 0; step < sums.Length; step++)
            {
                const int Shift = GuardBits + 31 - SampleBits;
                int sampleQ26 = (int)((sums[step] + (1L << (Shift - 1))) >> Shift);
                table[step] = sampleQ26;
                table[Steps - step] = -sampleQ26;
            }
        }
    }

    /// <summary>Sawtooth, peak 0.93: sum of sin(h x) / 2h.</summary>
    public static Wavetable Saw { get; } = new(0, harmonic => (1 << 30) / harmonic);

    /// <summary>A triangle with a sawtooth 8 dB below: the warm pad's wave, peak below 1.</summary>
    public static Wavetable Warm { get; } = new(1, harmonic =>
    {
        int triangle = harmonic % 2 == 0 ? 0 : (1 << 30) / (harmonic * harmonic) * (harmonic % 4 == 1 ? 1 : -1);
        return triangle + (1 << 30) / harmonic / 5 * 2;
    });

    /// <summary>Every table of every waveform, Q26.</summary>
    public static ReadOnlySpan<int> Tables => AllTables;

    /// <summary>Where in <see cref="Tables"/> the table for this pitch begins.</summary>
    public int LevelFor(uint phaseStep)
    {
        const uint HighestStep = 23_500 * Pitch.StepPerHertz;
        int level = 0;
        while (level < Harmonics.Length - 1 && phaseStep > HighestStep / (uint)Harmonics[level]) level++;
        return _offset + level * TableLength;
    }

    /// <summary>Reads a table at a phase, between its steps, Q26.</summary>
    /// <param name="level">From <see cref="LevelFor"/>.</param>
    /// <param name="phase">One turn is 2^32.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(int level, uint phase)
    {
        int at = level + (int)(phase >> IndexShift);
        int fractionQ15 = (int)((phase >> (IndexShift - 15)) & 0x7FFF);
        int from = AllTables[at];
        return from + (int)(((long)AllTables[at + 1] - from) * fractionQ15 >> 15);
    }

    /// <summary>The same for every lane.</summary>
    /// <param name="tables">First element that <paramref name="index"/> counts from.</param>
    /// <param name="index">The step at or before the phase: the table's place plus the phase shifted by <see cref="IndexShift"/>.</param>
    /// <param name="phase">One turn is 2^32.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Read<T>(ref readonly int tables, T index, T phase)
        where T : struct, ILanes<T>
    {
        T.Read(in tables, index, out T from, out T to);
        T fractionQ31 = (phase & T.All((1 << IndexShift) - 1)) << (31 - IndexShift);
        return from + T.ScaleQ31(fractionQ31, T.Odd(fractionQ31), to - from);
    }

    // The quarter of the sine table that is given, with three steps put between any two by cubic interpolation: error below -170 dB.
    private static int[] LongSine()
    {
        const int Between = Steps / SineTable.Steps;
        var sine = new int[Steps];
        for (int i = 0; i < Steps; i++)
        {
            int at = i / Between;
            long before = SineTable.Turn[(at - 1) & (SineTable.Steps - 1)], from = SineTable.Turn[at];
            long to = SineTable.Turn[at + 1], after = SineTable.Turn[(at + 2) & (SineTable.Steps - 1)];
            long t = i % Between; // in quarters; Lagrange's cubic, all over 6 * 64
            long sum = -before * t * (4 - t) * (8 - t) + 3 * from * (4 + t) * (4 - t) * (8 - t) + 3 * to * t * (4 + t) * (8 - t) - after * t * (4 + t) * (4 - t);
            sine[i] = (int)((sum + 192) / 384);
        }

        return sine;
    }
}
