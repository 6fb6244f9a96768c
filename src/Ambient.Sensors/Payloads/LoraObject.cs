using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>The object that a LoRaWAN device's own codec makes of its bytes: every maker has other names, Cayenne LPP numbers its channels.</summary>
internal static class LoraObject
{
    /// <summary>Reads what can be told from the names.</summary>
    public static void Read(MessageBody body, string sensor, JsonElement values)
    {
        // Elsys counts movements since the last uplink, and 1 of its occupancy is "somebody enters or leaves".
        bool isElsys = values.TryGetProperty("vdd", out _);
        bool isInGround = IsInGround(values);
        foreach (JsonProperty entry in values.EnumerateObject())
        {
            JsonElement value = entry.Value;
            if (isInGround && !QuantityNames.WordsOf(entry.Name).Contains("air") && QuantityNames.TryFind(entry.Name, false, out Quantity quantity) && quantity is Quantity.Temperature or Quantity.Humidity) continue;
            if (entry.Name == "messages" && value.ValueKind == JsonValueKind.Array)
            {
                ReadMeasurements(body, sensor, value);
            }
            else if (value.ValueKind == JsonValueKind.Object)
            {
                // Decentlab and Sensative: {"value": 23.1, "unit": "°C"}.
                if (value.TryGetProperty("value", out JsonElement inner)) ReadValue(body, sensor, entry.Name, inner, isElsys, value.TryGetProperty("unit", out JsonElement unit) ? unit.ToString() : null);
                foreach (JsonProperty channel in value.EnumerateObject())
                    if (channel.Name.Length <= 3 && channel.Name.All(char.IsAsciiDigit)) ReadValue(body, sensor, entry.Name, channel.Value, isElsys);
            }
            else
            {
                ReadValue(body, sensor, entry.Name, value, isElsys);
            }
        }
    }

    /// <summary>A soil sensor's, whose temperature and humidity are the ground's, or a probe's beside it.</summary>
    private static bool IsInGround(JsonElement values) => values.EnumerateObject().Any(entry => QuantityNames.WordsOf(entry.Name).Exists(word => word is "soil" or "conductivity" or "ec"));

    /// <summary>SenseCAP: <c>"messages": [{"type": "Air Temperature", "measurementValue": 13.3}, …]</c>, in some versions a list of such lists.</summary>
    private static void ReadMeasurements(MessageBody body, string sensor, JsonElement list)
    {
        foreach (JsonElement entry in list.EnumerateArray())
        {
            if (entry.ValueKind == JsonValueKind.Array)
            {
                foreach (JsonElement inner in entry.EnumerateArray()) ReadMeasurement(body, sensor, inner);
            }
            else
            {
                ReadMeasurement(body, sensor, entry);
            }
        }
    }

    private static void ReadMeasurement(MessageBody body, string sensor, JsonElement entry)
    {
        if (entry.ValueKind == JsonValueKind.Object && entry.TryGetProperty("type", out JsonElement type) && type.ValueKind == JsonValueKind.String && entry.TryGetProperty("measurementValue", out JsonElement value))
            ReadValue(body, sensor, entry.TryGetProperty("measurementId", out JsonElement id) ? NameOf(id.ToString()) ?? type.GetString()! : type.GetString()!, value, isElsys: false);
    }

    /// <summary>What SenseCAP's numbers stand for; in older versions nothing else says it. Source: sensecap-docs.seeed.cc, "Measurement IDs".</summary>
    private static string? NameOf(string measurementId) => measurementId switch
    {
        "4097" => "Air Temperature",
        "4098" => "Air Humidity",
        "4099" => "Light Intensity",
        "4100" => "CO2",
        _ => null,
    };

    private static void ReadValue(MessageBody body, string sensor, string name, JsonElement value, bool isElsys, string? unit = null)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Array or JsonValueKind.Object) return;
        List<string> words = QuantityNames.WordsOf(name);
        bool saysOpen = words.Contains("open") && (words.Contains("door") || words.Contains("window"));
        if (words is ["sound", "avg"]) body.AddValue(sensor, Quantity.Noise, name, value);
        else if (words is ["people", "count" or "counter"] or ["people", "count" or "counter", "all"]) body.AddValue(sensor, Quantity.People, name, value);
        else if (QuantityNames.TryFind(name, null, out Quantity quantity) && !words.Contains("count") && !IsOther(quantity, words)) Add(body, sensor, quantity, name, words, value, isElsys, saysOpen, unit);
    }

    /// <summary>Whether a part works (<c>co2_sensor_status</c>), and Dragino's probe on a wire (<c>TempC_DS</c>).</summary>
    private static bool IsOther(Quantity quantity, List<string> words) => (words.Contains("status") && !Quantities.IsBinary(quantity)) || words[^1] == "ds";

    private static void Add(MessageBody body, string sensor, Quantity quantity, string name, List<string> words, JsonElement value, bool isElsys, bool saysOpen, string? unit)
    {
        bool isNumber = value.TryNumberOf(out double number);
        if (quantity == Quantity.Contact && (isNumber || value.ValueKind is JsonValueKind.True or JsonValueKind.False))
        {
            // 1 of a "door" may be open or closed; only DOOR_OPEN_STATUS says which.
            double truth = isNumber ? number : value.ValueKind == JsonValueKind.True ? 1 : 0;
            if (saysOpen && truth is 0 or 1) body.Add(sensor, quantity, truth);
            else body.Problem($"{name} is {value.GetRawText()}; open or closed would be right, a mapping can say which it means");
        }
        else if (quantity == Quantity.Occupancy && isNumber && (number == 2 || (isElsys && number == 1)))
        {
            if (number == 2) body.Add(sensor, quantity, 1);
        }
        else if (quantity == Quantity.Motion && number == 255 && words.Contains("state"))
        {
            body.Add(sensor, quantity, 1); // Tektelic: all bits of a byte
        }
        else if (quantity == Quantity.Motion && isNumber && number > 1 && number == Math.Floor(number) && number < 255)
        {
            body.Add(sensor, quantity, 1); // a count since the last uplink
        }
        else
        {
            unit ??= quantity == Quantity.Temperature ? words.Exists(word => word is "f" or "tempf" or "fahrenheit") ? "°F" : "°C" : null;
            body.AddValue(sensor, quantity, name, value, unit);
        }
    }

    private static bool TryNumberOf(this JsonElement value, out double number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number) && double.IsFinite(number);
    }
}
