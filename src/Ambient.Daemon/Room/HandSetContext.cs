using Ambient.Sensors;
using Ambient.Sensors.Fusion;

namespace Ambient.Daemon.Room;

/// <summary>Features that somebody set by hand over those that were measured.</summary>
internal sealed class HandSetContext
{
    private const double MostPeople = 100_000;

    private readonly Dictionary<string, double> _set = [];
    private bool _isOccupied;

    /// <summary>Features that can be set: those of the <c>context</c> topic, and the two that guide the tempo.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["occupancy", "occupied", "people", "density", "activity", "dba", "noise", "lux", "daylight", "light", "arousal", "confidence", "heart_rate", "breathing_rate"];

    /// <summary>Sets features, or lets them go where the value is null.</summary>
    public void Set(IReadOnlyDictionary<string, double?> features)
    {
        foreach ((string name, double? value) in features)
        {
            if (value is { } number) _set[name] = number;
            else _set.Remove(name);
        }
    }

    /// <summary>The room with what was set. What follows from it follows as in fusion: how full, how light, how loud.</summary>
    public ContextVector Over(ContextVector room)
    {
        if (_set.Count == 0) return room;
        double occupancy = Unit("occupancy") ?? room.Occupancy;
        double activity = Unit("activity") ?? room.Activity;
        bool isKnown = _set.ContainsKey("occupancy");
        _isOccupied = isKnown ? ContextScale.IsOccupied(_isOccupied, Math.Log(occupancy / (1 - occupancy))) : room.IsOccupied;
        // Whoever says whether somebody is there, and not how many, leaves that open.
        int? people = Get("people") is { } counted ? (int)Math.Round(Math.Clamp(counted, 0, MostPeople)) : isKnown || _set.ContainsKey("occupied") ? null : room.People;
        double? dba = Get("dba") ?? room.NoiseDba;
        double? lux = Get("lux") ?? room.IlluminanceLux;
        return room with
        {
            Occupancy = occupancy,
            IsOccupied = Get("occupied") is { } occupied ? occupied > 0.5 : _isOccupied,
            Activity = activity,
            People = people,
            PeopleConfidence = Get("people") is null ? (people is null ? 0 : room.PeopleConfidence) : 1,
            Density = Unit("density") ?? (Get("people") is { } heads ? Math.Clamp(heads / RoomFacts.DefaultCapacity, 0, 1) : isKnown ? ContextScale.Density(occupancy, activity) : room.Density),
            NoiseDba = dba,
            Noise = Unit("noise") ?? (_set.ContainsKey("dba") ? ContextScale.Noise(dba!.Value) : room.Noise),
            IlluminanceLux = lux,
            DaylightLux = (Get("daylight") ?? (_set.ContainsKey("lux") ? null : room.DaylightLux)) is { } daylight ? Math.Clamp(daylight, 0, lux ?? daylight) : null,
            Light = Unit("light") ?? (_set.ContainsKey("lux") ? ContextScale.Light(lux!.Value) : room.Light),
            Arousal = Get("arousal") is { } arousal ? Math.Clamp(arousal, -1, 1) : room.Arousal,
            Confidence = Unit("confidence") ?? 1,
            HeartRateBpm = Get("heart_rate") ?? room.HeartRateBpm,
            BreathsPerMinute = Get("breathing_rate") ?? room.BreathsPerMinute,
        };
    }

    private double? Get(string name) => _set.TryGetValue(name, out double value) ? value : null;

    private double? Unit(string name) => Get(name) is { } value ? Math.Clamp(value, 0, 1) : null;
}
