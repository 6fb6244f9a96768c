namespace Ambient.Synth;

/// <summary>Peak and RMS since last asked; written by the audio thread, read by one other.</summary>
public sealed class LevelMeter
{
    private int _peak;
    private ulong _squares; // wraps on purpose: only differences count
    private long _samples;
    private ulong _squaresTaken;
    private long _samplesTaken;

    /// <summary>What was heard since the last call, and starts anew. One reading thread.</summary>
    public LevelReading Take()
    {
        int peak = Interlocked.Exchange(ref _peak, 0);
        ulong squares = Volatile.Read(ref _squares);
        long samples = Volatile.Read(ref _samples);
        double meanSquare = unchecked(squares - _squaresTaken) / (double)Math.Max(1, samples - _samplesTaken);
        _squaresTaken = squares;
        _samplesTaken = samples;
        return new(Dbfs(peak), Dbfs(Math.Sqrt(meanSquare)));
    }

    /// <summary>Adds samples to the reading. Audio thread.</summary>
    internal void Add(ReadOnlySpan<short> samples)
    {
        int peak = 0;
        ulong squares = 0;
        foreach (short sample in samples)
        {
            int magnitude = Math.Abs((int)sample);
            peak = Math.Max(peak, magnitude);
            squares += (ulong)(magnitude * magnitude);
        }

        if (peak > Volatile.Read(ref _peak)) Interlocked.Exchange(ref _peak, peak);
        Volatile.Write(ref _squares, unchecked(_squares + squares));
        Volatile.Write(ref _samples, _samples + samples.Length);
    }

    private static double Dbfs(double amplitude) => amplitude <= 0 ? LevelReading.SilentDbfs : 20 * Math.Log10(amplitude / 32_768);
}
