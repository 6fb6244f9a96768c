using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>What radars say in words where <c>presence</c> does not say it: Tuya's <c>presence_state</c>, which in the 24 GHz ZY-M100 was called <c>state</c> for a while.</summary>
/// <remarks>Somebody who sits still is there as well as somebody who moves. Source: zigbee-herdsman-converters, tuya.ts; pull request 6959.</remarks>
internal static class Zigbee2MqttPresence
{
    private const string Key = "presence_state";

    /// <summary>Whether somebody is there; null where nothing says it, or <c>presence</c> does.</summary>
    public static bool? In(JsonElement state)
    {
        if (state.TryGetProperty("presence", out JsonElement presence) && presence.ValueKind != JsonValueKind.Null) return null;
        // ON and OFF of a plug stand under "state", too; its radar tells a distance.
        string key = state.TryGetProperty(Key, out _) || !state.TryGetProperty("target_distance", out _) ? Key : "state";
        if (!state.TryGetProperty(key, out JsonElement word) || word.ValueKind != JsonValueKind.String) return null;
        return word.GetString() switch
        {
            "none" or "absent" or "nobody" => false,
            "presence" or "present" or "peaceful" or "stationary" or "static" or "move" or "moving" or "motion" or "small_movement" or "large_movement" => true,
            _ => null,
        };
    }
}
