namespace Ambient.Sensors.Devices;

/// <summary>Every kind of device. A new one is a file in this folder and a line here.</summary>
public static class DeviceCatalog
{
    private static readonly Dictionary<string, (Func<DeviceConfig, TimeProvider, ISensor> Create, Func<DeviceConfig, IEnumerable<string>> Problems)> Kinds = new(StringComparer.Ordinal)
    {
        ["gpio"] = (GpioSensor.Create, GpioSensor.Problems),
        ["hwmon"] = (IioSensor.Create, IioSensor.Problems),
        ["iio"] = (IioSensor.Create, IioSensor.Problems),
        ["ld2410"] = (Ld2410Sensor.Create, Ld2410Sensor.Problems),
        ["microphone"] = (MicrophoneSensor.Create, MicrophoneSensor.Problems),
        ["replay"] = (ReplaySensor.Create, ReplaySensor.Problems),
    };

    /// <summary>What <see cref="DeviceConfig.Kind"/> may be, for messages.</summary>
    public static string Names { get; } = string.Join(", ", Kinds.Keys.Order(StringComparer.Ordinal));

    /// <summary>What is wrong with a device's settings: key, value and what would be right; empty when they are good.</summary>
    public static IEnumerable<string> Problems(DeviceConfig config) => Kinds.TryGetValue(config.Kind, out var kind)
        ? kind.Problems(config)
        : [$"Kind is '{config.Kind}'. There are: {Names}"];

    /// <summary>Makes a device; opens nothing yet.</summary>
    /// <exception cref="ArgumentException">No such kind, or its settings make no sense.</exception>
    public static ISensor Create(DeviceConfig config, TimeProvider time) => Kinds.TryGetValue(config.Kind, out var kind)
        ? kind.Create(config, time)
        : throw new ArgumentException($"No device is called '{config.Kind}'. There are: {Names}.", nameof(config));
}
