using Ambient.Composer.Moods;

namespace Ambient.Composer.Evaluation.Judging;

/// <summary>Holds the layers of a mix against targets: no layer is too loud by itself, nobody talks all the time, not everything is always on.</summary>
public static class StemJudge
{
    private static readonly Bounds LeadDuty = new(0.15, 0.4);
    private static readonly Bounds LayersAtOnce = new(2, 4);
    private const double GlintDuty = 0.1;

    /// <summary>Judges the stems of a mood; those that are silent are left out.</summary>
    public static IReadOnlyList<Finding> Of(IReadOnlyList<StemMeasures> stems, Mood mood)
    {
        var findings = new List<Finding>();
        List<StemMeasures> heard = [.. stems.Where(stem => double.IsFinite(stem.IntegratedLufs))];
        foreach (StemMeasures stem in heard)
        {
            findings.Add(Most($"{stem.Instrument}: true peak, dBTP", stem.TruePeakDbtp, -6));
            findings.Add(Most($"{stem.Instrument}: DC", Math.Abs(stem.Dc), 1e-4));
            if (PlaysIn(mood, "speak", stem.Instrument)) findings.Add(Inside($"{stem.Instrument}: share of the time heard", stem.Duty, LeadDuty));
            else if (PlaysIn(mood, "glint", stem.Instrument)) findings.Add(Inside($"{stem.Instrument}: share of the time heard", stem.Duty, new(0, GlintDuty)));
        }

        if (heard.Count == 0) return findings;
        int[] atOnce = [.. Enumerable.Range(0, heard.Min(stem => stem.Heard.Count)).Select(i => heard.Count(stem => stem.Heard[i])).Order()];
        if (atOnce.Length > 0) findings.Add(Inside("layers heard at once, median", atOnce[atOnce.Length / 2], LayersAtOnce));
        return findings;
    }

    private static bool PlaysIn(Mood mood, string role, string instrument) =>
        mood.Layers.GetValueOrDefault(role) is { } layer && layer.Alternates.Append(layer.Instrument).Contains(instrument);

    private static Finding Most(string measure, double value, double most) =>
        new(measure, double.IsFinite(value) ? Math.Round(value, 6) : null, FormattableString.Invariant($"at most {most:0.####}"), value <= most ? Verdict.Pass : Verdict.Fail, "");

    private static Finding Inside(string measure, double value, Bounds target) =>
        new(measure, Math.Round(value, 3), FormattableString.Invariant($"{target.Min:0.##} to {target.Max:0.##}"), target.Contains(value) ? Verdict.Pass : Verdict.Warn, "");
}
