namespace Ambient.Synth.Metering;

/// <summary>One reader of an <see cref="OutputLevel"/>. One thread; ask at least once a second.</summary>
public sealed class OutputLevelTap
{
    private readonly OutputLevel _level;
    private ulong _energy;
    private long _frames;

    internal OutputLevelTap(OutputLevel level)
    {
        _level = level;
        (_energy, _frames) = level.Read();
    }

    /// <summary>A-weighted level since the last call, dB relative to a full-scale 1 kHz sine in both channels; -120 for silence. False when nothing was played since.</summary>
    public bool TryTake(out double levelDb)
    {
        (ulong energy, long frames) = _level.Read();
        double mean = unchecked(energy - _energy) / double.Exp2(OutputLevel.EnergyBits) / (2.0 * Math.Max(1, frames - _frames));
        bool isNew = frames > _frames;
        (_energy, _frames) = (energy, frames);
        levelDb = Math.Max(OutputLevel.SilentDb, 10 * Math.Log10(2 * mean + 1e-15)); // a full-scale sine has a mean square of 1/2
        return isNew;
    }
}
