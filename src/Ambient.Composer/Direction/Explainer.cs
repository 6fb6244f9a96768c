using System.Globalization;
using Ambient.Composer.Moods;
using Ambient.Sensors;

namespace Ambient.Composer.Direction;

/// <summary>Says in one sentence why the music is as it is: what it became, and the strongest reasons.</summary>
internal sealed class Explainer
{
    private const double Noticeable = 0.1; // axis units

    private const double NewsSeconds = 900;

    private bool? _wasOccupied;
    private double _secondsSinceChange;
    private bool _hasChanged;

    public Why Explain(ContextVector context, Mood mood, double seconds, Feedback feedback)
    {
        _secondsSinceChange += seconds;
        if (_wasOccupied is { } before && before != context.IsOccupied)
        {
            _secondsSinceChange = 0;
            _hasChanged = true;
        }

        _wasOccupied = context.IsOccupied;
        if (mood.IsSilent) return new Why($"Silent because the mood is {mood.Name}.", []);

        var factors = new List<Factor>();
        foreach (ContextFeature feature in Enum.GetValues<ContextFeature>())
        {
            double push = RoomFeatures.Push(context, feature);
            foreach (IntentAxis axis in Enum.GetValues<IntentAxis>())
            {
                double weight = Director.Weight(mood, feature, axis) * push;
                if (Math.Abs(weight) < Noticeable) continue;
                factors.Add(new Factor($"{Director.NameOf(feature)} → {Director.NameOf(axis)}", Math.Round(RoomFeatures.Raw(context, feature), 2), Math.Round(weight, 2)));
            }
        }

        AddDay(factors, context, mood);
        AddGuide(factors, context, mood);
        AddFeedback(factors, feedback);
        factors.Sort((one, other) => Math.Abs(other.Weight).CompareTo(Math.Abs(one.Weight)));
        if (factors.Count == 0) return Why.Nothing with { Text = $"As {mood.Name} has it: the room pushes nowhere." };
        bool isRoom = Enum.GetValues<ContextFeature>().Any(feature => Strength(context, mood, feature) >= Noticeable);
        return new Why(isRoom ? Sentence(context, mood) : $"As {mood.Name} has it at this time of day.", factors);
    }

    // In octaves: half as many notes is -1, an octave of cutoff is 1.
    private static void AddDay(List<Factor> factors, ContextVector context, Mood mood)
    {
        double density = mood.DayArc * Math.Log2(DayArc.Density(context.Time));
        double brightness = mood.DayArc * DayArc.BrightnessOctaves(context.Time);
        double hour = Math.Round(context.Time.TimeOfDay.TotalHours, 2);
        if (Math.Abs(density) >= Noticeable) factors.Add(new Factor("time of day → density", hour, Math.Round(density, 2)));
        if (Math.Abs(brightness) >= Noticeable) factors.Add(new Factor("time of day → brightness", hour, Math.Round(brightness, 2)));
    }

    // In axis units: from one end of the mood's tempo to the other is 2.
    private static void AddGuide(List<Factor> factors, ContextVector context, Mood mood)
    {
        if (TempoGuide.Bpm(context, mood.Pulse.Bpm) is not { } bpm) return;
        Bounds tempo = mood.Pulse.Bpm;
        double weight = (2 * bpm - tempo.Min - tempo.Max) / Math.Max(1, tempo.Max - tempo.Min);
        bool isHeart = TempoGuide.FollowsHeart(context);
        factors.Add(new Factor(isHeart ? "heart rate → tempo" : "breathing → tempo", Math.Round((isHeart ? context.HeartRateBpm : context.BreathsPerMinute) ?? 0, 1), Math.Round(weight, 2)));
    }

    private static void AddFeedback(List<Factor> factors, Feedback feedback)
    {
        if (Math.Abs(feedback.Density) >= Noticeable) factors.Add(new Factor("votes → density", Math.Round(feedback.Density, 2), Math.Round(feedback.Density, 2)));
        if (Math.Abs(feedback.Level) >= 1) factors.Add(new Factor("votes → loudness", Math.Round(feedback.Level, 1), Math.Round(feedback.Level / Feedback.LevelSteps, 2)));
    }

    private string Sentence(ContextVector context, Mood mood)
    {
        double density = Sum(context, mood, IntentAxis.Density);
        double light = Sum(context, mood, IntentAxis.Brightness) + Sum(context, mood, IntentAxis.Mode);
        var became = new List<string>();
        if (Math.Abs(density) >= Noticeable) became.Add(density < 0 ? "sparser" : "busier");
        if (Math.Abs(light) >= Noticeable) became.Add(light < 0 ? "darker" : "brighter");
        if (became.Count == 0) became.Add("a little different");

        var reasons = Enum.GetValues<ContextFeature>()
            .Select(feature => (Feature: feature, Strength: Strength(context, mood, feature)))
            .Where(reason => reason.Strength >= Noticeable)
            .OrderByDescending(reason => reason.Strength)
            .Take(2)
            .Select(reason => Reason(context, reason.Feature));
        string text = $"{string.Join(" and ", became)} because {string.Join(" and ", reasons)}.";
        return char.ToUpperInvariant(text[0]) + text[1..];
    }

    // What has just happened is the better answer to "why now".
    private double Strength(ContextVector context, Mood mood, ContextFeature feature) =>
        Enum.GetValues<IntentAxis>().Sum(axis => Math.Abs(Director.Weight(mood, feature, axis) * RoomFeatures.Push(context, feature)))
        * (feature == ContextFeature.Occupancy && _hasChanged && _secondsSinceChange < NewsSeconds ? 2 : 1);

    private static double Sum(ContextVector context, Mood mood, IntentAxis axis) =>
        Enum.GetValues<ContextFeature>().Sum(feature => Director.Weight(mood, feature, axis) * RoomFeatures.Push(context, feature));

    private string Reason(ContextVector context, ContextFeature feature)
    {
        bool isMore = RoomFeatures.Push(context, feature) > 0;
        string value = RoomFeatures.Raw(context, feature).ToString("0.00", CultureInfo.InvariantCulture);
        return feature switch
        {
            ContextFeature.Occupancy => Occupancy(context, value),
            ContextFeature.Crowd => $"the room is {(isMore ? "full" : "nearly empty")} (density {value})",
            ContextFeature.Activity => $"{(isMore ? "much" : "little")} is going on (activity {value})",
            ContextFeature.Noise => $"the room is {(isMore ? "loud" : "quiet")} (noise {value})",
            ContextFeature.Light => $"it is {(isMore ? "bright" : "dark")} (light {value})",
            ContextFeature.Daylight => $"{(isMore ? "daylight" : "lamplight")} fills the room (daylight share {value})",
            ContextFeature.Arousal => $"people are {(isMore ? "stirred" : "at rest")} (arousal {value})",
            _ => "it is evening",
        };
    }

    private string Occupancy(ContextVector context, string value)
    {
        int minutes = (int)(_secondsSinceChange / 60);
        string ago = minutes switch { 0 => "just now", 1 => "a minute ago", _ => $"{minutes} minutes ago" };
        string what = (context.IsOccupied, _hasChanged && minutes < 60) switch
        {
            (true, true) => $"somebody came {ago}",
            (false, true) => $"the room emptied {ago}",
            (true, false) => "somebody is there",
            (false, false) => context.Occupancy < 0.5 ? "the room is empty" : "somebody may be there",
        };
        return $"{what} (occupancy {value})";
    }
}
