using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>Tasmota: <c>tele/&lt;device&gt;/SENSOR</c> with an object per chip, <c>stat/…/STATUS8|STATUS10</c> with the same inside, <c>LWT</c>, PIR as a switch.</summary>
/// <remarks>
/// <c>TempUnit</c> stands in the message. A switch may be anything: it is motion only where it is called PIR or motion, or the device is (<c>tele/hall-pir/SENSOR</c>).
/// <c>ESP32</c> and the chips that meter power or feel movement tell their own temperature. A Zigbee bridge reports its devices in <c>ZbReceived</c>; their illuminance is Zigbee's raw encoding in some versions and not read.
/// A Sonoff SC counts light and noise from 0 to 100. STATE and INFO are the device about itself, RESULT answers commands. Source: tasmota.github.io, "MQTT", "PIR Motion Sensors", "Zigbee".
/// </remarks>
internal sealed class Tasmota : IPayloadDecoder
{
    public static readonly string[] Topics = ["tele/+/SENSOR", "tele/+/+/SENSOR", "tele/+/LWT", "tele/+/RESULT", "stat/+/+", "tele/tasmota_ble/+"];

    /// <summary>Blocks whose temperature is the part's own, or that of the ground.</summary>
    private static readonly string[] NoRoom = ["ESP32", "BL09", "CSE77", "ADE79", "AXP", "MPU", "ENERGY", "MS01", "CHIRP", "DS3231"];

    private static readonly (string Key, Quantity Quantity, string Unit)[] Keys =
    [
        ("Humidity", Quantity.Humidity, "%"),
        ("Feuchtigkeit", Quantity.Humidity, "%"), // the German build of version 5
        ("Illuminance", Quantity.Illuminance, "lx"),
        ("CarbonDioxide", Quantity.Co2, "ppm"),
        ("Noise", Quantity.Noise, "dBA"),
    ];

