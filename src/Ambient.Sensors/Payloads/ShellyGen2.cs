using System.Collections.Concurrent;
using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>Shelly from the second generation on: <c>&lt;prefix&gt;/events/rpc</c> with NotifyStatus and NotifyFullStatus, <c>&lt;prefix&gt;/status/&lt;component&gt;</c>, <c>&lt;prefix&gt;/online</c>, replies to <c>Shelly.GetStatus</c>.</summary>
/// <remarks>
/// NotifyStatus carries only what changed: what it does not name gives no reading, since nobody measured it now. Every value stands for itself (unit in its name), and a failed one is null, so a number that comes after <c>errors</c>
/// is a fresh one even where the delta does not take the errors back. What outlives the full status is whether the device sleeps. A device that sleeps (<c>wakeup_period</c>, or known from its model) is
/// offline most of the time by design: its <c>online false</c> is no news. NotifyEvent tells of buttons, of a presence zone at once, and of Bluetooth sensors where a script runs; these and components <c>bthomesensor</c> are <see cref="ShellyBlu"/>'s.
/// A reply to <c>Shelly.GetStatus</c> goes to whoever asked, <c>&lt;client&gt;/rpc</c>: <c>src</c> says of which device it speaks. A temperature inside <c>switch:0</c> is a relay's own, and <c>temperature:0</c> that of a device that meters power. Source: shelly-api-docs.shelly.cloud/gen2, "Notifications", "Mqtt".
/// </remarks>
internal sealed class ShellyGen2 : IPayloadDecoder
{
    public static readonly string[] Topics = ["+/events/rpc", "+/rpc", "+/status/+", "+/online", BluTopic + "+"];

    /// <summary>Where the maker's script "BLU publisher" puts each beacon, by its address.</summary>
    private const string BluTopic = "shelly-blu/events/";

    private static readonly string[] SleepyModels = ["shellyplusht", "shellyht", "shellyblu", "shellyflood", "shellymotion", "shellydw", "shellyplussmoke"];

    /// <summary>What meters power in a cabinet has its own temperature in <c>temperature:0</c>; probes on wires begin at 100.</summary>
    private static readonly string[] MeterModels = ["shellypro", "shellyem", "shelly3em"];

    private const int FirstProbe = 100;

    private readonly ConcurrentDictionary<string, bool> _meters = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, bool> _sleepy = new(StringComparer.Ordinal);
    private readonly ShellyBlu _blu = new();

