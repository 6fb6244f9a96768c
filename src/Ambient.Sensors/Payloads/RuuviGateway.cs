using System.Buffers.Binary;
using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>Ruuvi Gateway: <c>ruuvi/&lt;gateway&gt;/&lt;tag&gt;</c> with the Bluetooth advertisement in hexadecimal, <c>…/gw_status</c>.</summary>
/// <remarks>Data formats 3, 5 (RuuviTag), 6 and E1 (Ruuvi Air); all ones, or the smallest number, stand for "not measured". Source: docs.ruuvi.com, "Bluetooth advertisements".</remarks>
internal sealed class RuuviGateway : IPayloadDecoder
{
    public static readonly string[] Topics = ["ruuvi/#"];

    private const int ManufacturerData = 0xFF;
    private const int RuuviInnovations = 0x0499;
    private const int OldestSeconds = 600;

    /// <inheritdoc/>
    public string Ecosystem => "ruuvi-gateway";

    /// <inheritdoc/>
    public void Decode(in SensorMessage message, ICollection<Reading> readings, ICollection<string> problems)
    {
        string topic = message.Topic;
        var body = new MessageBody(message, readings, problems);
        if (topic.EndsWith("/gw_status", StringComparison.Ordinal))
        {
            string gateway = topic[..^"/gw_status".Length];
            body.ReadObject(json => body.AddMember(gateway, Quantity.Available, json, "state"));
            return;
        }

        body.ReadObject(json =>
        {
            if (IsOld(json)) body.Problem("ts lies more than 10 minutes before gwts, or one of them is no time: an old advertisement");
            else if (json.TryGetProperty("data", out JsonElement data) && data.ValueKind == JsonValueKind.String) ReadAdvertisement(body, topic, data.GetString()!);
            else ReadDecoded(body, topic, json);
        });
    }

    private static bool IsOld(JsonElement json)
    {
        if (!json.TryGetProperty("ts", out _) || !json.TryGetProperty("gwts", out _)) return false;
        return !(Seconds(json, "gwts") - Seconds(json, "ts") is { } age && Math.Abs(age) <= OldestSeconds); // also where one of them is no time
    }

    private static double? Seconds(JsonElement json, string key) =>
        json.TryGetProperty(key, out JsonElement value) && value.ValueKind is JsonValueKind.String or JsonValueKind.Number && MessageBodyValues.TryNumber(value.ToString(), out double seconds) ? seconds : null;

    private static void ReadDecoded(MessageBody body, string sensor, JsonElement json)
    {
        body.AddMember(sensor, Quantity.Temperature, json, "temperature", "°C");
        body.AddMember(sensor, Quantity.Humidity, json, "humidity");
        body.AddMember(sensor, Quantity.Co2, json, "CO2");
        body.AddMember(sensor, Quantity.Illuminance, json, "luminosity");
    }

    private static void ReadAdvertisement(MessageBody body, string sensor, string hex)
    {
        byte[] bytes;
        try
        {
            bytes = Convert.FromHexString(hex);
        }
        catch (FormatException)
        {
            body.Problem($"data is {MessageBody.Shorten(hex)}; hexadecimal would be right");
            return;
        }

        // Length, type, content; again and again.
        for (int at = 0; at + 1 < bytes.Length && bytes[at] > 0; at += bytes[at] + 1)
        {
            ReadOnlySpan<byte> content = bytes.AsSpan(at + 2, Math.Min(bytes[at] - 1, bytes.Length - at - 2));
            if (bytes[at + 1] != ManufacturerData || content.Length < 3 || BinaryPrimitives.ReadUInt16LittleEndian(content) != RuuviInnovations) continue;
            ReadFormat(body, sensor, content[2..]);
            return;
        }
    }

    private static void ReadFormat(MessageBody body, string sensor, ReadOnlySpan<byte> data)
    {
        switch (data[0])
        {
            case 0x03 when data.Length >= 14:
                double whole = data[2] & 0x7F;
                body.Add(sensor, Quantity.Temperature, (data[2] >= 0x80 ? -1 : 1) * (whole + data[3] / 100.0));
                body.Add(sensor, Quantity.Humidity, data[1] * 0.5);
                break;
            case 0x05 when data.Length >= 24:
                AddClimate(body, sensor, data);
                break;
            case 0x06 when data.Length >= 17:
                AddClimate(body, sensor, data);
                AddCo2(body, sensor, data[9..]);
                // One byte on a logarithmic scale, 0 to 65535 lx.
                if (data[13] != 0xFF) body.Add(sensor, Quantity.Illuminance, Math.Exp(data[13] * Math.Log(65_536) / 254) - 1);
                break;
            case 0xE1 when data.Length >= 25:
                AddClimate(body, sensor, data);
                AddCo2(body, sensor, data[15..]);
                int lux = data[19] << 16 | data[20] << 8 | data[21];
                if (lux != 0xFFFFFF) body.Add(sensor, Quantity.Illuminance, lux * 0.01);
                break;
            default:
                body.Problem($"data format 0x{data[0]:X2} with {data.Length} bytes; 3, 5, 6 or E1 at full length would be right");
                break;
        }
    }

    private static void AddClimate(MessageBody body, string sensor, ReadOnlySpan<byte> data)
    {
        short temperature = BinaryPrimitives.ReadInt16BigEndian(data[1..]);
        ushort humidity = BinaryPrimitives.ReadUInt16BigEndian(data[3..]);
        if (temperature != short.MinValue) body.Add(sensor, Quantity.Temperature, temperature * 0.005);
        if (humidity != ushort.MaxValue) body.Add(sensor, Quantity.Humidity, humidity * 0.0025);
    }

    private static void AddCo2(MessageBody body, string sensor, ReadOnlySpan<byte> data)
    {
        ushort co2 = BinaryPrimitives.ReadUInt16BigEndian(data);
        if (co2 != ushort.MaxValue) body.Add(sensor, Quantity.Co2, co2);
    }
}
