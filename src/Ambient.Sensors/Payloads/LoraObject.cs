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
        foreach (JsonProperty entry in values.EnumerateObject())
        {
            JsonElement value = entry.Value;
            if (entry.Name == "messages" && value.ValueKind == JsonValueKind.Array)
            {
                ReadMeasurements(body, sensor, value);
            }
            else if (value.ValueKind == JsonValueKind.Object)
            {
                foreach (JsonProperty channel in value.EnumerateObject())
                    if (channel.Name.Length <= 3 && channel.Name.All(char.IsAsciiDigit)) ReadValue(body, sensor, entry.Name, channel.Value, isElsys);
            }
            else
            {
                ReadValue(body, sensor, entry.Name, value, isElsys);
            }
        }
    }

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
            ReadValue(body, sensor, type.GetString()!, value, isElsys: false);
    }

    private static void ReadValue(MessageBody body, string sensor, string name, JsonElement value, bool isElsys)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Array or JsonValueKind.Object) return;
        List<string> words = QuantityNames.WordsOf(name);
        bool saysOpen = words.Contains("open") && (words.Contains("door") || words.Contains("window"));
        if (words is ["sound", "avg"]) body.AddValue(sensor, Quantity.Noise, name, value);
        else if (words is ["people", "count"] or ["people", "count", "all"]) body.AddValue(sensor, Quantity.People, name, value);
        else if (QuantityNames.TryFind(name, null, out Quantity quantity) && !words.Contains("count")) Add(body, sensor, quantity, name, words, value, isElsys, saysOpen);
    }

    private static void Add(MessageBody body, string sensor, Quantity quantity, string name, List<string> words, JsonElement value, bool isElsys, bool saysOpen)
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
        else if (quantity == Quantity.Motion && isNumber && number > 1 && number == Math.Floor(number) && number < 255)
        {
            body.Add(sensor, quantity, 1); // a count since the last uplink
        }
        else
        {
            string? unit = quantity == Quantity.Temperature ? words.Exists(word => word is "f" or "tempf" or "fahrenheit") ? "°F" : "°C" : null;
            body.AddValue(sensor, quantity, name, value, unit);
        }
    }

    private static bool TryNumberOf(this JsonElement value, out double number)
    {
        number = 0;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number) && double.IsFinite(number);
    }
}