    /// <inheritdoc/>
    public string Ecosystem => "shelly-gen2";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        string[] levels = message.Topic.Split('/');
        var body = new MessageBody(message, readings, problems);
        switch (levels)
        {
            case [.. var prefix, "events", "rpc"]:
                string device = string.Join('/', prefix);
                body.ReadObject(json => ReadNotification(body, device, json));
                break;
            case [.., "shelly-blu", "events", _]:
                body.ReadObject(json =>
                {
                    if (ShellyBlu.IsBeacon(json)) ShellyBlu.ReadBeacon(body, "shelly-blu", json);
                });
                break;
            case [.., "rpc"]:
                body.ReadObject(json => ReadReply(body, json));
                break;
            case [.. var prefix, "status", var component]:
                string name = string.Join('/', prefix);
                if (IsMeter(component)) NoteMeter(name);
                if (IsSensor(component) || component == "sys" || Kind(component) == "bthomesensor")
                    body.ReadObject(json => ReadComponent(body, name, component, json));
                break;
            case [.. var prefix, "online"]:
                ReadOnline(body, string.Join('/', prefix));
                break;
        }
    }

    private static bool IsSleepyModel(string name) => Array.Exists(SleepyModels, model => name.StartsWith(model, StringComparison.OrdinalIgnoreCase));

    private static bool IsMeterModel(string name) => Array.Exists(MeterModels, model => name.StartsWith(model, StringComparison.OrdinalIgnoreCase));

    private static bool IsMeter(string component) => Kind(component) is "em" or "em1" or "emdata" or "em1data";

    private bool IsItsOwnTemperature(string device, string component) =>
        Kind(component) == "temperature" && int.TryParse(component.AsSpan(component.IndexOf(':', StringComparison.Ordinal) + 1), out int id) && id < FirstProbe && (_meters.ContainsKey(device) || IsMeterModel(device.Split('/')[^1]));

    private void NoteMeter(string device)
    {
        if (_meters.Count < 10_000) _meters[device] = true;
    }

    // Bounded: one entry a device that ever slept, and topics of made-up devices end here.
    private void NoteSleepy(string device)
    {
        if (_sleepy.Count < 10_000) _sleepy[device] = true;
    }

    /// <summary>A presence zone, which tells an event before the next status; or a Bluetooth sensor that the maker's script "BLE - BTHome" passes on.</summary>
    private static void ReadEvent(MessageBody body, string device, JsonElement happened)
    {
        if (TextOf(happened, "component") is { } component && Kind(component) == "presencezone")
        {
            if (TextOf(happened, "event") == "presence") body.AddMember($"{device}/{component}", Quantity.Presence, happened, "value");
            if (TextOf(happened, "event") == "counter") body.AddMember($"{device}/{component}", Quantity.People, happened, "num_objects");
        }
        else if (happened.TryGetProperty("data", out JsonElement data) && ShellyBlu.IsBeacon(data))
        {
            ShellyBlu.ReadBeacon(body, device, data);
        }
    }

    private static string? TextOf(JsonElement json, string key) => json.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static string Kind(string component) => component.Split(':')[0];

    private static bool IsSensor(string component) => Kind(component) is "temperature" or "humidity" or "illuminance" or "motion" or "presence" or "presencezone" or "occupancy" or "thermostat";

    private void ReadOnline(MessageBody body, string device)
    {
        if (!body.TryGetText(out string text) || text.Length == 0) return;
        string model = device.Split('/')[^1];
        bool isSleepy = _sleepy.GetValueOrDefault(device) || IsSleepyModel(model);
        if (text == "false" && isSleepy) return;
        if (text is "true" or "false") body.AddText(device, Quantity.Available, "online", text);
        else body.Problem($"online is {MessageBody.Shorten(text)}; true or false would be right");
    }

    private void ReadNotification(MessageBody body, string device, JsonElement json)
    {
        if (!json.TryGetProperty("method", out JsonElement method) || method.ValueKind != JsonValueKind.String || method.GetString() is not ("NotifyStatus" or "NotifyFullStatus" or "NotifyEvent")) return;
        if (!json.TryGetProperty("params", out JsonElement components) || components.ValueKind != JsonValueKind.Object) return;
        if (TextOf(json, "src") is { } source) // behind a prefix of the owner's
        {
            if (IsSleepyModel(source)) NoteSleepy(device);
            if (IsMeterModel(source)) NoteMeter(device);
            _blu.NoteDevice(device, source);
        }

        if (method.GetString() == "NotifyEvent")
        {
            if (components.TryGetProperty("events", out JsonElement events) && events.ValueKind == JsonValueKind.Array)
                foreach (JsonElement happened in events.EnumerateArray())
                    if (happened.ValueKind == JsonValueKind.Object) ReadEvent(body, device, happened);
            return;
        }

        ReadComponents(body, device, components);
    }

    private void ReadComponents(MessageBody body, string device, JsonElement components)
    {
        if (components.EnumerateObject().Any(component => IsMeter(component.Name))) NoteMeter(device);
        // A Wall Display's thermostat repeats what its thermometer says.
        bool hasThermometer = components.EnumerateObject().Any(component => Kind(component.Name) == "temperature");
        foreach (JsonProperty component in components.EnumerateObject())
            if (component.Value.ValueKind == JsonValueKind.Object && !(hasThermometer && Kind(component.Name) == "thermostat")) ReadComponent(body, device, component.Name, component.Value);
    }

    private void ReadReply(MessageBody body, JsonElement json)
    {
        if (!json.TryGetProperty("result", out JsonElement result) || result.ValueKind != JsonValueKind.Object || TextOf(json, "src") is not { Length: > 0 } device) return;
        if (IsSleepyModel(device)) NoteSleepy(device);
        _blu.Learn(device, result);
        ReadComponents(body, device, result);
    }

    private void ReadComponent(MessageBody body, string device, string component, JsonElement status)
    {
        if (Kind(component) == "sys")
        {
            if (status.TryGetProperty("wakeup_period", out JsonElement period) && period.ValueKind == JsonValueKind.Number && period.GetDouble() > 0) NoteSleepy(device);
            return;
        }

        if (Kind(component) == "bthomesensor")
        {
            _blu.ReadComponent(body, device, component, status);
            return;
        }

        if (!IsSensor(component) || IsItsOwnTemperature(device, component)) return;
        if (status.TryGetProperty("errors", out JsonElement errors) && errors.ValueKind == JsonValueKind.Array && errors.GetArrayLength() > 0)
        {
            body.Problem($"{component} has errors {MessageBody.Shorten(errors.GetRawText())}");
            return;
        }

        string sensor = $"{device}/{component}";
        switch (Kind(component))
        {
            case "temperature" when status.TryGetProperty("tC", out _):
                body.AddMember(sensor, Quantity.Temperature, status, "tC", "°C");
                break;
            case "temperature":
                body.AddMember(sensor, Quantity.Temperature, status, "tF", "°F");
                break;
            case "thermostat": // a Wall Display's; target_C is a wish
                body.AddMember(sensor, Quantity.Temperature, status, "current_C", "°C");
                break;
            case "humidity":
                body.AddMember(sensor, Quantity.Humidity, status, "rh");
                break;
            case "illuminance":
                body.AddMember(sensor, Quantity.Illuminance, status, "lux");
                break;
            case "motion":
                body.AddMember(sensor, Quantity.Motion, status, "motion");
                break;
            case "presence" or "presencezone" or "occupancy":
                Quantity quantity = Kind(component) == "occupancy" ? Quantity.Occupancy : Quantity.Presence;
                foreach (string key in (string[])["presence", "state", "value", "occupied"]) body.AddMember(sensor, quantity, status, key);
                body.AddMember(sensor, Quantity.People, status, "num_objects");
                break;
        }
    }
}
