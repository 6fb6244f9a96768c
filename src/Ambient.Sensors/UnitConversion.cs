namespace Ambient.Sensors;

/// <summary>Units that devices report, and how each becomes the unit of its <see cref="Quantity"/>.</summary>
public static class UnitConversion
{
    /// <summary>A unit of a quantity: <c>value * Scale + Offset</c> is in <see cref="Quantities.UnitOf"/>. The first of a quantity is its own unit.</summary>
    private static readonly (Quantity Quantity, string Unit, double Scale, double Offset)[] Table =
    [
        (Quantity.Illuminance, "lx", 1, 0),
        (Quantity.Illuminance, "lux", 1, 0),
        (Quantity.Illuminance, "klx", 1_000, 0),
        (Quantity.Illuminance, "fc", 10.76391, 0), // foot-candle = lumen per square foot
        (Quantity.Noise, "dBA", 1, 0),
        (Quantity.Noise, "dB(A)", 1, 0),
        (Quantity.Noise, "dB", 1, 0), // home sensors say dB and mean dBA
        (Quantity.Co2, "ppm", 1, 0),
        (Quantity.Co2, "ppb", 0.001, 0),
        (Quantity.Co2, "%", 10_000, 0),
        (Quantity.Temperature, "°C", 1, 0),
        (Quantity.Temperature, "C", 1, 0),
        (Quantity.Temperature, "°F", 5.0 / 9, -160.0 / 9),
        (Quantity.Temperature, "F", 5.0 / 9, -160.0 / 9),
        (Quantity.Temperature, "K", 1, -273.15),
        (Quantity.Temperature, "℃", 1, 0),
        (Quantity.Temperature, "degC", 1, 0),
        (Quantity.Temperature, "celsius", 1, 0),
        (Quantity.Temperature, "℉", 5.0 / 9, -160.0 / 9),
        (Quantity.Temperature, "degF", 5.0 / 9, -160.0 / 9),
        (Quantity.Temperature, "fahrenheit", 5.0 / 9, -160.0 / 9),
        (Quantity.Humidity, "%", 1, 0),
        (Quantity.Humidity, "%RH", 1, 0),
        (Quantity.Humidity, "ratio", 100, 0),
        (Quantity.Humidity, "fraction", 100, 0),
        (Quantity.Pressure, "hPa", 1, 0),
        (Quantity.Pressure, "mbar", 1, 0),
        (Quantity.Pressure, "Pa", 0.01, 0),
        (Quantity.Pressure, "kPa", 10, 0),
        (Quantity.Pressure, "mmHg", 1.333224, 0),
        (Quantity.Pressure, "inHg", 33.86389, 0),
        (Quantity.Distance, "m", 1, 0),
        (Quantity.Distance, "cm", 0.01, 0),
        (Quantity.Distance, "mm", 0.001, 0),
        (Quantity.Distance, "ft", 0.3048, 0),
        (Quantity.People, "people", 1, 0),
        (Quantity.People, "persons", 1, 0),
        (Quantity.People, "#", 1, 0), // Homie's counts
        (Quantity.HeartRate, "bpm", 1, 0),
        (Quantity.Sound, "V", 1, 0),
        (Quantity.Sound, "mV", 0.001, 0),
    ];

    /// <summary>Converts to the quantity's own unit; an empty unit is that unit.</summary>
    /// <returns>False where the quantity has no such unit.</returns>
    public static bool TryConvert(Quantity quantity, double value, string? unit, out double converted)
    {
        converted = value;
        if (string.IsNullOrEmpty(unit) || unit == Quantities.UnitOf(quantity)) return true;
        foreach (var known in Table)
        {
            if (known.Quantity != quantity || !known.Unit.Equals(unit, StringComparison.OrdinalIgnoreCase)) continue;
            converted = value * known.Scale + known.Offset;
            return true;
        }

        return false;
    }

    /// <summary>The units a quantity may come in, for messages.</summary>
    public static string KnownUnits(Quantity quantity)
    {
        string units = string.Join(", ", Table.Where(known => known.Quantity == quantity).Select(known => known.Unit));
        return units.Length > 0 ? units : "(none)";
    }
}
