using System.Text.Json.Serialization;

namespace Ambient.Daemon.Room;

/// <summary>How the daemon is doing.</summary>
public sealed record DiagReport
{
    /// <summary>Times the audio device ran dry since the start.</summary>
    public long Xruns { get; init; }

    /// <summary>Frames that the output accepted since the start, at 48 kHz.</summary>
    public long Frames { get; init; }

    /// <summary>How far the composed score reaches ahead of what is heard, ms.</summary>
    public double QueueMs { get; init; }

    /// <summary>Processor time of the whole daemon, percent of one core.</summary>
    [JsonPropertyName("cpu")]
    public double CpuPercent { get; init; }

    /// <summary>Resident memory, MB of 10^6 bytes.</summary>
    [JsonPropertyName("rss")]
    public double RssMb { get; init; }

    /// <summary>Score events that reached the synthesiser after their frame, since the start.</summary>
    public long LateEvents { get; init; }

    /// <summary>99th percentile of one model step, µs.</summary>
    [JsonPropertyName("model_us_p99")] // the naming policy would write p_99
    public double ModelUsP99 { get; init; }

    /// <summary>Share of the notes that the model composed rather than the rule-based fallback, 0..1.</summary>
    public double ModelNoteShare { get; init; }

    /// <summary>Seconds since the start, by the clock that drives the daemon.</summary>
    public double UptimeS { get; init; }

    /// <summary>A-weighted level of what was played since the last report, dB relative to a full-scale sine; -120 for silence.</summary>
    public double OutputDb { get; init; }

    /// <summary>Longest that a block came after its time since the last report, ms, on an output that does not pace itself; above what a device buffers it would be a gap.</summary>
    public double LateMs { get; init; }

    /// <summary>Messages that came from the broker since the start.</summary>
    public long MqttReceived { get; init; }

    /// <summary>Messages that were thrown away since the start: too many at once, or too large.</summary>
    public long MqttDropped { get; init; }

    /// <summary>Audio output in use: <c>alsa:default</c>.</summary>
    public string Output { get; init; } = "";

    /// <summary>Bits of a sample that it carries: 16, 24 or 32.</summary>
    public int OutputBits { get; init; }
}
