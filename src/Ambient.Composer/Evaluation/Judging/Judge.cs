using System.Globalization;
using Ambient.Composer.Moods;
using Ambient.Synth.Metering;

namespace Ambient.Composer.Evaluation.Judging;

/// <summary>Holds measures against targets. Numbers catch faults, not beauty.</summary>
public static class Judge
{
    private const double Slack = 0.3; // "± 30 %" of rates
    private const double CalmOnsets = 11; // gaps are given for calm, others scale with their rate
    private const double SilentDb = -90;

    // 95 of 100 validation pieces of the vocal corpora stay below: 3.47 and 0.146 beat by beat, 3.15 and 0.137 over standing chords (tools/melody_bands.py).
    private const double MelodicStep = 3.5;
    private const double MelodicDissonance = 0.15;
    private const double MelodicTrills = 0.05; // 0.04 at most in 95 of 100 of them

    /// <summary>Judges a programme and, if they are known, its notes.</summary>
    public static IReadOnlyList<Finding> Of(ProgrammeMeasures sound, NoteMeasures? notes, Targets targets)
    {
        if (targets.IsSilent) return [Below("last ten seconds, dBFS", sound.EndDb, SilentDb, isGate: true), Below("DC", sound.Dc, 1e-4, isGate: true)];
        List<Finding> findings = [.. Level(sound, targets), .. Colour(sound, targets), .. Motion(sound, notes, targets)];
        if (notes is not null) findings.AddRange(Music(notes, targets));
        return findings;
    }

    /// <summary>Judges notes alone.</summary>
    public static IReadOnlyList<Finding> OfNotes(NoteMeasures notes, Targets targets) => [.. Music(notes, targets)];

    private static IEnumerable<Finding> Level(ProgrammeMeasures sound, Targets targets)
    {
        yield return Inside("loudness, LUFS", sound.IntegratedLufs, targets.Lufs);
        yield return Inside("loudness range, LU", sound.LoudnessRangeLu, targets.RangeLu);
        yield return Below("true peak, dBTP", sound.TruePeakDbtp, -6, isGate: true);
        yield return Inside("crest, dB", sound.CrestDb, new(10, 16));
        yield return Below("momentary jump, LU", sound.JumpLu, targets.JumpLu);
        yield return Below("rise in 10 s, LU", sound.RiseLu, 6);
        yield return Below("DC", sound.Dc, 1e-4);
    }

    private static IEnumerable<Finding> Colour(ProgrammeMeasures sound, Targets targets)
    {
        yield return Gated("slope, dB/octave", sound.SlopeDbPerOctave, targets.SlopeDb, new(-10, -3));
        for (int i = 0; i < LongTermSpectrum.Octaves.Count; i++)
        {
            if (LongTermSpectrum.Octaves[i] == 500) continue;
            Bounds bounds = targets.OctavesDb[i];
            yield return Inside(Invariant($"octave {LongTermSpectrum.Octaves[i]} Hz, dB re 500 Hz"), sound.OctavesDb[i], new(bounds.Min - 3, bounds.Max + 3));
        }

        yield return Inside("centroid, Hz", sound.CentroidHz, targets.CentroidHz);
        yield return Gated("centroid p95, Hz", sound.CentroidP95Hz, new(0, Math.Min(1_500, 3 * sound.CentroidHz)), new(0, 1_500));
        yield return Gated("sharpness", sound.Sharpness, targets.Sharpness, new(0, 1.5));
        yield return Below("2-5 kHz share, dB(A)", sound.PresenceDb, targets.PresenceDb);
        yield return Below("roughness of the sound, 15-150 Hz depth", sound.Roughness, 0.15);
        yield return Below("fluctuation, 1-12 Hz depth", sound.Fluctuation, targets.Fluctuation);
        yield return Inside("stereo correlation", sound.Correlation, new(0.3, 0.8));
        yield return Above("least correlation in 5 s", sound.CorrelationMin, 0);
        yield return Below("loss in mono, dB", sound.FoldDownLossDb, 2);
    }

    private static IEnumerable<Finding> Motion(ProgrammeMeasures sound, NoteMeasures? notes, Targets targets)
    {
        double minutes = sound.Seconds / 60;
        yield return Below("startling moments in 5 min", 5 * sound.Outliers.Count / minutes, targets.OutliersPerFiveMinutes) with { Note = Times(sound.Outliers) };
        yield return Below("startling moments in the first 30 s", sound.Outliers.Count(second => second < 30), 0);
        yield return Below("most similar 10 s, cosine", sound.RepeatedPassage, 0.92);
        yield return Below("loop ridge", sound.LoopRidge, 0.3);
        yield return Below("novelty, spreads", sound.Novelty.Spreads, 4) with { Note = sound.Novelty.Spreads > 4 ? "at " + Times([sound.Novelty.Second]) : "" };
        if (notes is { Onsets.Count: > 0 } && !targets.IsTextured)
            yield return Inside("onsets written / heard", (double)notes.Onsets.Count / Math.Max(1, sound.Onsets.Count), new(0.6, 1.2)) with { Note = $"{notes.Onsets.Count} / {sound.Onsets.Count}" };
    }

