using System.Text.Json;
using Ambient.Sensors;
using Ambient.Sensors.Payloads;

namespace Ambient.Daemon.Room;

/// <summary>The topics <c>input/&lt;name&gt;</c>: numbers about the room that no sensor measures, such as a heart rate, a crowd, the intensity of a game. Composer thread.</summary>
/// <param name="take">Receives what was understood.</param>
public sealed class ContextInputs(Action<Reading> take)
{
    /// <summary>What a topic of this kind begins with, after the id.</summary>
    public const string Prefix = "input/";

    private static readonly Dictionary<string, Quantity> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        ["heart_rate"] = Quantity.HeartRate,
        ["heartrate"] = Quantity.HeartRate,
        ["heart"] = Quantity.HeartRate,
        ["breathing_rate"] = Quantity.BreathingRate,
        ["breathing"] = Quantity.BreathingRate,
        ["breath"] = Quantity.BreathingRate,
        ["respiration"] = Quantity.BreathingRate,
        ["crowd"] = Quantity.Crowd,
        ["density"] = Quantity.Crowd,
        ["intensity"] = Quantity.Intensity,
        ["game_intensity"] = Quantity.Intensity,
        ["activity"] = Quantity.Intensity,
        ["arousal"] = Quantity.Arousal,
        ["people"] = Quantity.People,
        ["people_in"] = Quantity.PeopleIn,
        ["people_out"] = Quantity.PeopleOut,
        ["people_entered"] = Quantity.PeopleEntered,
        ["people_left"] = Quantity.PeopleLeft,
        ["occupancy"] = Quantity.Occupancy,
        ["illuminance"] = Quantity.Illuminance,
        ["lux"] = Quantity.Illuminance,
        ["noise"] = Quantity.Noise,
        ["dba"] = Quantity.Noise,
        ["co2"] = Quantity.Co2,
    };

    /// <summary>Takes a message if it is such an input.</summary>
    /// <param name="command">What follows the id in the topic.</param>
    /// <param name="payload">A number, or <c>{"value": …, "ts": …}</c> with the time as RFC 3339 or Unix seconds.</param>
    /// <param name="isRetained">A copy that the broker kept; only believed where it says how old it is.</param>
    /// <param name="now">By the clock that drives the daemon.</param>
    /// <param name="problem">What is wrong with it, or null.</param>
    public bool TryHandle(string command, string payload, bool isRetained, DateTimeOffset now, out string? problem)
    {
        problem = null;
        if (!command.StartsWith(Prefix, StringComparison.Ordinal)) return false;
        string name = command[Prefix.Length..].Replace('-', '_');
        if (!Names.TryGetValue(name, out Quantity quantity)) problem = $"'{name}' is no input; allowed: {string.Join(", ", Names.Keys)}";
        else if (!TryRead(payload, out double value, out DateTimeOffset? measured)) problem = "must be a number or {\"value\": number, \"ts\": time}";
        else if (!Quantities.CanBe(quantity, value)) problem = Refusal(quantity, value);
        else if (isRetained && measured is null) problem = "is a retained copy without a time and was ignored; allowed: with \"ts\", or published without retain";
        else take(new Reading(measured < now ? measured.Value : now, $"{Prefix}{name}", quantity, value));
        return true;
    }

    private static string Refusal(Quantity quantity, double value)
    {
        (double min, double max) = Quantities.RangeOf(quantity);
        return FormattableString.Invariant($"is {value}; allowed: {min} to {max}");
    }

    private static bool TryRead(string payload, out double value, out DateTimeOffset? measured)
    {
        (value, measured) = (double.NaN, null);
        try
        {
            using JsonDocument json = JsonDocument.Parse(payload);
            JsonElement root = json.RootElement;
            if (root.ValueKind == JsonValueKind.Number) return root.TryGetDouble(out value);
            if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("value", out JsonElement given) || given.ValueKind != JsonValueKind.Number) return false;
            if (root.TryGetProperty("ts", out JsonElement time)) measured = Timestamp.TryRead(time, out DateTimeOffset at) ? at : null;
            return given.TryGetDouble(out value);
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
