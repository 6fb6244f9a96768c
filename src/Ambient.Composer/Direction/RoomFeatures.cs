using Ambient.Sensors;

namespace Ambient.Composer.Direction;

/// <summary>Turns a context into pushes: each feature centred on its neutral value, so that what is unknown pushes nothing.</summary>
internal static class RoomFeatures
{
    private const double HalfDaylight = 0.5; // neither: what is unknown

    /// <summary>A feature in its own scale, for people.</summary>
    public static double Raw(ContextVector context, ContextFeature feature) => feature switch
    {
        ContextFeature.Occupancy => context.Occupancy,
        ContextFeature.Crowd => context.Density,
        ContextFeature.Activity => context.Activity,
        ContextFeature.Noise => context.Noise,
        ContextFeature.Light => context.Light,
        ContextFeature.Arousal => context.Arousal,
        ContextFeature.Daylight => context.DaylightShare ?? HalfDaylight,
        _ => EveningAt(context.Time),
    };

    /// <summary>A feature as a push: -1..1, 0 when nothing is known.</summary>
    public static double Push(ContextVector context, ContextFeature feature)
    {
        double raw = Raw(context, feature);
        return feature switch
        {
            ContextFeature.Occupancy or ContextFeature.Light => Centred(raw, 0.5),
            ContextFeature.Daylight => Centred(raw, HalfDaylight),
            ContextFeature.Crowd or ContextFeature.Activity or ContextFeature.Noise => Centred(raw, 0.3),
            _ => Math.Clamp(raw, -1, 1),
        };
    }

    // Each side of neutral reaches its end: 0 is -1, neutral 0, 1 is 1.
    private static double Centred(double raw, double neutral)
    {
        double value = Math.Clamp(raw, 0, 1);
        return value < neutral ? (value / neutral) - 1 : (value - neutral) / (1 - neutral);
    }

    // A context without a time (default) stands for day: an offline render without a trace has no clock.
    private static double EveningAt(DateTimeOffset time)
    {
        if (time == default) return 0;
        double hour = time.TimeOfDay.TotalHours;
        return hour >= 12 ? Smooth((hour - 17) / 5) : 1 - Smooth((hour - 6) / 3);
    }

    private static double Smooth(double x)
    {
        double t = Math.Clamp(x, 0, 1);
        return t * t * (3 - (2 * t));
    }
}
