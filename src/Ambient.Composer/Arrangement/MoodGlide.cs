using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement;

/// <summary>A change from one mood to another, in an order that nobody notices: density down, harmony over shared tones, timbre and reverb, density up.</summary>
internal sealed class MoodGlide(Mood from, Mood to, double seconds, bool isUrgent)
{
    private const double Thinnest = 0.5; // factor of density in the middle
    private double _elapsed;

    public Mood From => from;

    public Mood To => to;

    /// <summary>How far, 0..1.</summary>
    public double Progress => Math.Min(1, _elapsed / seconds);

    /// <summary>Whether the new harmony may enter at the next chord change.</summary>
    public bool IsHarmonyDue => isUrgent || Progress >= 0.25;

    /// <summary>How far the numbers (tempo, timbre, reverb) have gone, 0..1.</summary>
    public double Blend => Smooth((Progress - 0.25) / 0.55);

    /// <summary>Factor of density: dips in the middle.</summary>
    public double Density => 1 - ((1 - Thinnest) * (Smooth(Progress / 0.25) - Smooth((Progress - 0.75) / 0.25)));

    public void Advance(double step) => _elapsed += step;

    private static double Smooth(double x)
    {
        double t = Math.Clamp(x, 0, 1);
        return t * t * (3 - (2 * t));
    }
}
