using Ambient.Daemon.Configuration;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Audio;

/// <summary>Tells the output stage how loud it may be now, in dBA of this room.</summary>
internal sealed class LevelKeeper(LevelConfig config, OutputStage stage)
{
    /// <summary>The stage for a configuration.</summary>
    public static OutputStage StageOf(LevelConfig config) => new(config.FadeInS, config.RampDbPerS);

    /// <summary>Sets what holds at this time; cheap, call it about every 100 ms.</summary>
    /// <param name="now">Local time of the room.</param>
    public void Tick(DateTimeOffset now)
    {
        double? capDba = null;
        foreach (LevelCap cap in config.Caps)
            if (cap.HoldsAt(TimeOnly.FromTimeSpan(now.TimeOfDay))) capDba = Math.Min(cap.Dba, capDba ?? double.MaxValue);
        stage.Cap(capDba - config.CalibrationDba);
    }
}
