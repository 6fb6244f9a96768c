namespace Ambient.Sensors;

/// <summary>Units and valid ranges of every <see cref="Quantity"/>; what lies outside is a fault of the sensor, never a reading.</summary>
public static class Quantities
{
    /// <summary>In the order of <see cref="Quantity"/>.</summary>
    private static readonly string[] Names =
    [
        "occupancy", "presence", "motion", "contact", "people", "illuminance", "noise", "sound", "co2", "temperature",
        "humidity", "available", "arousal", "label_occupied", "label_people",
        "sound_level", "own_sound", "out_of_range", "mute", "pressure", "proximity", "distance", "context",
        "heart_rate", "breathing_rate", "crowd", "intensity",
        "people_in", "people_out", "people_entered", "people_left",
    ];

    /// <summary>Every name that <see cref="TryParse"/> understands, for messages.</summary>
    public static string KnownNames { get; } = string.Join(", ", Names);

    /// <summary>The unit, as printed; empty for yes/no and counts.</summary>
    public static string UnitOf(Quantity quantity) => quantity switch
    {
        Quantity.Illuminance => "lx",
        Quantity.Noise => "dBA",
        Quantity.Co2 => "ppm",
        Quantity.Temperature => "°C",
        Quantity.Humidity => "%",
        Quantity.Sound => "V",
        Quantity.SoundLevel or Quantity.OwnSound => "dB",
        Quantity.Pressure => "hPa",
        Quantity.Distance => "m",
        Quantity.HeartRate or Quantity.BreathingRate => "/min",
        _ => "",
    };

    /// <summary>The name in traces, <c>decode</c> and configuration: lower case, words joined by <c>_</c> (<c>label_occupied</c>).</summary>
    public static string NameOf(Quantity quantity) => Names[(int)quantity];

    /// <summary>The quantity of a <see cref="NameOf"/> name; letter case does not matter.</summary>
    public static bool TryParse(string name, out Quantity quantity)
    {
        int index = Array.FindIndex(Names, known => known.Equals(name, StringComparison.OrdinalIgnoreCase));
        quantity = (Quantity)Math.Max(index, 0);
        return index >= 0;
    }

    /// <summary>Whether it is a yes or no, 1 or 0.</summary>
    public static bool IsBinary(Quantity quantity) => quantity is Quantity.Occupancy or Quantity.Presence or Quantity.Motion
        or Quantity.Contact or Quantity.Available or Quantity.LabelOccupied or Quantity.Mute;

    /// <summary>Whether it counts people, so that only whole numbers make sense.</summary>
    public static bool IsCount(Quantity quantity) =>
        quantity is Quantity.People or Quantity.PeopleIn or Quantity.PeopleOut or Quantity.PeopleEntered or Quantity.PeopleLeft;

    /// <summary>Whether it is the truth, or an answer, that an evaluation compares with, which fusion must never see.</summary>
    public static bool IsLabel(Quantity quantity) => quantity is Quantity.LabelOccupied or Quantity.LabelPeople or Quantity.Context;

    /// <summary>Whether <paramref name="value"/> can be true: finite and inside <see cref="RangeOf"/>.</summary>
    public static bool CanBe(Quantity quantity, double value)
    {
        (double min, double max) = RangeOf(quantity);
        return value >= min && value <= max; // false for NaN, too
    }

    /// <summary>Smallest and largest value that can be true, inclusive.</summary>
    public static (double Min, double Max) RangeOf(Quantity quantity) => quantity switch
    {
        Quantity.People or Quantity.LabelPeople => (0, 100_000),
        Quantity.PeopleIn or Quantity.PeopleOut => (0, 1e9),
        Quantity.PeopleEntered or Quantity.PeopleLeft => (0, 1_000),
        Quantity.Illuminance => (0, 200_000),
        Quantity.Noise => (0, 140),
        Quantity.Sound => (0, 1_000),
        Quantity.Co2 => (250, 9_999), // SCD30: specified for 400-10 000 ppm, SCD41 to 5 000; both go on to 40 000 unspecified, many others stand at 10 000 when they saturate
        Quantity.Temperature => (-60, 85),
        Quantity.Humidity => (2, 100), // no room is drier: 0 is a part that failed, 0.45 a fraction
        Quantity.Arousal or Quantity.OutOfRange => (-1, 1),
        Quantity.SoundLevel => (-40, 160),
        Quantity.OwnSound => (-200, 20),
        Quantity.Pressure => (300, 1_100),
        Quantity.Proximity => (0, 1e6),
        Quantity.Distance => (0, 100),
        Quantity.Context => (-1, 200_000),
        Quantity.HeartRate => (20, 250),
        Quantity.BreathingRate => (1, 80),
        _ => (0, 1),
    };
}
