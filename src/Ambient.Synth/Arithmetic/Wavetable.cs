using System.Runtime.CompilerServices;

namespace Ambient.Synth.Arithmetic;

/// <summary>One waveform, band-limited for every octave: level 0 holds 128 harmonics, each further level half as many.</summary>
/// <remarks>
/// Summed from the sine table in integers at start-up (some milliseconds), which gives the same bits everywhere and spares
/// the source some 60 kB of numbers per waveform. PolyBLEP oscillators alias 40 dB more.
/// </remarks>
internal sealed class Wavetable
{
    private const int Levels = 8;
    private const int MaxHarmonics = 1 << (Levels - 1);

    private readonly int[][] _levels;

    private Wavetable(Func<int, int> amplitudeQ31)
    {
        _levels = new int[Levels][];
        for (int level = 0; level < Levels; level++)
        {
            var turn = new int[SineTable.Steps + 1];
            for (int step = 0; step < turn.Length; step++)
            {
                long sumQ31 = 0;
                for (int harmonic = MaxHarmonics >> level; harmonic >= 1; harmonic--)
                    sumQ31 += (long)amplitudeQ31(harmonic) * SineTable.Turn[harmonic * step & (SineTable.Steps - 1)] >> 31;
                turn[step] = (int)sumQ31;
            }

            _levels[level] = turn;
        }
    }

    /// <summary>Sawtooth, peak 0.93: sum of sin(h x) / 2h.</summary>
    public static Wavetable Saw { get; } = new(harmonic => (1 << 30) / harmonic);

    /// <summary>A triangle with a sawtooth 8 dB below: the warm pad's wave, peak below 1.</summary>
    public static Wavetable Warm { get; } = new(harmonic =>
    {
        int triangle = harmonic % 2 == 0 ? 0 : (1 << 30) / (harmonic * harmonic) * (harmonic % 4 == 1 ? 1 : -1);
        return triangle + (1 << 30) / harmonic / 5 * 2;
    });

    /// <summary>The table with as many harmonics as fit below 20 kHz at this pitch. Shape [2049], Q31.</summary>
    public int[] LevelFor(uint phaseStep)
    {
        const uint HighestStep = 20_000 * Pitch.StepPerHertz;
        int level = 0;
        while (level < Levels - 1 && phaseStep > HighestStep / (uint)(MaxHarmonics >> level)) level++;
        return _levels[level];
    }

    /// <summary>Reads a level at a phase, Q31.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Read(int[] level, uint phase) => SineTable.Interpolate(level, phase);
}
