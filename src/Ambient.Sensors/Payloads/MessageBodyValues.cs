using System.Globalization;
using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>Raw values, as the many devices write them, to readings or problems.</summary>
internal static class MessageBodyValues
{
    /// <summary>A temperature without a unit above this may be °F: 50 °F is a cold room, 50 °C none at all.</summary>
    private const double WarmestWithoutUnit = 45;

    /// <summary>Reads the payload as a JSON object; anything else becomes a problem, an empty payload nothing.</summary>
    public static void ReadObject(this MessageBody body, Action<JsonElement> read)
    {
        if (!body.TryGetText(out string text) || text.Length == 0) return;
        body.ReadJson(json =>
        {
            if (json.ValueKind == JsonValueKind.Object) read(json);
            else body.Problem($"payload is {MessageBody.Shorten(json.GetRawText())}; a JSON object would be right");
        });
    }

    /// <summary>A JSON value as a reading. Null is "not known yet": nothing.</summary>
    public static void AddValue(this MessageBody body, string sensor, Quantity quantity, string name, JsonElement value, string? unit = null)
    {
        if (value.ValueKind is JsonValueKind.Null or JsonValueKind.Undefined) return;
        if (value.ValueKind is JsonValueKind.Object or JsonValueKind.Array) body.Wrong(name, value.GetRawText(), quantity);
        else body.AddText(sensor, quantity, name, value.ValueKind == JsonValueKind.String ? value.GetString()! : value.GetRawText(), unit);
    }

    /// <summary>A member of an object as a reading, if it is there.</summary>
    public static void AddMember(this MessageBody body, string sensor, Quantity quantity, JsonElement json, string key, string? unit = null)
    {
        if (body.TryOnly(json, key, out JsonElement value)) body.AddValue(sensor, quantity, key, value, unit);
    }

    /// <summary>A member that is there once. RFC 8259 leaves open what a name means that stands there twice: where the two differ nobody knows, and that is a problem.</summary>
    public static bool TryOnly(this MessageBody body, JsonElement json, string key, out JsonElement value)
    {
        if (!json.TryGetProperty(key, out value)) return false;
        string last = value.GetRawText();
        foreach (JsonProperty member in json.EnumerateObject())
            if (member.NameEquals(key) && member.Value.GetRawText() is var other && other != last)
                return body.Problem($"{key} stands there twice, as {MessageBody.Shorten(other)} and {MessageBody.Shorten(last)}");
        return true;
    }

    /// <summary>Text as a reading: a number with a decimal point, or a word for yes or no, open or closed.</summary>
    /// <param name="body">The message.</param>
    /// <param name="sensor">Which sensor.</param>
    /// <param name="quantity">What it measures.</param>
    /// <param name="name">What the device calls the value, for problems.</param>
    /// <param name="text">The value.</param>
    /// <param name="unit">Unit that the ecosystem promises or the message names; null where nobody said.</param>
    public static void AddText(this MessageBody body, string sensor, Quantity quantity, string name, string text, string? unit = null)
    {
        if (Quantities.IsBinary(quantity))
        {
            if (YesOrNo(quantity, text) is { } isYes) body.Add(sensor, quantity, isYes ? 1 : 0);
            else body.Wrong(name, text, quantity);
        }
        else if (!TryNumber(text, out double number))
        {
            body.Wrong(name, text, quantity);
        }
        else if (!UnitConversion.TryConvert(quantity, number, unit?.Trim(), out double converted))
        {
            body.Problem($"unit of {name} is {MessageBody.Shorten(unit!)}. There are for {Quantities.NameOf(quantity)}: {UnitConversion.KnownUnits(quantity)}");
        }
        else if (quantity == Quantity.Temperature && string.IsNullOrWhiteSpace(unit) && number > WarmestWithoutUnit)
        {
            body.Problem(FormattableString.Invariant($"{name} is {number} and no unit is known; in °C no room is so warm, in °F a mapping has to say so"));
        }
        else
        {
            body.Add(sensor, quantity, converted);
        }
    }

    /// <summary>A finite number with a decimal point, nothing else around it: no comma, no thousands, no NaN.</summary>
    public static bool TryNumber(string text, out double number) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out number)
        && double.IsFinite(number)
        && !text.Contains('\0', StringComparison.Ordinal); // .NET overlooks NULs at the end, as UTF-16 has them

    /// <summary>Whether a word that leaves no doubt says yes; null where it does leave one.</summary>
    public static bool? YesOrNo(Quantity quantity, string text)
    {
        string word = text.Trim().ToLowerInvariant();
        if (quantity == Quantity.Contact)
            return word switch { "open" or "opened" => true, "closed" or "close" => false, _ => null };
        return word switch
        {
            "true" or "on" or "1" or "yes" or "detected" or "occupied" or "trigger" or "triggered" or "online" or "present" or "active" => true,
            "false" or "off" or "0" or "no" or "clear" or "cleared" or "vacant" or "unoccupied" or "idle" or "normal" or "offline" or "absent" or "inactive" => false,
            _ => null,
        };
    }

    private static void Wrong(this MessageBody body, string name, string text, Quantity quantity)
    {
        string right = quantity == Quantity.Contact ? "open or closed" : Quantities.IsBinary(quantity) ? "true or false" : "a number with a decimal point";
        body.Problem($"{name} is {MessageBody.Shorten(text)}; {right} would be right");
    }
}
