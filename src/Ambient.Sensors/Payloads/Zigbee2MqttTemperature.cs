using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>Whose <c>temperature</c> a zigbee2mqtt device tells, and in what: the room's in °C, or what else.</summary>
/// <remarks>
/// Up to 1.25 the motion sensors, contacts, buttons and plugs of Aqara and Xiaomi called their chip's temperature so, 5 to 10 degrees too warm; since then it is <c>device_temperature</c>, which is not read.
/// What gives them away is <c>power_outage_count</c>, which only they report, or their maker's name (LUMI), without the humidity or pressure that their thermometers have. Source: zigbee-herdsman-converters pull request 4275; homebridge-z2m issue 405.
/// </remarks>
internal static class Zigbee2MqttTemperature
{
    /// <summary>What thermostats measure.</summary>
    public const string ThermostatKey = "local_temperature";

    private static readonly string[] Climate = ["humidity", "pressure", "co2", "voc"];

    /// <summary>What it is where it isn't the room's, for people; null where it may be the room's.</summary>
    public static string? OtherThan(JsonElement state, JsonElement temperature)
    {
        if (temperature.ValueKind != JsonValueKind.Number) return null;
        if (IsUnitDoubtful(state)) return "and the device is not set to °C: nobody knows whether that is only what it shows";
        if (Has(state, "soil_moisture")) return "which is the ground's";
        if (Array.Exists(Climate, key => Has(state, key))) return null;
        if (Has(state, "power") || Has(state, "current")) return "which is of the device that meters power";
        return Has(state, "power_outage_count") || IsAqara(state) ? "which is the chip's, in a device of Aqara's that is no thermometer" : null;
    }

    /// <summary>Whether it is a thermostat on the wall, which feels the humidity of the room, and not a radiator's valve, which feels the radiator.</summary>
    public static bool IsRoomThermostat(JsonElement state)
    {
        if (!Has(state, "humidity") || Has(state, "temperature") || IsUnitDoubtful(state)) return false;
        foreach (JsonProperty entry in state.EnumerateObject())
            if (entry.Name.Contains("valve", StringComparison.Ordinal) || entry.Name.StartsWith("remote_temperature", StringComparison.Ordinal) || entry.Name is "position" or "pi_heating_demand") return false;
        return true;
    }

    // Where include_device_information is on.
    private static bool IsAqara(JsonElement state) =>
        state.TryGetProperty("device", out JsonElement device) && device.ValueKind == JsonValueKind.Object
        && device.TryGetProperty("manufacturerName", out JsonElement maker) && maker.ValueKind == JsonValueKind.String && maker.ValueEquals("LUMI"u8);

    /// <summary>A setting that many thermometers have. Some then report in °F, others change nothing but their display.</summary>
    private static bool IsUnitDoubtful(JsonElement state)
    {
        foreach (JsonProperty entry in state.EnumerateObject())
            if (entry.Name.StartsWith("temperature_unit", StringComparison.Ordinal) && entry.Value.ValueKind != JsonValueKind.Null && !(entry.Value.ValueKind == JsonValueKind.String && SaysCelsius(entry.Value.GetString()!))) return true;
        return false;
    }

    private static bool SaysCelsius(string unit) => unit.TrimStart('°').StartsWith("c", StringComparison.OrdinalIgnoreCase) || unit == "℃";

    /// <summary>Also where its value is not known yet: the device is what it is.</summary>
    private static bool Has(JsonElement state, string key) => state.TryGetProperty(key, out _);
}