    private static IEnumerable<Finding> Music(NoteMeasures notes, Targets targets)
    {
        Bounds onsets = targets.OnsetsPerMinute;
        double pace = CalmOnsets / Math.Sqrt(onsets.Min * onsets.Max);
        yield return Inside("salient onsets a minute", notes.OnsetsPerMinute, new(onsets.Min * (1 - Slack), onsets.Max * (1 + Slack)));
        yield return Inside("gap p90, s", notes.Gaps.P90, new(4 * pace, 15 * pace));
        yield return Inside("longest gap, s", notes.Gaps.Longest, new(Math.Min(12, 12 * pace), Math.Max(40, 40 * pace)));
        yield return Inside("variation of gaps", notes.GapVariation, new(0.5, 1.1));
        yield return Inside("repetition, 5-grams", notes.Repetition, new(0.05, 0.25));
        yield return Below("longest run said twice, notes", notes.LongestRun, 23, isGate: true);
        yield return Below("alarm-like repetitions", notes.AlarmLike, 0, isGate: true);
        yield return Below("roughness of the notes, mean", notes.Roughness.Mean, 0.55);
        yield return Below("roughness of the notes, most", notes.Roughness.Max, 0.75);
        yield return Above("key clarity", notes.Tonality.KeyClarity, 0.75) with { Note = Invariant($"least {notes.Tonality.KeyClarityMin:0.00}") };
        yield return Below("span in fifths, 8 s", notes.Tonality.Span, 6);
        yield return Below("shift in fifths", notes.Tonality.Shift, 2);
        yield return Below("shift in fifths, typical", notes.Tonality.ShiftMedian, 1);
        if (notes.Chords.Count > 1)
        {
            yield return Above("common tones a change", notes.Chords.CommonTones, 2);
            yield return Below("voice movement a change, semitones", notes.Chords.Movement, 5);
            yield return Below("common tones struck again", notes.Chords.Reattacked, 0.5);
            yield return Inside("dwell of a chord, s", notes.Chords.DwellSeconds, new(targets.DwellSeconds.Min * (1 - Slack), targets.DwellSeconds.Max * (1 + Slack)));
        }

        if (notes.Melody.Step is { } step) yield return Below("melodic step, semitones", step, MelodicStep);
        if (notes.Melody.Dissonance is { } dissonance) yield return Below("melody against the chord, dissonance", dissonance, MelodicDissonance);
        if (notes.Melody.Trills is { } trills) yield return Below("melody to and fro (a-b-a-b-a), share", trills, MelodicTrills);
        yield return Above("breathing spaces in 20 min", notes.ThinMinutes, 1);
    }

    private static Finding Inside(string measure, double value, Bounds target) =>
        new(measure, Number(value), Range(target), target.Contains(value) ? Verdict.Pass : Verdict.Warn, "");

    private static Finding Gated(string measure, double value, Bounds target, Bounds gate) =>
        Inside(measure, value, target) is { } finding && gate.Contains(value) ? finding : new(measure, Number(value), Range(target), Verdict.Fail, "gate " + Range(gate));

    private static Finding Below(string measure, double value, double most, bool isGate = false) =>
        new(measure, Number(value), Invariant($"at most {most:0.####}"), value <= most ? Verdict.Pass : isGate ? Verdict.Fail : Verdict.Warn, "");

    private static Finding Above(string measure, double value, double least) =>
        new(measure, Number(value), Invariant($"at least {least:0.##}"), value >= least ? Verdict.Pass : Verdict.Warn, "");

    private static string Range(Bounds bounds) =>
        double.IsInfinity(bounds.Min) ? Invariant($"at most {bounds.Max:0.##}") : Invariant($"{bounds.Min:0.##} to {bounds.Max:0.##}");

    private static double? Number(double value) => double.IsFinite(value) ? Math.Round(value, 4) : null;

    private static string Times(IEnumerable<double> seconds) => string.Join(", ", seconds.Take(6).Select(second => TimeSpan.FromSeconds(second).ToString("h\\:mm\\:ss", CultureInfo.InvariantCulture)));

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
