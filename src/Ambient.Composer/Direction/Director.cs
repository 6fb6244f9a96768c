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

    /// <summary>A target that has moved less than this is the same target: sensors flicker, music does not.</summary>
    public const double Hysteresis = 0.03;

    private const double EmptyDensity = 0.3; // of the mood's, when the speaking layer has nothing to say at all
    private const double FullDensity = 0.2; // when it has much to say, so far on towards the mood's most
    private const double TempoPerBeat = 0.01;
    private const double SmoothSeconds = 8;
    private const double LoudnessRangeDb = 1.5;
    private const double MeetingActivity = 1.5; // how strongly a journey's beginning follows what people do

    private static readonly IntentAxis[] Axes = Enum.GetValues<IntentAxis>();
    private static readonly ContextFeature[] Features = Enum.GetValues<ContextFeature>();

    private readonly double[] _axes = new double[Axes.Length];
    private readonly double[] _targets = new double[Axes.Length];
    private readonly Explainer _explainer = new();
    private bool _hasStarted;

    /// <summary>What the music should be now.</summary>
    public Intent Intent { get; private set; }

    /// <summary>Why.</summary>
    public Why Why { get; private set; } = Why.Nothing;

    /// <summary>What people voted.</summary>
    public Feedback Feedback { get; } = new();

    /// <summary>Where an axis stands now, -1..1.</summary>
    public double this[IntentAxis axis] => _axes[(int)axis];

    /// <summary>Lets time pass.</summary>
    /// <param name="context">The room.</param>
    /// <param name="from">The mood that sounds.</param>
    /// <param name="to">The mood that comes; the same when none does.</param>
    /// <param name="blend">How far, 0..1.</param>
    /// <param name="seconds">Since the last call, &gt; 0.</param>
    /// <param name="meets">How far a guided mood is still where the room is, 0..1.</param>
    public void Update(ContextVector context, Mood from, Mood to, double blend, double seconds, double meets = 0)
    {
        Feedback.Advance(seconds);
        double rate = 1 - Math.Exp(-seconds / SettleSeconds);
        foreach (IntentAxis axis in Axes)
        {
            double target = Math.Clamp(double.Lerp(Target(from, axis, context, meets), Target(to, axis, context, meets), blend), -1, 1);
            ref double held = ref _targets[(int)axis];
            if (!_hasStarted || Math.Abs(target - held) > Hysteresis) held = target;
            double step = Math.Clamp((held - this[axis]) * rate, -SlewPerSecond * seconds, SlewPerSecond * seconds);
            _axes[(int)axis] = _hasStarted ? this[axis] + step : held;
        }

        Intent wanted = Intent.Mix(Within(from, context), Within(to, context), blend);
        Intent = _hasStarted ? Slewed(Intent, Intent.Mix(Intent, wanted, 1 - Math.Exp(-seconds / SmoothSeconds)), seconds) with { Delay = wanted.Delay } : wanted;
        _hasStarted = true;
        Why = _explainer.Explain(context, blend < 0.5 ? from : to, seconds, Feedback);
    }

    internal static double Weight(Mood mood, ContextFeature feature, IntentAxis axis) =>
        mood.Follows.TryGetValue(NameOf(feature), out Dictionary<string, double>? pushes) ? pushes.GetValueOrDefault(NameOf(axis)) : 0;

    internal static string NameOf<T>(T value)
        where T : struct, Enum => Names<T>.All[value];

    private double Target(Mood mood, IntentAxis axis, ContextVector context, double meets)
    {
        double room = 0;
        foreach (ContextFeature feature in Features) room += Weight(mood, feature, axis) * RoomFeatures.Push(context, feature);
        double sum = mood.Intent.GetValueOrDefault(NameOf(axis)) + (room * Feedback.RoomWeight);
        if (axis == IntentAxis.Density) sum += Feedback.Density;
        if (meets == 0 || axis is not (IntentAxis.Density or IntentAxis.Tempo or IntentAxis.HarmonicRhythm)) return sum;
        return double.Lerp(sum, MeetingActivity * Math.Max(RoomFeatures.Push(context, ContextFeature.Activity), context.Arousal), meets);
    }

    // At most one percent a beat, also when a change is interrupted.
    private static Intent Slewed(in Intent now, in Intent next, double seconds)
    {
        double most = Math.Pow(1 + TempoPerBeat, seconds * now.TempoBpm / 60);
        return next with { TempoBpm = Math.Clamp(next.TempoBpm, now.TempoBpm / most, now.TempoBpm * most) };
    }

    private Intent Within(Mood mood, ContextVector context)
    {
        double speak = (this[IntentAxis.Speak] + 1) / 2;
        double asked = mood.OnsetsPerMinute.AtRatio(this[IntentAxis.Density]);
        double density = speak < 0.5
            ? asked * double.Lerp(EmptyDensity, 1, 2 * speak)
            : double.Lerp(asked, mood.OnsetsPerMinute.Max, FullDensity * ((2 * speak) - 1));
        return new Intent(
            density * Math.Pow(DayArc.Density(context.Time), mood.DayArc),
            mood.DwellSeconds.AtRatio(-this[IntentAxis.HarmonicRhythm]),
            TempoGuide.Bpm(context, mood.Pulse.Bpm) ?? mood.Pulse.Bpm.AtRatio(this[IntentAxis.Tempo]),
            LoudnessRangeDb * this[IntentAxis.Loudness],
            mood.BrightnessOctaves + (0.5 * this[IntentAxis.Brightness]) + (DayArc.BrightnessOctaves(context.Time) * mood.DayArc),
            speak,
            (this[IntentAxis.Texture] + 1) / 2,
            3 + this[IntentAxis.Polyphony],
            mood.Reverb.Rt60Seconds,
            mood.Reverb.Wet,
            new(mood.Delay.Beats, mood.Delay.Feedback, mood.Delay.Wet));
    }

    private static class Names<T>
        where T : struct, Enum
    {
        public static readonly Dictionary<T, string> All =
            Enum.GetValues<T>().ToDictionary(value => value, value => char.ToLowerInvariant(value.ToString()[0]) + value.ToString()[1..]);
    }
}
