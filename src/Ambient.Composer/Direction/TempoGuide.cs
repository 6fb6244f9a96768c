using Ambient.Composer.Moods;
using Ambient.Sensors;

namespace Ambient.Composer.Direction;

/// <summary>Lets a heart or a breath lead the hidden pulse, within limits that are safe for everybody.</summary>
/// <remarks>
/// The pulse goes a little slower than the heart and so invites it to follow (iso principle); it never leaves the mood's tempo by more
/// than a tenth, and never asks anybody to breathe or beat outside what is normal at rest. Not a medical device.
/// </remarks>
public static class TempoGuide
{
    private const double Slower = 0.97;
    private const double Reach = 0.1; // beyond the mood's tempo
    private const double BeatsPerBreathMin = 4;
    private const double BeatsPerBreathMax = 16;

    private static readonly Bounds HeartBpm = new(45, 110);
    private static readonly Bounds BreathsPerMinute = new(4, 20);

    /// <summary>Whether a heart leads: there is one, and it beats as hearts do at rest.</summary>
    public static bool FollowsHeart(ContextVector context) => context.HeartRateBpm is { } heart && HeartBpm.Contains(heart);

    /// <summary>The tempo that is wanted, or null when nothing guides it.</summary>
    /// <param name="context">The room; a heart rate wins over a breath.</param>
    /// <param name="bpm">The mood's tempo.</param>
    public static double? Bpm(ContextVector context, Bounds bpm)
    {
        double least = bpm.Min * (1 - Reach);
        double most = bpm.Max * (1 + Reach);
        if (FollowsHeart(context)) return Math.Clamp(context.HeartRateBpm!.Value * Slower, least, most);
        if (context.BreathsPerMinute is not { } breath || !BreathsPerMinute.Contains(breath)) return null;
        double middle = bpm.Middle;
        double beats = Math.Clamp(Math.Round(middle / (breath * Slower)), BeatsPerBreathMin, BeatsPerBreathMax);
        return Math.Clamp(breath * Slower * beats, least, most);
    }
}