    /// <inheritdoc/>
    public string Ecosystem => "tasmota";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        string[] levels = message.Topic.Split('/');
        string last = levels[^1];
        // %prefix%/%topic%/ is only the default order of levels.
        string device = string.Join('/', (levels is [.., "tasmota_ble", _] ? levels : levels[..^1]).Where(level => level is not ("tele" or "stat")));
        var body = new MessageBody(message, readings, problems);
        if (device.Length == 0 || Array.IndexOf(levels, "cmnd") >= 0) return;
        if (levels is [.., "tasmota_ble", _]) last = "SENSOR"; // a Bluetooth thermometer by its name (MI32Option6)
        if (last == "LWT")
        {
            if (!body.TryGetText(out string text) || text.Length == 0) return;
            if (text.ToUpperInvariant() is "ONLINE" or "OFFLINE") body.AddText(device, Quantity.Available, last, text);
            else body.Problem($"LWT is {MessageBody.Shorten(text)}; Online or Offline would be right");
        }
        else if (last is "SENSOR" or "TELEMETRY" or "STATUS0" or "STATUS8" or "STATUS10" or "RESULT")
        {
            body.ReadObject(json => ReadBlocks(body, device, last, json.TryGetProperty("StatusSNS", out JsonElement inside) && inside.ValueKind == JsonValueKind.Object ? inside : json));
        }
        else if (SwitchMeaning(last, device) is { } quantity && body.TryGetText(out string text) && text.Length > 0)
        {
            if (text.StartsWith('{')) body.ReadObject(json => ReadSwitch(body, $"{device}/{last}", quantity, last, json));
            else AddSwitch(body, $"{device}/{last}", quantity, last, text);
        }
    }

    private static void ReadBlocks(MessageBody body, string device, string last, JsonElement json)
    {
        string? unit = json.TryGetProperty("TempUnit", out JsonElement given) ? given.ValueKind == JsonValueKind.String && given.GetString() is { Length: > 0 } named ? named : given.GetRawText() : null;
        bool metersPower = json.TryGetProperty("ENERGY", out _);
        foreach (JsonProperty entry in json.EnumerateObject())
        {
            string sensor = $"{device}/{entry.Name}";
            if (SwitchMeaning(entry.Name, device) is { } quantity)
            {
                ReadSwitch(body, sensor, quantity, entry.Name, entry.Value);
            }
            else if (entry.Name is "ZbReceived" or "ZigbeeReceived" && entry.Value.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty inside in entry.Value.EnumerateObject())
                    if (inside.Value.ValueKind == JsonValueKind.Object) ReadZigbee(body, $"{device}/{inside.Name}", inside.Value);
            }
            else if (entry.Value.ValueKind == JsonValueKind.Object && last != "RESULT" && !(metersPower && entry.Name == "ANALOG")) // a plug's thermistor
            {
                ReadChip(body, sensor, entry.Name, entry.Value, unit);
            }
        }

        // A Sonoff SC of version 5: beside the time, no block around them.
        if (last is not ("SENSOR" or "TELEMETRY")) return;
        ReadNumber(body, device, Quantity.Temperature, json, "Temperature", unit);
        ReadNumber(body, device, Quantity.Humidity, json, "Humidity", "%");
    }

    private static void ReadNumber(MessageBody body, string sensor, Quantity quantity, JsonElement json, string key, string? unit)
    {
        if (json.TryGetProperty(key, out JsonElement value) && value.ValueKind is JsonValueKind.Number or JsonValueKind.String) body.AddValue(sensor, quantity, key, value, unit);
    }

    private static void ReadChip(MessageBody body, string sensor, string chip, JsonElement json, string? unit)
    {
        if (Array.Exists(NoRoom, part => chip.StartsWith(part, StringComparison.OrdinalIgnoreCase))) return;
        if (json.TryGetProperty("CarbonDioxide", out JsonElement co2) && co2.ValueKind == JsonValueKind.Number && co2.TryGetDouble(out double ppm) && !Quantities.CanBe(Quantity.Co2, ppm))
        {
            body.Problem($"{chip} says CarbonDioxide {co2.GetRawText()}: it warms up or fails, and nothing else that it says is measured");
            return;
        }

        if (json.TryGetProperty("Fertility", out _))
        {
            body.AddMember(sensor, Quantity.Illuminance, json, "Illuminance", "lx"); // a flower pot: the rest is the ground's
            return;
        }

        if (json.TryGetProperty("Humidity", out JsonElement humidity) && humidity.ValueKind == JsonValueKind.Number && humidity.TryGetDouble(out double percent) && percent <= 1)
        {
            body.Problem($"{chip} says Humidity {humidity.GetRawText()}: it does not answer, and nothing else that it says is measured"); // a DHT11: 1 and 1
            return;
        }

        if (body.TryOnly(json, "PIR", out JsonElement pir)) ReadSwitch(body, sensor, Quantity.Motion, "PIR", pir); // a Bluetooth night light's
        if (chip == "ANALOG") ReadNumbered(body, sensor, json, unit);
        if (chip == "DS18x20") ReadBus(body, sensor, json, unit);
        body.AddMember(sensor, Quantity.Temperature, json, "Temperature", unit);
        body.AddMember(sensor, Quantity.Temperature, json, "Temperatur", unit);
        foreach (var (key, measured, itsUnit) in Keys)
            if (!(measured == Quantity.Noise && chip == "SonoffSC") && !(measured == Quantity.Illuminance && chip.StartsWith("SI114", StringComparison.Ordinal))) body.AddMember(sensor, measured, json, key, itsUnit);
    }

    // Several thermistors or photoresistors: Temperature1, Illuminance3.
    private static void ReadNumbered(MessageBody body, string sensor, JsonElement json, string? unit)
    {
        foreach (JsonProperty entry in json.EnumerateObject())
        {
            string bare = entry.Name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
            if (bare.Length == entry.Name.Length) continue;
            if (bare == "Temperature") body.AddValue($"{sensor}/{entry.Name}", Quantity.Temperature, entry.Name, entry.Value, unit);
            else if (bare == "Illuminance") body.AddValue($"{sensor}/{entry.Name}", Quantity.Illuminance, entry.Name, entry.Value, "lx");
        }
    }

    // Several on one wire, up to version 5: an object for each, DS1, DS2.
    private static void ReadBus(MessageBody body, string sensor, JsonElement json, string? unit)
    {
        foreach (JsonProperty entry in json.EnumerateObject())
            if (entry.Value.ValueKind == JsonValueKind.Object) body.AddMember($"{sensor}/{entry.Name}", Quantity.Temperature, entry.Value, "Temperature", unit);
    }

    private static void ReadZigbee(MessageBody body, string sensor, JsonElement json)
    {
        // Beside a voltage and without humidity it is the device's own, which Aqara's motion sensors report every hour.
        bool isItsOwn = (json.TryGetProperty("Voltage", out _) || json.TryGetProperty("BatteryVoltage", out _)) && !json.TryGetProperty("Humidity", out _);
        if (!isItsOwn) body.AddMember(sensor, Quantity.Temperature, json, "Temperature", "C");
        body.AddMember(sensor, Quantity.Humidity, json, "Humidity", "%");
        body.AddMember(sensor, Quantity.Occupancy, json, "Occupancy");
        if (body.TryOnly(json, "Contact", out JsonElement contact)) ReadSwitch(body, sensor, Quantity.Contact, "Contact", contact); // 1 is alarmed: open
    }

    private static void ReadSwitch(MessageBody body, string sensor, Quantity quantity, string name, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.String) AddSwitch(body, sensor, quantity, name, value.GetString()!);
        else if (value.ValueKind is JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False) AddSwitch(body, sensor, quantity, name, value.GetRawText());
        else if (value.ValueKind == JsonValueKind.Object)
            foreach (JsonProperty inside in value.EnumerateObject())
                if (inside.Name.ToUpperInvariant() is "ACTION" or "STATE") ReadSwitch(body, sensor, quantity, name, inside.Value);
    }

    private static void AddSwitch(MessageBody body, string sensor, Quantity quantity, string name, string text)
    {
        if (quantity == Quantity.Contact) text = text.ToUpperInvariant() switch { "ON" or "1" => "open", "OFF" or "0" => "closed", _ => text };
        body.AddText(sensor, quantity, name, text);
    }

    private static Quantity? SwitchMeaning(string name, string device)
    {
        string bare = name.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9').ToUpperInvariant();
        return bare switch
        {
            "PIR" or "MOTION" => Quantity.Motion,
            "SWITCH" when QuantityNames.TryFind(device, true, out Quantity meant) => meant,
            _ => null,
        };
    }
}
