namespace Ambient.Sensors.Devices;

/// <summary>Every kind of device. A new one is a file in this folder and a line here.</summary>
public static class DeviceCatalog
{
    private static readonly Dictionary<string, Func<DeviceConfig, TimeProvider, ISensor>> Kinds = new(StringComparer.Ordinal)
    {
        ["replay"] = ReplaySensor.Create,
    };

    /// <summary>What <see cref="DeviceConfig.Kind"/> may be, for messages.</summary>
    public static string Names { get; } = string.Join(", ", Kinds.Keys.Order(StringComparer.Ordinal));

    /// <summary>Whether there is such a kind.</summary>
    public static bool Knows(string kind) => Kinds.ContainsKey(kind);

    /// <summary>Makes a device; opens nothing yet.</summary>
    /// <exception cref="ArgumentException">No such kind, or its settings make no sense.</exception>
    public static ISensor Create(DeviceConfig config, TimeProvider time) => Kinds.TryGetValue(config.Kind, out var create)
        ? create(config, time)
        : throw new ArgumentException($"No device is called '{config.Kind}'. There are: {Names}.", nameof(config));
}
