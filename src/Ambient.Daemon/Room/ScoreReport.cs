using System.Text.Json.Serialization;

namespace Ambient.Daemon.Room;

/// <summary>What is being played.</summary>
public sealed record ScoreReport
{
    /// <summary>Bars since the start, from 0.</summary>
    public long Bar { get; init; }

    /// <summary>Beats a minute.</summary>
    [JsonPropertyName("tempo")]
    public double TempoBpm { get; init; }

    /// <summary>Tonic and mode: <c>D dorian</c>.</summary>
    public string Key { get; init; } = "";

    /// <summary>Chord symbol: <c>Gm9</c>.</summary>
    public string Chord { get; init; } = "";

    /// <summary>Layers that sound, by name.</summary>
    public IReadOnlyList<string> Layers { get; init; } = [];

    /// <summary>Salient notes a minute that the room asks for now.</summary>
    public double OnsetsPerMinute { get; init; }

    /// <summary>Notes since the start, by instrument.</summary>
    public IReadOnlyDictionary<string, long> Notes { get; init; } = new Dictionary<string, long>();
}
