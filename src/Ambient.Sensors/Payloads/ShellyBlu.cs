using System.Collections.Concurrent;
using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>Shelly's Bluetooth sensors (BLU) in BTHome's terms: as a script passes them on, and as components <c>bthomesensor:&lt;id&gt;</c> of a gateway.</summary>
/// <remarks>
/// Scripts name what they measure (<c>temperature</c> in the maker's "BLE - BTHome", <c>Temperature</c> in openHAB's). A component says a number and nothing else; which of BTHome's objects it is stands in its
/// configuration alone, learnt here from replies to <c>Shelly.GetConfig</c>, <c>Shelly.GetComponents</c>, <c>BTHomeSensor.GetConfig</c> and <c>BTHomeDevice.GetKnownObjects</c>, whoever asked for them.
/// Source: bthome.io, "Format"; shelly-api-docs.shelly.cloud/gen2, "BTHomeSensor".
/// </remarks>
internal sealed class ShellyBlu
{
    /// <summary>Bounded: a few thousand sensors are more than any house has.</summary>
    private const int Most = 10_000;

    private static readonly (string Key, Quantity Quantity, string? Unit)[] Names =
    [
        ("temperature", Quantity.Temperature, "°C"),
        ("humidity", Quantity.Humidity, null),
        ("illuminance", Quantity.Illuminance, null),
        ("co2", Quantity.Co2, null),
        ("motion", Quantity.Motion, null),
        ("occupancy", Quantity.Occupancy, null),
        ("presence", Quantity.Presence, null),
    ];

    private readonly ConcurrentDictionary<(string Device, string Component), (int Object, string? Address)> _objects = new();
    private readonly ConcurrentDictionary<string, bool> _radiators = new(StringComparer.Ordinal); // addresses of BLU TRVs
    private readonly ConcurrentDictionary<string, string> _devices = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Device, string Component), bool> _unknown = new();

    /// <summary>What a script passed on.</summary>
    public static void ReadBeacon(MessageBody body, string gateway, JsonElement data)
    {
        string? address = TextOf(data, "address") ?? TextOf(data, "addr");
        string sensor = address is null ? gateway : $"{gateway}/{address}";
        foreach (var (key, quantity, unit) in Names)
            if (TryFind(body, data, key, out JsonElement value)) body.AddValue(sensor, quantity, key, value, unit);
        // BTHome: 0 closed, 1 open.
        if (TryFind(body, data, "window", out JsonElement window) && window.ValueKind == JsonValueKind.Number && window.TryGetInt32(out int open) && open is 0 or 1) body.Add(sensor, Quantity.Contact, open);
    }

    /// <summary>Whether these are BTHome's measurements.</summary>
    public static bool IsBeacon(JsonElement data) => data.ValueKind == JsonValueKind.Object && data.TryGetProperty("BTHome_version", out _);

    /// <summary>Notes which device (<c>src</c>) speaks under a topic prefix of the owner's.</summary>
    public void NoteDevice(string prefix, string device)
    {
        if (prefix != device && _devices.Count < Most) _devices[prefix] = device;
    }

    /// <summary>Learns from a reply what components measure: a configuration of all, a list of components, the objects of a device, or the configuration of one.</summary>
    public void Learn(string device, JsonElement result)
    {
        if (result.TryGetProperty("components", out JsonElement list) && list.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement component in list.EnumerateArray())
                if (component.ValueKind == JsonValueKind.Object && TextOf(component, "key") is { } key && component.TryGetProperty("config", out JsonElement config)) LearnOne(device, key, config);
            return;
        }

        if (result.TryGetProperty("objects", out JsonElement objects) && objects.ValueKind == JsonValueKind.Array)
        {
            foreach (JsonElement known in objects.EnumerateArray())
                if (known.ValueKind == JsonValueKind.Object && TextOf(known, "component") is { } sensor) LearnOne(device, sensor, known);
            return;
        }

        foreach (JsonProperty component in result.EnumerateObject()) LearnOne(device, component.Name, component.Value);
        if (result.TryGetProperty("id", out JsonElement id) && id.ValueKind == JsonValueKind.Number) LearnOne(device, $"bthomesensor:{id.GetRawText()}", result);
    }

    /// <summary>A component's status.</summary>
    public void ReadComponent(MessageBody body, string device, string component, JsonElement status)
    {
        if (!status.TryGetProperty("value", out JsonElement value) || value.ValueKind == JsonValueKind.Null) return;
        var key = (_devices.GetValueOrDefault(device) ?? device, component);
        if (!_objects.TryGetValue(key, out var known))
        {
            if (_unknown.Count < Most && _unknown.TryAdd(key, true))
                body.Problem($"{component} does not say what it measures; a reply to Shelly.GetConfig on <client>/rpc, or a mapping, would");
            return;
        }

        if (status.TryGetProperty("last_updated_ts", out JsonElement updated) && Timestamp.TryRead(updated, out DateTimeOffset measured) && body.IsStale(measured, "last_updated_ts")) return;
        string sensor = $"{device}/{component}";
        if (MeaningOf(known.Object) is not { } quantity || (known.Address is { } address && _radiators.ContainsKey(address))) return; // a valve measures the radiator
        if (quantity != Quantity.Contact) body.AddValue(sensor, quantity, component, value, Quantities.UnitOf(quantity));
        else if (value.ValueKind is JsonValueKind.True or JsonValueKind.False) body.Add(sensor, quantity, value.GetBoolean() ? 1 : 0);
        else if (value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int open) && open is 0 or 1) body.Add(sensor, quantity, open);
    }

    private void LearnOne(string device, string component, JsonElement config)
    {
        if (config.ValueKind != JsonValueKind.Object || _objects.Count >= Most) return;
        string? address = TextOf(config, "addr");
        if (component.StartsWith("blutrv:", StringComparison.Ordinal) && address is not null && _radiators.Count < Most) _radiators[address] = true;
        if (!component.StartsWith("bthomesensor:", StringComparison.Ordinal)) return;
        if (config.TryGetProperty("obj_id", out JsonElement id) && id.ValueKind == JsonValueKind.Number && id.TryGetInt32(out int objectId)) _objects[(device, component)] = (objectId, address);
    }

    /// <summary>BTHome's object ids; null for what no room is sensed by (battery, button, rotation …).</summary>
    private static Quantity? MeaningOf(int objectId) => objectId switch
    {
        0x02 or 0x45 or 0x57 or 0x58 => Quantity.Temperature,
        0x03 or 0x2E => Quantity.Humidity,
        0x05 => Quantity.Illuminance,
        0x12 => Quantity.Co2,
        0x21 => Quantity.Motion,
        0x23 => Quantity.Occupancy,
        0x25 => Quantity.Presence,
        0x11 or 0x1A or 0x2D => Quantity.Contact, // opening, door, window
        _ => null,
    };

    private static bool TryFind(MessageBody body, JsonElement data, string key, out JsonElement value)
    {
        string capital = key == "co2" ? "CO2" : char.ToUpperInvariant(key[0]) + key[1..];
        if (!body.TryOnly(data, key, out value) && !body.TryOnly(data, capital, out value)) return false;
        if (value.ValueKind == JsonValueKind.Array && value.GetArrayLength() == 1) value = value[0];
        return true;
    }

    private static string? TextOf(JsonElement json, string key) => json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
