using Ambient.Composer.Models;
using Ambient.Composer.Theory;

namespace Ambient.Composer.Evaluation;

/// <summary>Listens to composed frames and measures them.</summary>
public sealed class MusicMeter
{
    private const long Minute = 60L * Frames.PerSecond;
    private const long Memory = 30 * Minute;
    private const int GramLength = 5;

    private readonly List<ComposedFrame> _frames = [];

    /// <summary>Takes the next frame.</summary>
    public void Add(ComposedFrame frame) => _frames.Add(frame);

    /// <summary>The measures of all frames so far; at least a minute of them.</summary>
    public MusicMeasures Measure()
    {
        var changes = _frames.Zip(_frames.Skip(1)).Where(pair => pair.Second.IsChordChange && pair.First.Bass != ScoreTokens.None).ToList();
        var notes = Melody();
        List<double> intervals = [.. notes.Zip(notes.Skip(1)).Select(pair => (double)Math.Abs(pair.First.Pitch - pair.Second.Pitch))];
        double length = _frames[^1].Frame - _frames[0].Frame;
        double roughness = 0, roughest = 0;
        foreach ((ComposedFrame frame, ComposedFrame next) in _frames.Zip(_frames.Skip(1)))
        {
            double rough = Roughness.Of(Pitches(frame));
            roughness += rough * (next.Frame - frame.Frame) / length;
            roughest = Math.Max(roughest, rough);
        }

        (double clarity, double classes) = ByMinute();
        return new MusicMeasures(
            Mean(changes.Select(pair => (double)Lower(pair.First).Zip(Lower(pair.Second)).Count(voice => voice.First == voice.Second))),
            Mean(changes.Select(pair => (double)Lower(pair.First).Zip(Lower(pair.Second)).Sum(voice => Math.Abs(voice.First - voice.Second)))),
            Mean(intervals),
            roughness,
            roughest,
            clarity,
            Repetition(notes),
            classes,
            notes.Count / (length / Minute));
    }

    private static int[] Lower(ComposedFrame frame) => [frame.Alto, frame.Tenor, frame.Bass];

    private static IEnumerable<int> Pitches(ComposedFrame frame) =>
        new[] { frame.Soprano, frame.Alto, frame.Tenor, frame.Bass }.Where(ScoreTokens.IsPitch).Select(ScoreTokens.ToPitch);

    private static double Mean(IEnumerable<double> values) => values.DefaultIfEmpty(0).Average();

    private List<(long Frame, int Pitch)> Melody()
    {
        var notes = new List<(long, int)>();
        int previous = ScoreTokens.None;
        foreach (ComposedFrame frame in _frames)
        {
            if (ScoreTokens.IsPitch(frame.Soprano) && frame.Soprano != previous) notes.Add((frame.Frame, ScoreTokens.ToPitch(frame.Soprano)));
            previous = frame.Soprano;
        }

        return notes;
    }

    private (double Clarity, double Classes) ByMinute()
    {
        var durations = new Dictionary<long, double[]>();
        foreach ((ComposedFrame frame, ComposedFrame next) in _frames.Zip(_frames.Skip(1)))
        {
            if (!durations.TryGetValue(frame.Frame / Minute, out double[]? duration)) durations[frame.Frame / Minute] = duration = new double[12];
            foreach (int pitch in Pitches(frame)) duration[pitch % 12] += next.Frame - frame.Frame;
        }

        return (Mean(durations.Values.Select(duration => KeyClarity.Of(duration))), Mean(durations.Values.Select(duration => (double)duration.Count(time => time > 0))));
    }

    // Gaps in quarters of an octave of time, so that a phrase counts as the same when it is played a little slower.
    private static double Repetition(List<(long Frame, int Pitch)> notes)
    {
        List<(int Interval, int Gap)> tokens = [.. notes.Zip(notes.Skip(1)).Select(pair =>
            (pair.Second.Pitch - pair.First.Pitch, (int)Math.Round(4 * Math.Log2((double)(pair.Second.Frame - pair.First.Frame) / Frames.PerSecond))))];
        var heard = new Dictionary<string, long>();
        int again = 0, grams = 0;
        for (int i = 0; i + GramLength <= tokens.Count; i++, grams++)
        {
            string gram = string.Join(' ', tokens.GetRange(i, GramLength));
            if (heard.TryGetValue(gram, out long frame) && notes[i].Frame - frame <= Memory) again++;
            heard[gram] = notes[i].Frame;
        }

        return grams == 0 ? 0 : (double)again / grams;
    }
}
