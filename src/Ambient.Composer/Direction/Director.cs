using Ambient.Composer.Moods;
using Ambient.Sensors;

namespace Ambient.Composer.Direction;

/// <summary>Decides what the music should be: mood plus the room's pushes, added up per axis, and never faster than nobody notices.</summary>
/// <remarks>Additive and linear in the manner of Eerola, Friberg and Bresin 2013, so that every change can be explained by its factors.</remarks>
public sealed class Director
{
    /// <summary>Fastest move of an axis, axis units a second: 10 % of the range (2) in 10 s.</summary>
    public const double SlewPerSecond = 0.02;

    /// <summary>Time constant of the approach, seconds; with the slew limit a full swing is 90 % there in under 3 minutes.</summary>
    public const double SettleSeconds = 65;

    private const double EmptyDensity = 0.55; // of the mood's least, when the speaking layer has nothing to say
    private const double SmoothSeconds = 8; // keeps tempo below 1 % a beat even when a glide is interrupted
    private const double LoudnessRangeDb = 1.5;

    private static readonly IntentAxis[] Axes = Enum.GetValues<IntentAxis>();
    private static readonly ContextFeature[] Features = Enum.GetValues<ContextFeature>();

    private readonly double[] _axes = new double[Axes.Length];
    private readonly Explainer _explainer = new();
    private bool _hasStarted;

    /// <summary>What the music should be now.</summary>
    public Intent Intent { get; private set; }

    /// <summary>Why.</summary>
    public Why Why { get; private set; } = Why.Nothing;

    /// <summary>Where an axis stands now, -1..1.</summary>
    public double this[IntentAxis axis] => _axes[(int)axis];

    /// <summary>Lets time pass.</summary>
    /// <param name="context">The room.</param>
    /// <param name="from">The mood that sounds.</param>
    /// <param name="to">The mood that comes; the same when none does.</param>
    /// <param name="blend">How far, 0..1.</param>
    /// <param name="seconds">Since the last call, &gt; 0.</param>
    public void Update(ContextVector context, Mood from, Mood to, double blend, double seconds)
    {
        double rate = 1 - Math.Exp(-seconds / SettleSeconds);
        foreach (IntentAxis axis in Axes)
        {
            double target = Math.Clamp(double.Lerp(Target(from, axis, context), Target(to, axis, context), blend), -1, 1);
            double step = Math.Clamp((target - this[axis]) * rate, -SlewPerSecond * seconds, SlewPerSecond * seconds);
            _axes[(int)axis] = _hasStarted ? this[axis] + step : target;
        }

        Intent wanted = Intent.Mix(Within(from), Within(to), blend);
        Intent = _hasStarted ? Intent.Mix(Intent, wanted, 1 - Math.Exp(-seconds / SmoothSeconds)) : wanted;
        _hasStarted = true;
        Why = _explainer.Explain(context, blend < 0.5 ? from : to, seconds);
    }

    internal static double Weight(Mood mood, ContextFeature feature, IntentAxis axis) =>
        mood.Follows.TryGetValue(NameOf(feature), out Dictionary<string, double>? pushes) ? pushes.GetValueOrDefault(NameOf(axis)) : 0;

    internal static string NameOf<T>(T value)
        where T : struct, Enum => Names<T>.All[value];

    private static double Target(Mood mood, IntentAxis axis, ContextVector context)
    {
        double sum = mood.Intent.GetValueOrDefault(NameOf(axis));
        foreach (ContextFeature feature in Features) sum += Weight(mood, feature, axis) * RoomFeatures.Push(context, feature);
        return sum;
    }

    private Intent Within(Mood mood)
    {
        double speak = (this[IntentAxis.Speak] + 1) / 2;
        return new Intent(
            mood.OnsetsPerMinute.AtRatio(this[IntentAxis.Density]) * double.Lerp(EmptyDensity, 1, Math.Min(1, 2 * speak)),
            mood.DwellSeconds.AtRatio(-this[IntentAxis.HarmonicRhythm]),
            mood.Pulse.Bpm.AtRatio(this[IntentAxis.Tempo]),
            LoudnessRangeDb * this[IntentAxis.Loudness],
            mood.BrightnessOctaves + (0.5 * this[IntentAxis.Brightness]),
            speak,
            (this[IntentAxis.Texture] + 1) / 2,
            3 + this[IntentAxis.Polyphony],
            mood.Reverb.Rt60Seconds,
            mood.Reverb.Wet);
    }

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> All =
            Enum.GetValues<T>().ToDictionary(value => value, value => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..]);
    }
}
