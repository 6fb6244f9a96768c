using System.ComponentModel.DataAnnotations;

namespace Ambient.Daemon.Configuration;

/// <summary>Section <c>Audio</c>: where the sound goes.</summary>
public sealed record AudioConfig
{
    /// <summary>Output with its address: <c>alsa:default</c>, <c>alsa:plughw:1,0</c>, <c>wav:room.wav</c>, <c>null</c>.</summary>
    [RegularExpression("^(alsa:.+|wav:.+|null)$", ErrorMessage = "alsa:DEVICE, wav:FILE or null")]
    public string Output { get; init; } = "alsa:default";

    /// <summary>Frames per block. Latency is <c>PeriodFrames * Periods / 48 000 Hz</c>: 171 ms by default.</summary>
    [Range(64, 1_024)]
    public int PeriodFrames { get; init; } = 1_024;

    /// <summary>Blocks in the device buffer. More forgives a longer GC pause.</summary>
    [Range(2, 16)]
    public int Periods { get; init; } = 8;

    /// <summary>Fade at start and at the end, ms. Below 50 it clicks; SIGTERM has to be done within 1 s.</summary>
    [Range(50, 800)]
    public int FadeMs { get; init; } = 500;
}
