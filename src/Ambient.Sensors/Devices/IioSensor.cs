using System.Globalization;
using System.Runtime.CompilerServices;

namespace Ambient.Sensors.Devices;

/// <summary>A sensor that the kernel drives (Industrial I/O, or hwmon as SHT3x, SHT4x and AHT10 do): every channel of it that says something about the room.</summary>
/// <remarks>
/// hwmon (Documentation/hwmon/sysfs-interface.rst) has <c>temp1_input</c> and <c>humidity1_input</c> in thousandths; its files are read the same way.
/// Units are those of the kernel's Documentation/ABI/testing/sysfs-bus-iio: lux; millidegrees; milli-percent; kilopascal; percent of
/// CO2. A channel is <c>in_X_input</c>, already in its unit, or <c>(in_X_raw + in_X_offset) * in_X_scale</c>.
/// </remarks>
/// <param name="name">Name of the sensor.</param>
/// <param name="device">The driver's name or the label from the device tree: <c>bh1750</c>, <c>scd4x</c>; or <c>iio:device0</c>.</param>
/// <param name="root">Where the kernel shows its devices.</param>
/// <param name="interval">How often to read.</param>
/// <param name="time">Paces and stamps the readings.</param>
public sealed class IioSensor(string name, string device, string root, TimeSpan interval, TimeProvider time) : ISensor
{
    /// <summary>Where Linux has them.</summary>
    public const string DefaultRoot = "/sys/bus/iio/devices";

    /// <summary>Where Linux has those of hwmon.</summary>
    public const string HwmonRoot = "/sys/class/hwmon";

    private static readonly (string Channel, Quantity Quantity, double Factor)[] Channels =
    [
        ("in_illuminance", Quantity.Illuminance, 1),
        ("in_illuminance0", Quantity.Illuminance, 1),
        ("in_intensity_both", Quantity.Illuminance, 1), // some drivers of lux sensors call it so; used only where there is no illuminance
        ("in_temp", Quantity.Temperature, 0.001),
        ("in_temp0", Quantity.Temperature, 0.001),
        ("in_humidityrelative", Quantity.Humidity, 0.001),
        ("in_pressure", Quantity.Pressure, 10), // kPa -> hPa
        ("in_concentration_co2", Quantity.Co2, 10_000), // percent -> ppm
        ("in_proximity", Quantity.Proximity, 1),
        ("in_proximity0", Quantity.Proximity, 1),
        ("temp1", Quantity.Temperature, 0.001), // hwmon
        ("humidity1", Quantity.Humidity, 0.001),
    ];

    /// <inheritdoc/>
    public string Name => name;

    private readonly string _kind = root == HwmonRoot || root.EndsWith("/hwmon", StringComparison.Ordinal) ? "hwmon" : "IIO";

    /// <summary>From configuration.</summary>
    public static ISensor Create(DeviceConfig config, TimeProvider time) => new IioSensor(
        config.Name ?? config.Device ?? config.Kind, config.Device ?? "", RootOf(config), TimeSpan.FromSeconds(config.EveryS), time);

    /// <summary>Where the devices of a configuration are.</summary>
    public static string RootOf(DeviceConfig config) => config.Root ?? (config.Kind == "hwmon" ? HwmonRoot : DefaultRoot);

    /// <summary>What is wrong with its configuration.</summary>
    public static IEnumerable<string> Problems(DeviceConfig config)
    {
        if (string.IsNullOrWhiteSpace(config.Device)) yield return $"Device is missing; the name or label of a device would be right: {(config.Kind == "hwmon" ? "sht4x" : "bh1750")}. 'cat {RootOf(config)}/*/name' lists them";
        if (config.EveryS is not (>= 0.1 and <= 3_600)) yield return FormattableString.Invariant($"EveryS is {config.EveryS}; allowed: 0.1..3600");
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<Reading> ReadAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        string folder = Find();
        while (true)
        {
            // A read may take a second (opt3001) or wait for a measurement (scd4x): not on a shared thread.
            List<Reading> readings = await Task.Run(() => Measure(folder), cancellation).ConfigureAwait(false);
            foreach (Reading reading in readings) yield return reading;
            await Task.Delay(interval, time, cancellation).ConfigureAwait(false);
        }
    }

    private string Find()
    {
        string[] folders = Directory.Exists(root) ? Directory.GetDirectories(root) : [];
        foreach (string folder in folders.Order(StringComparer.Ordinal))
            if (Path.GetFileName(folder) == device || ReadText(folder, "name") == device || ReadText(folder, "label") == device) return folder;
        string known = string.Join(", ", folders.Select(folder => ReadText(folder, "label") ?? ReadText(folder, "name") ?? Path.GetFileName(folder)).Order(StringComparer.Ordinal));
        throw new IOException($"no {_kind} device is called '{device}'; there are: {(known.Length > 0 ? known : "none (is the overlay loaded, and I2C on?)")}");
    }

    private List<Reading> Measure(string folder)
    {
        if (!Directory.Exists(folder)) throw new IOException($"{_kind} device '{device}' is gone");
        var readings = new List<Reading>();
        var seen = new HashSet<Quantity>();
        bool hasChannel = false;
        foreach ((string channel, Quantity quantity, double factor) in Channels)
        {
            if (seen.Contains(quantity) || !Has(folder, channel)) continue;
            hasChannel = true;
            seen.Add(quantity);
            // One channel that can't be read now (a CO2 sensor that warms up) does not silence the others.
            if (!TryRead(folder, channel, out double value)) continue;
            value *= factor;
            if (Quantities.CanBe(quantity, value)) readings.Add(new Reading(time.GetUtcNow(), name, quantity, value));
        }

        return hasChannel ? readings : throw new IOException($"{_kind} device '{device}' has no channel of light, temperature, humidity, pressure, CO2 or proximity");
    }

    private static bool Has(string folder, string channel) => File.Exists(Path.Combine(folder, $"{channel}_input")) || File.Exists(Path.Combine(folder, $"{channel}_raw"));

    private static bool TryRead(string folder, string channel, out double value)
    {
        if (TryNumber(folder, $"{channel}_input", out value)) return true;
        if (!TryNumber(folder, $"{channel}_raw", out double raw)) return false;
        if (!TryNumber(folder, $"{channel}_offset", out double offset)) offset = 0;
        if (!TryNumber(folder, $"{channel}_scale", out double scale)) scale = 1;
        value = (raw + offset) * scale;
        return true;
    }

    private static bool TryNumber(string folder, string file, out double number)
    {
        number = 0;
        return ReadText(folder, file) is { } text && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);
    }

    private static string? ReadText(string folder, string file)
    {
        try
        {
            string path = Path.Combine(folder, file);
            return File.Exists(path) ? File.ReadAllText(path).Trim() : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            return null; // EAGAIN or EIO of a sensor that is busy or not ready; the next round asks again
        }
    }
}
