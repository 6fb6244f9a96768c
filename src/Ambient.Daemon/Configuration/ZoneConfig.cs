using System.ComponentModel.DataAnnotations;

namespace Ambient.Daemon.Configuration;

/// <summary>Section <c>Zone</c>: which room this is and how it sounds when nobody asks for anything.</summary>
public sealed record ZoneConfig
{
    /// <summary>The zone's name in topics, unique at the broker.</summary>
    [TopicName]
    public string Id { get; init; } = "room";

    /// <summary>Groups that the zone belongs to, most important first; it listens to commands for each, and for <c>all</c>.</summary>
    [TopicName]
    public IReadOnlyList<string> Groups { get; init; } = [];

    /// <summary>IANA time zone of the room. Default: the machine's. A schedule carries its own.</summary>
    [IanaTimeZone]
    public string? TimeZone { get; init; }

    /// <summary>Mood that holds when nothing else asks for one. Not silence by default: silence has to be asked for.</summary>
    public string DefaultMood { get; init; } = "calm";

    /// <summary>Level that holds when nothing else asks for one: 0 is silent, 100 the calibrated maximum, 0.5 dB a step. Default: the mood's own.</summary>
    [Range(0, 100)]
    public int? Level { get; init; }

    /// <summary>Tone of the room: two shelves and a bell.</summary>
    public ToneConfig Tone { get; init; } = new();
}
