namespace Ambient.Sensors.Fusion;

/// <summary>The few numbers of fusion that differ from room to room. The defaults suit an office; <c>calibrate</c> fits them to a recording.</summary>
public sealed record Calibration
{
    /// <summary>Offices, no recording needed.</summary>
    public static Calibration Default { get; } = new();

    /// <summary>How long people may sit unseen by a motion sensor: e-folding time from "there" to "gone", minutes.</summary>
    public double StillnessMinutes { get; init; } = 8;

    /// <summary>What stands out of a room's sound floor, dB: a voice, a door, a keyboard; fans and hum stay below.</summary>
    public double SoundEventDb { get; init; } = 6;

    /// <summary>How long people may be inaudible: time constant, minutes.</summary>
    public double SilenceMinutes { get; init; } = 10;

    /// <summary>Ventilation, air changes an hour: 0.3 closed windows, 0.5 an old office, 2 and more mechanical.</summary>
    public double AirChangesPerHour { get; init; } = 0.5;

    /// <summary>Rise of CO2 that counts as somebody, ppm a minute, ventilation made up for; one person in 50 m3 gives about 6.</summary>
    public double Co2PpmPerMinute { get; init; } = 1.2;

    /// <summary>How long leaving takes to be believed once the evidence says so: time constant, seconds.</summary>
    public double LeavingSeconds { get; init; } = 60;

    /// <summary>How far light is believed, as a share of the default; never above 1, since lamps lie.</summary>
    public double LightWeight { get; init; } = 1;

    /// <summary>How far CO2 is believed, as a share of the default.</summary>
    public double Co2Weight { get; init; } = 1;

    /// <summary>What the recording taught about single sensors: how big a lamp is, and whether people keep to it.</summary>
    public IReadOnlyList<LearntSource> Sources { get; init; } = [];

    /// <summary>Name, value and range of each number, as they stand in the file.</summary>
    internal static IEnumerable<(string Name, double Value, double Min, double Max)> Ranges(Calibration calibration) =>
    [
        ("stillnessMinutes", calibration.StillnessMinutes, 0.5, 120),
        ("soundEventDb", calibration.SoundEventDb, 1, 30),
        ("silenceMinutes", calibration.SilenceMinutes, 0.5, 120),
        ("airChangesPerHour", calibration.AirChangesPerHour, 0.05, 20),
        ("co2PpmPerMinute", calibration.Co2PpmPerMinute, 0.1, 50),
        ("leavingSeconds", calibration.LeavingSeconds, 1, 600),
        ("lightWeight", calibration.LightWeight, 0, 1),
        ("co2Weight", calibration.Co2Weight, 0, 1.5),
    ];
}
