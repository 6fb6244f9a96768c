using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>What zigbee2mqtt's <c>illuminance</c> and <c>illuminance_lux</c> mean.</summary>
/// <remarks>
/// Up to 1.x most devices had Zigbee's raw encoding (10 000 lg lx + 1) in the first and lux in the second, some lux in both. From 2.0 on <c>illuminance</c> is lux and the other is gone, but
/// stays in zigbee2mqtt's memory where it was once, and never changes again (zigbee2mqtt issue 25379). So the two are believed where they agree; where they can't both be true, the raw encoding, which is
/// never below the lux that it stands for, tells which is left over. Alone and from 3000 on (2 lx encoded are 3011, a lit office some 27 000) the first can't be told from raw until <c>bridge/info</c> has told the version.
/// </remarks>
internal sealed class Zigbee2MqttLight
{
    /// <summary>Lux, or raw.</summary>
    public const string Key = "illuminance";

    /// <summary>Lux, up to 1.x.</summary>
    public const string LuxKey = "illuminance_lux";

    /// <summary>From here on it may be raw: just under 2 lx encoded, which no lit room stays below, and as lux a sensor in the sun.</summary>
    private const double SmallestDoubtful = 3_000;

    /// <summary>The two agree within this factor and this many lux: rounding, and an owner's calibration of one of them.</summary>
    private const double LargestRatio = 3;
    private const double Slack = 2;

    private readonly AttributeMemory _raw = new();
    private volatile bool _isLux;

    /// <summary>Reads the version out of <c>bridge/info</c>, which may be large (the schema of the configuration is in it). Herdsman and its converters stand there with versions of their own.</summary>
    public void LearnVersion(ReadOnlySpan<byte> info)
    {
        var reader = new Utf8JsonReader(info.StartsWith("\uFEFF"u8) ? info[3..] : info);
        try
        {
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                bool isVersion = reader.ValueTextEquals("version"u8);
                if (!reader.Read()) return;
                if (!isVersion) reader.Skip();
                else if (reader.TokenType == JsonTokenType.String && int.TryParse(reader.GetString()!.Split('.')[0], out int major)) _isLux = major >= 2;
            }
        }
        catch (Exception problem) when (problem is JsonException or InvalidOperationException)
        {
            // Not what zigbee2mqtt sends; what is not known stays in doubt.
        }
    }

    /// <summary>Adds the illuminance of a device.</summary>
    /// <param name="body">The message.</param>
    /// <param name="sensor">Which device.</param>
    /// <param name="illuminance">Value of <see cref="Key"/>; undefined where it is not there.</param>
    /// <param name="lux">Value of <see cref="LuxKey"/>; undefined where it is not there.</param>
    public void Read(MessageBody body, string sensor, JsonElement illuminance, JsonElement lux)
    {
        bool hasLux = lux.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
        bool hasIlluminance = illuminance.ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null);
        // Of a pair of which one is not known the other may be raw, or left over.
        if (!_isLux && (illuminance.ValueKind == JsonValueKind.Null || lux.ValueKind == JsonValueKind.Null)) return;
        if (hasLux && hasIlluminance)
        {
            if (TryNumber(illuminance, out double first) && TryNumber(lux, out double second)) ReadBoth(body, sensor, first, second);
            else body.Problem($"illuminance is {MessageBody.Shorten(illuminance.GetRawText())} and illuminance_lux {MessageBody.Shorten(lux.GetRawText())}; two numbers would be right");
        }
        else if (hasLux)
        {
            _raw.Set(sensor, "raw");
            body.AddValue(sensor, Quantity.Illuminance, LuxKey, lux, "lx");
        }
        else if (hasIlluminance && (_isLux || _raw[sensor] is null))
        {
            if (!_isLux && TryNumber(illuminance, out double number) && number >= SmallestDoubtful)
                body.Problem($"illuminance is {illuminance.GetRawText()}, which may be Zigbee's raw encoding; illuminance_lux, a lower value, or a bridge/info of zigbee2mqtt 2 would be right");
            else body.AddValue(sensor, Quantity.Illuminance, Key, illuminance, "lx");
        }
    }

    private void ReadBoth(MessageBody body, string sensor, double illuminance, double lux)
    {
        double decoded = illuminance <= 0 ? 0 : Math.Pow(10, (illuminance - 1) / 10_000);
        if (_isLux || illuminance < lux || (illuminance == lux && lux > 1))
        {
            body.Add(sensor, Quantity.Illuminance, illuminance);
        }
        else if (Agree(decoded, lux))
        {
            _raw.Set(sensor, "raw");
            body.Add(sensor, Quantity.Illuminance, lux);
        }
        else if (Agree(illuminance, lux))
        {
            body.Add(sensor, Quantity.Illuminance, illuminance); // lux in both, one of them calibrated or left over
        }
        else
        {
            body.Problem(FormattableString.Invariant($"illuminance is {illuminance} and illuminance_lux {lux}, which is neither the same nor its raw encoding ({decoded:0} lx); one of them is left over from another version of zigbee2mqtt"));
        }
    }

    private static bool Agree(double a, double b) => Math.Max(a, b) <= LargestRatio * Math.Min(a, b) + Slack;

    private static bool TryNumber(JsonElement value, out double number)
    {
        number = double.NaN;
        return value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out number) && double.IsFinite(number);
    }
}
