using Ambient.Composer.Moods;

namespace Ambient.Composer.Arrangement;

/// <summary>A change from one mood to another as its rule says, in an order that nobody notices: density down, harmony over a bridge, timbre and reverb, density up.</summary>
internal sealed class MoodChange(Mood from, Mood to, MoodTransition rule, long requested)
{
    private const double Thinnest = 0.5; // factor of density in the middle
    private const double BridgeAt = 0.2;
    private const double HarmonyAt = 0.45;
    private const double LongestWaitSeconds = 30; // for a phrase to end

    private double _beats;
    private bool _hasBegun;

    public Mood From => from;

    public Mood To => to;

    public MoodTransition Rule => rule;

    public Bridge Bridge { get; } = Enum.Parse<Bridge>(rule.Bridge, ignoreCase: true);

    private ExitPoint Exit { get; } = Enum.Parse<ExitPoint>(rule.Exit, ignoreCase: true);

    /// <summary>How far, 0..1.</summary>
    public double Progress => Math.Min(1, _beats / rule.FadeBeats);

    /// <summary>Whether the bridge is due at the next chord change.</summary>
    public bool IsBridgeDue => _hasBegun && Bridge != Bridge.None && Progress >= BridgeAt;

    /// <summary>Whether the new harmony may enter at the next chord change.</summary>
    public bool IsHarmonyDue => _hasBegun && (Bridge == Bridge.None || Progress >= HarmonyAt);

    /// <summary>How far the numbers (tempo, timbre, reverb) have gone, 0..1.</summary>
    public double Blend => Smooth((Progress - 0.25) / 0.55);

    /// <summary>Factor of density: dips in the middle.</summary>
    public double Density => 1 - ((1 - Thinnest) * (Smooth(Progress / 0.25) - Smooth((Progress - 0.75) / 0.25)));

    /// <summary>Lets time pass.</summary>
    /// <param name="frame">Now.</param>
    /// <param name="beats">Since the last call.</param>
    /// <param name="pulse">The grid of beats and bars.</param>
    /// <param name="isInPhrase">Whether the melody is in the middle of something.</param>
    public void Advance(long frame, double beats, Pulse pulse, bool isInPhrase)
    {
        _hasBegun |= Exit switch
        {
            ExitPoint.Immediate => true,
            ExitPoint.Beat => frame >= pulse.NextBeat(requested),
            ExitPoint.Bar => frame >= pulse.NextBar(requested),
            _ => !isInPhrase || frame >= requested + Frames.Of(LongestWaitSeconds),
        };
        if (_hasBegun) _beats += beats;
    }

    /// <summary>Begins whatever the exit point is: the caller stands on it.</summary>
    public void Begin() => _hasBegun = true;

    private static double Smooth(double x)
    {
        double t = Math.Clamp(x, 0, 1);
        return t * t * (3 - (2 * t));
    }
}
