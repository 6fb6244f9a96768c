using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>Shelly of the first generation: <c>shellies/&lt;id&gt;/sensor/…</c> as plain text, <c>…/status</c> of the Motion and <c>…/info</c> as JSON, <c>…/online</c>.</summary>
/// <remarks><c>shellies/&lt;relay&gt;/temperature</c> is the inside of a relay and no room. 999 stands for "no probe". Source: shelly-api-docs.shelly.cloud/gen1.</remarks>
internal sealed class ShellyGen1 : IPayloadDecoder
{
    public static readonly string[] Topics = ["shellies/#"];

    private static readonly string[] SleepyModels = ["shellyht", "shellydw", "shellyflood", "shellysmoke", "shellybutton"];

    /// <inheritdoc/>
    public string Ecosystem => "shelly-gen1";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        string[] levels = message.Topic.Split('/');
        if (levels.Length < 3) return; // shellies/announce, shellies/command
        string device = $"{levels[0]}/{levels[1]}";
        var body = new MessageBody(message, readings, problems);
        switch (levels[2..])
        {
            case ["online"]:
                ReadOnline(body, device, levels[1]);
                break;
            case ["status"] or ["info"]:
                body.ReadObject(json => ReadStatus(body, device, json));
                break;
            case ["sensor", "temperature"]:
                AddText(body, device, Quantity.Temperature, "temperature");
                break;
            case ["sensor", "humidity"]:
                AddText(body, device, Quantity.Humidity, "humidity");
                break;
            case ["sensor", "lux"]:
                AddText(body, device, Quantity.Illuminance, "lux");
                break;
            case ["sensor", "motion"]:
                AddText(body, device, Quantity.Motion, "motion");
                break;
            case ["sensor", "state"]:
                AddText(body, device, Quantity.Contact, "state");
                break;
            case ["ext_temperature", var probe]:
                ReadProbe(body, $"{device}/ext_temperature/{probe}", Quantity.Temperature, "tC");
                break;
            case ["ext_humidity", var probe]:
                ReadProbe(body, $"{device}/ext_humidity/{probe}", Quantity.Humidity, "hum");
                break;
        }
    }

    private static void ReadOnline(MessageBody body, string device, string name)
    {
        // Asleep is no absence.
        if (!Array.Exists(SleepyModels, model => name.StartsWith(model, StringComparison.OrdinalIgnoreCase)) || (body.TryGetText(out string text) && text != "false")) AddText(body, device, Quantity.Available, "online");
    }

    private static void AddText(MessageBody body, string sensor, Quantity quantity, string name)
    {
        if (body.TryGetText(out string text) && text.Length > 0) body.AddText(sensor, quantity, name, text);
    }

    private static void ReadProbe(MessageBody body, string sensor, Quantity quantity, string key)
    {
        if (!body.TryGetText(out string text) || text.Length == 0) return;
        if (text.StartsWith('{')) body.ReadObject(json => body.AddMember(sensor, quantity, json, key, Quantities.UnitOf(quantity)));
        else body.AddText(sensor, quantity, "probe", text);
    }

    private static void ReadStatus(MessageBody body, string device, JsonElement json)
    {
        // Motion's status is flat; info nests, and marks what is not valid.
        bool isWatching = !json.TryGetProperty("active", out JsonElement active) || active.ValueKind == JsonValueKind.True;
        if (isWatching && json.TryGetProperty("motion", out JsonElement motion) && motion.ValueKind != JsonValueKind.Object) body.AddValue(device, Quantity.Motion, "motion", motion);
        if (json.TryGetProperty("lux", out JsonElement lux)) ReadNested(body, device, Quantity.Illuminance, "lux", lux, "value");
        if (json.TryGetProperty("tmp", out JsonElement temperature)) ReadNested(body, device, Quantity.Temperature, "tmp", temperature, "value");
        if (json.TryGetProperty("hum", out JsonElement humidity)) ReadNested(body, device, Quantity.Humidity, "hum", humidity, "value");
        ReadProbes(body, device, json, "ext_temperature", Quantity.Temperature, "tC");
        ReadProbes(body, device, json, "ext_humidity", Quantity.Humidity, "hum");
        if (json.TryGetProperty("sensor", out JsonElement sensor) && sensor.ValueKind == JsonValueKind.Object)
        {
            ReadNested(body, device, Quantity.Contact, "sensor", sensor, "state");
            if (isWatching) ReadNested(body, device, Quantity.Motion, "sensor", sensor, "motion");
        }
    }

    private static void ReadProbes(MessageBody body, string device, JsonElement json, string name, Quantity quantity, string key)
    {
        if (!json.TryGetProperty(name, out JsonElement probes) || probes.ValueKind != JsonValueKind.Object) return;
        foreach (JsonProperty probe in probes.EnumerateObject())
            if (probe.Value.ValueKind == JsonValueKind.Object) body.AddMember($"{device}/{name}/{probe.Name}", quantity, probe.Value, key, Quantities.UnitOf(quantity));
    }

    private static void ReadNested(MessageBody body, string device, Quantity quantity, string name, JsonElement part, string key)
    {
        if (part.ValueKind != JsonValueKind.Object)
        {
            body.AddValue(device, quantity, name, part, Quantities.UnitOf(quantity));
            return;
        }

        if (part.TryGetProperty("is_valid", out JsonElement isValid) && isValid.ValueKind != JsonValueKind.True) return;
        string? unit = quantity != Quantity.Temperature ? Quantities.UnitOf(quantity) : part.TryGetProperty("units", out JsonElement units) ? units.GetRawText().Trim('"') : null;
        body.AddMember(device, quantity, part, key, unit);
    }
}
