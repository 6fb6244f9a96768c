namespace Ambient.Synth.Metering;

/// <summary>A-weighted energy that left for the output since the start: two counters, written by the audio thread, read by any.</summary>
public sealed class OutputLevel
{
    /// <summary>What stands for silence, dB.</summary>
    public const double SilentDb = -120;

    internal const int EnergyBits = 46; // fraction bits of the energy of one sample

    private ulong _energy; // wraps on purpose, after 2 s of full scale at the earliest: only differences count
    private long _frames;

    /// <summary>A reader of its own: levels since it was asked last.</summary>
    public OutputLevelTap Tap() => new(this);

    /// <summary>Adds a stretch. Audio thread.</summary>
    /// <param name="energy">Sum over both channels of squared samples, <see cref="EnergyBits"/> fraction bits.</param>
    /// <param name="frames">Length of the stretch.</param>
    internal void Add(ulong energy, int frames)
    {
        Volatile.Write(ref _energy, unchecked(_energy + energy));
        Volatile.Write(ref _frames, _frames + frames);
    }

    internal (ulong Energy, long Frames) Read() => (Volatile.Read(ref _energy), Volatile.Read(ref _frames));
}
