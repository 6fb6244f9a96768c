using System.Globalization;
using System.Text.Json;

namespace Ambient.Sensors.Payloads;

/// <summary>Times as devices write them: ISO 8601 with an offset or <c>Z</c>, seconds or milliseconds since 1970.</summary>
public static class Timestamp
{
    private const double MillisecondsFrom = 1e11; // in seconds the year 5138, in milliseconds 1973

    /// <summary>Reads a time; false where it is none, or names no offset: nobody knows the device's zone.</summary>
    public static bool TryRead(JsonElement value, out DateTimeOffset time)
    {
        time = default;
        return value.ValueKind switch
        {
            JsonValueKind.Number => value.TryGetDouble(out double number) && TryEpoch(number, out time),
            JsonValueKind.String => TryRead(value.GetString()!, out time),
            _ => false,
        };
    }

    /// <summary>Reads a time out of text.</summary>
    public static bool TryRead(string text, out DateTimeOffset time)
    {
        if (double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)) return TryEpoch(number, out time);
        time = default;
        bool hasOffset = text.EndsWith('Z') || (text.Length > 10 && text.AsSpan(10).ContainsAny('+', '-'));
        return hasOffset && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out time);
    }

    /// <summary>Reads seconds or milliseconds since 1970; 0 is none.</summary>
    public static bool TryRead(ulong number, out DateTimeOffset time) => TryEpoch(number, out time);

    private static bool TryEpoch(double number, out DateTimeOffset time)
    {
        double seconds = number >= MillisecondsFrom ? number / 1_000 : number;
        bool isTime = seconds is > 0 and < MillisecondsFrom;
        time = isTime ? DateTimeOffset.UnixEpoch.AddSeconds(seconds) : default;
        return isTime;
    }
}
