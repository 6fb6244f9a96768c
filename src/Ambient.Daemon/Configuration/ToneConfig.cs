using System.ComponentModel.DataAnnotations;
using Ambient.Synth;

namespace Ambient.Daemon.Configuration;

/// <summary>Section <c>Zone.Tone</c>: what the room's loudspeakers and walls do to the sound, put right. All at 0 dB, as by default, costs nothing.</summary>
public sealed record ToneConfig
{
    /// <summary>Low shelf around 200 Hz, dB: down where a corner booms, up where a small loudspeaker is thin.</summary>
    [Range(-9, 9)]
    public int LowDb { get; init; }

    /// <summary>High shelf around 4 kHz, dB: down in a hard, bright room.</summary>
    [Range(-9, 9)]
    public int HighDb { get; init; }

    /// <summary>One bell, dB: mostly down, against one resonance of the room.</summary>
    [Range(-9, 9)]
    public int BellDb { get; init; }

    /// <summary>Centre of the bell, Hz.</summary>
    [Range(80, 8_000)]
    public int BellHz { get; init; } = 400;

    /// <summary>Sharpness of the bell, centre over width.</summary>
    [Range(1, 8)]
    public int BellQ { get; init; } = 1;

    /// <summary>As the engine takes it.</summary>
    public ToneSettings ToSettings() => new(LowDb, HighDb, BellDb, BellHz, BellQ);
}
