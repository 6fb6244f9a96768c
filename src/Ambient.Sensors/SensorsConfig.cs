using System.Text.Json;
using System.Text.Json.Serialization;
using Ambient.Sensors.Devices;
using Ambient.Sensors.Fusion;
using Ambient.Sensors.Payloads;

namespace Ambient.Sensors;

/// <summary>Section <c>Sensors</c> of the configuration. Read once at start; a change needs a restart.</summary>
public sealed record SensorsConfig
{
    private const int LargestRoom = 100_000;
    private const double SmallestVolumeM3 = 5;
    private const double LargestVolumeM3 = 1_000_000;

    private static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, // a misspelt key must not pass for its default
        RespectNullableAnnotations = true,
    };

    /// <summary>People that make the room full, 1..100 000; scales <see cref="ContextVector.Density"/>.</summary>
    public int RoomCapacity { get; init; } = RoomFacts.DefaultCapacity;

    /// <summary>Volume of the room, m³, 5..1 000 000: with it CO2 tells how many people there are where nothing counts them. Default: left out.</summary>
    public double? RoomVolumeM3 { get; init; }

    /// <summary>Each people counter sees a part of the room, so their counts add up. Default false: all see the same people, and where they differ the majority holds.</summary>
    public bool PeopleCountersSeeParts { get; init; }

    /// <summary>What of this fusion has to know.</summary>
    [JsonIgnore]
    public RoomFacts Room => new() { Capacity = RoomCapacity, VolumeM3 = RoomVolumeM3, CountersSeeParts = PeopleCountersSeeParts };

    /// <summary>What arrives by MQTT. Default: zigbee2mqtt on its usual topics, so that one on the same broker works out of the box.</summary>
    public IReadOnlyList<SourceConfig> Sources { get; init; } = [new()];

    /// <summary>Devices that this machine reads by itself.</summary>
    public IReadOnlyList<DeviceConfig> Devices { get; init; } = [];

    /// <summary>Reads the section.</summary>
    /// <param name="section">As it stands in the file; null for all defaults.</param>
    /// <param name="problems">Receives one line for each mistake: key, value and what would be right.</param>
    /// <returns>The section; good for being thrown away where there are problems.</returns>
    public static SensorsConfig Read(JsonElement? section, ICollection<string> problems)
    {
        if (section is not { } json) return new SensorsConfig();
        try
        {
            SensorsConfig config = json.Deserialize<SensorsConfig>(Strict) ?? new SensorsConfig();
            foreach (string problem in config.Problems()) problems.Add($"Sensors.{problem}");
            return config;
        }
        catch (JsonException problem)
        {
            problems.Add($"Sensors{problem.Path?.TrimStart('$')}: {problem.Message.Split(" Path:")[0]}");
            return new SensorsConfig();
        }
    }

    /// <summary>Reads a mapping by itself, as <c>decode</c> takes it.</summary>
    /// <exception cref="JsonException">It is none; the message says where.</exception>
    public static IReadOnlyList<GenericMapping> ReadMapping(JsonElement mapping) => mapping.Deserialize<GenericMapping[]>(Strict) ?? [];

    /// <summary>The topic filters to subscribe to.</summary>
    public IReadOnlyList<string> TopicFilters() => [.. Sources.SelectMany(PayloadCatalog.TopicsOf).Distinct()];

    private IEnumerable<string> Problems()
    {
        if (RoomCapacity is < 1 or > LargestRoom) yield return $"RoomCapacity is {RoomCapacity}; allowed: 1..{LargestRoom}";
        if (RoomVolumeM3 is not (null or (>= SmallestVolumeM3 and <= LargestVolumeM3)))
            yield return FormattableString.Invariant($"RoomVolumeM3 is {RoomVolumeM3}; allowed: {SmallestVolumeM3}..{LargestVolumeM3}");
        for (int i = 0; i < Sources.Count; i++)
            foreach (string problem in Sources[i].Problems())
                yield return $"Sources[{i}].{problem}";
        for (int i = 0; i < Devices.Count; i++)
            foreach (string problem in Devices[i].Problems())
                yield return $"Devices[{i}].{problem}";
    }
}
