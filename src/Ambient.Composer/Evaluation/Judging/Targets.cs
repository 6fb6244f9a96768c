using Ambient.Composer.Moods;

namespace Ambient.Composer.Evaluation.Judging;

/// <summary>Where the measures of a mood should be. Judgement and not law: starting points that sound guides agree on, see docs/moods-measured.md.</summary>
public sealed record Targets
{
    private const double ReferenceLufs = -26;

    /// <summary>Salient onsets a minute.</summary>
    public Bounds OnsetsPerMinute { get; init; } = new(8, 14);

    /// <summary>Median dwell of a chord, s.</summary>
    public Bounds DwellSeconds { get; init; } = new(12, 20);

    /// <summary>Integrated loudness, LUFS.</summary>
    public Bounds Lufs { get; init; } = new(ReferenceLufs - 1, ReferenceLufs + 1);

    /// <summary>Loudness range, LU.</summary>
    public Bounds RangeLu { get; init; } = new(2, 5);

    /// <summary>Octave slope, dB.</summary>
    public Bounds SlopeDb { get; init; } = new(-8, -5);

    /// <summary>Centroid, Hz.</summary>
    public Bounds CentroidHz { get; init; } = new(180, 320);

    /// <summary>Sharpness, uncalibrated.</summary>
    public Bounds Sharpness { get; init; } = new(0.8, 1.3);

    /// <summary>Most of the A-weighted energy that may lie at 2 to 5 kHz, dB.</summary>
    public double PresenceDb { get; init; } = -12;

    /// <summary>Octave levels 63 Hz to 8 kHz relative to 500 Hz, dB.</summary>
    public IReadOnlyList<Bounds> OctavesDb { get; init; } = Octaves(0, 0);

    /// <summary>Largest momentary jump, LU.</summary>
    public double JumpLu { get; init; } = 6;

    /// <summary>Startling moments in five minutes.</summary>
    public double OutliersPerFiveMinutes { get; init; } = 3;

    /// <summary>Most fluctuation at 1 to 12 Hz.</summary>
    public double Fluctuation { get; init; } = 0.12;

    /// <summary>Whether it is silence.</summary>
    public bool IsSilent { get; init; }

    /// <summary>Whether noise is one of its voices: then onsets of the sound are not those of the notes.</summary>
    public bool IsTextured { get; init; }

    /// <summary>The targets of a mood: those of its file, and by its name those that no file holds.</summary>
    public static Targets Of(Mood mood)
    {
        var general = new Targets
        {
            IsSilent = mood.IsSilent,
            OnsetsPerMinute = mood.OnsetsPerMinute,
            DwellSeconds = mood.DwellSeconds,
            Lufs = new(ReferenceLufs + mood.LoudnessLu - 1, ReferenceLufs + mood.LoudnessLu + 1),
        };
        return mood.Name switch
        {
            "calm" => general with { Sharpness = new(0.9, 1.1) },
            "focus" => general with { Sharpness = new(0.85, 1.05), RangeLu = new(0, 3), JumpLu = 4, OutliersPerFiveMinutes = 1 },
            "bright" => Bright(general) with { Sharpness = new(1.1, 1.4) },
            "welcome" => general with { Sharpness = new(1.0, 1.25) },
            "social" => general with { Sharpness = new(1.0, 1.3), Fluctuation = 0.25 },
            "wind-down" => general with { Sharpness = new(0.8, 1.0), Lufs = new(ReferenceLufs - 6, ReferenceLufs - 1), RangeLu = new(2, 8), OnsetsPerMinute = new(5, 14), DwellSeconds = new(14, 26) },
            "night" => general with { Sharpness = new(0.7, 0.9), CentroidHz = new(130, 220), OctavesDb = Octaves(0, -2), OutliersPerFiveMinutes = 1 },
            "rain" => Bright(general) with { Sharpness = new(1.1, 1.4), IsTextured = true, RangeLu = new(1, 5) },
            "forest" => Bright(general) with { Sharpness = new(1.0, 1.35), IsTextured = true },
            "cathedral" => general with { Sharpness = new(0.9, 1.15), RangeLu = new(2, 7) },
            "brand-example" => general with { Sharpness = new(1.0, 1.25) },
            _ => general,
        };
    }

    private static Targets Bright(Targets targets) => targets with
    {
        SlopeDb = new(-6, -3.5),
        CentroidHz = new(180, 420),
        PresenceDb = -9,
        OctavesDb = Octaves(1.5, 0),
    };

    // The brightest and the darkest edge, tilted by so many dB an octave above 500 Hz.
    private static IReadOnlyList<Bounds> Octaves(double brighter, double darker) =>
    [
        new(double.NegativeInfinity, 5), new(3, 9), new(2, 6), new(0, 0),
        new(-8 + darker, -4 + brighter), new(-16 + (2 * darker), -10 + (2 * brighter)), new(-26 + (3 * darker), -17 + (3 * brighter)), new(-40 + (4 * darker), -26 + (4 * brighter)),
    ];
}
