using Ambient.Sensors.Recordings;

namespace Ambient.Sensors.Tests;

/// <summary>Small things that many tests need.</summary>
internal static class Some
{
    /// <summary>A Friday afternoon.</summary>
    public static readonly DateTimeOffset Noon = new(2017, 12, 22, 12, 0, 0, TimeSpan.Zero);

    public static DateTimeOffset At(double minutes) => Noon.AddMinutes(minutes);

    public static Reading Reading(double minutes, Quantity quantity, double value, string sensor = "sensor") =>
        new(At(minutes), sensor, quantity, value);

    /// <summary>Five hours of an office, see tests/data/README.md.</summary>
    public static List<IReadOnlyList<Reading>> OfficeAfternoon() => Rows("uci864-2017-12-22.csv", new Uci864());

    /// <summary>Another office, with light and CO2 only.</summary>
    public static List<IReadOnlyList<Reading>> LunchBreak() => Rows("uci357-2015-02-03.csv", new Uci357());

    private static List<IReadOnlyList<Reading>> Rows(string file, IRecordingFormat format) =>
        [.. Recording.Read(Path.Combine(AppContext.BaseDirectory, "data", file), format)];
}
