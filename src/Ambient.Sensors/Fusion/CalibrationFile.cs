using System.Text.Json;
using System.Text.Json.Serialization;

namespace Ambient.Sensors.Fusion;

/// <summary>A <see cref="Calibration"/> as a small JSON file, which <c>calibrate</c> writes and people may edit.</summary>
public static class CalibrationFile
{
    private static readonly JsonSerializerOptions Options = new()
    {
        WriteIndented = true,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow, // a misspelt key must not pass for its default
    };

    /// <summary>Reads a file. What it leaves out keeps its default.</summary>
    /// <exception cref="IOException">The file is missing or unreadable.</exception>
    /// <exception cref="InvalidDataException">It is no calibration; the message says why.</exception>
    public static Calibration Load(string path)
    {
        try
        {
            Calibration calibration = JsonSerializer.Deserialize<Calibration>(File.ReadAllBytes(path), Options) ?? Calibration.Default;
            foreach (var (name, value, min, max) in Calibration.Ranges(calibration))
                if (!(value >= min && value <= max)) throw new InvalidDataException(FormattableString.Invariant($"{path}: {name} is {value}; allowed: {min}..{max}"));
            if (calibration.Sources is null || calibration.Sources.Any(source => source is not { IsUsable: true } || !Quantities.TryParse(source.Quantity, out _)))
                throw new InvalidDataException($"{path}: sources holds one that can't be; each has a sensor, a quantity such as illuminance, a reliance of -1..1 and a size above 0 or null");
            return calibration;
        }
        catch (JsonException problem)
        {
            throw new InvalidDataException($"{path}: {problem.Message}");
        }
    }

    /// <summary>Writes a file.</summary>
    /// <exception cref="IOException">It can't be written.</exception>
    public static void Save(string path, Calibration calibration) => File.WriteAllText(path, JsonSerializer.Serialize(calibration, Options) + "\n");
}
