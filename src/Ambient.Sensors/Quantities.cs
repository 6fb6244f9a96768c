namespace Ambient.Sensors;

/// <summary>Units and valid ranges of every <see cref="Quantity"/>; what lies outside is a fault of the sensor, never a reading.</summary>
public static class Quantities
{
    /// <summary>The unit, as printed; empty for yes/no and counts.</summary>
    public static string UnitOf(Quantity quantity) => quantity switch
    {
        Quantity.Illuminance => "lx",
        Quantity.Noise => "dBA",
        Quantity.Co2 => "ppm",
        Quantity.Temperature => "°C",
        Quantity.Humidity => "%",
        Quantity.Sound => "V",
        _ => "",
    };

    /// <summary>Smallest and largest value that can be true, inclusive.</summary>
    public static (double Min, double Max) RangeOf(Quantity quantity) => quantity switch
    {
        Quantity.People or Quantity.LabelPeople => (0, 100_000),
        Quantity.Illuminance => (0, 200_000),
        Quantity.Noise => (0, 140),
        Quantity.Sound => (0, 1_000),
        Quantity.Co2 => (250, 40_000),
        Quantity.Temperature => (-60, 85),
        Quantity.Humidity => (0, 100),
        Quantity.Arousal => (-1, 1),
        _ => (0, 1),
    };
}
