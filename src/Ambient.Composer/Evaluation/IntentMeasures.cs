using Ambient.Composer.Direction;
using Ambient.Composer.Models;

namespace Ambient.Composer.Evaluation;

/// <summary>Measures on a four-part grid what the network was asked for: the same quantities by which training windows were labelled.</summary>
/// <remarks>Source of the definitions: <c>models/training/corpus.py</c>, <c>intents_of</c>.</remarks>
public static class IntentMeasures
{
    // By interval above the lower note, modulo the octave: 0 consonant to 1 harsh.
    private static readonly double[] Dissonance = [0, 1.0, 0.6, 0.1, 0.05, 0.15, 0.7, 0, 0.1, 0.05, 0.4, 0.8];

    /// <summary>The measure of an axis that the network knows.</summary>
    /// <param name="axis">One of density, register, mode, tension, polyphony, harmonic rhythm.</param>
    /// <param name="frames">Tokens, shape [frames][4]; two frames or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The network does not know the axis.</exception>
    public static double Of(IntentAxis axis, IReadOnlyList<int[]> frames) => axis switch
    {
        IntentAxis.Density => (double)Moves(frames, ScoreTokens.Soprano) / Math.Max(1, Pitches(frames).Count()),
        IntentAxis.HarmonicRhythm => (double)Moves(frames, ScoreTokens.Alto) / Math.Max(1, Moves(frames, ScoreTokens.Soprano)),
        IntentAxis.Register => Pitches(frames).DefaultIfEmpty(0).Average(),
        IntentAxis.Polyphony => Pitches(frames).Count() / (double)frames.Count,
        IntentAxis.Mode => MajorOverMinor(frames),
        IntentAxis.Tension => Tension(frames),
        _ => throw new ArgumentOutOfRangeException(nameof(axis), axis, "not an axis of the network"),
    };

    private static IEnumerable<int> Pitches(IReadOnlyList<int[]> frames) => frames.SelectMany(frame => frame).Where(ScoreTokens.IsPitch).Select(ScoreTokens.ToPitch);

    // How often a voice moves to another pitch, counting from a voice downwards.
    private static int Moves(IReadOnlyList<int[]> frames, int topVoice) =>
        frames.Zip(frames.Skip(1), (before, after) =>
            Enumerable.Range(topVoice, ScoreTokens.Voices - topVoice).Count(voice => ScoreTokens.IsPitch(after[voice]) && after[voice] != before[voice])).Sum();

    // Thirds above the bass: 1 all major, -1 all minor.
    private static double MajorOverMinor(IReadOnlyList<int[]> frames)
    {
        int major = 0, minor = 0;
        foreach (int[] frame in frames.Where(frame => ScoreTokens.IsPitch(frame[ScoreTokens.Bass])))
        {
            for (int voice = ScoreTokens.Soprano; voice < ScoreTokens.Bass; voice++)
            {
                if (!ScoreTokens.IsPitch(frame[voice])) continue;
                int interval = (frame[voice] - frame[ScoreTokens.Bass] + (8 * 12)) % 12;
                if (interval == 4) major++;
                if (interval == 3) minor++;
            }
        }

        return (double)(major - minor) / Math.Max(1, major + minor);
    }

    private static double Tension(IReadOnlyList<int[]> frames)
    {
        double[] pairs = new double[Dissonance.Length];
        foreach (int[] frame in frames)
        {
            for (int one = 0; one < ScoreTokens.Voices; one++)
            {
                for (int other = one + 1; other < ScoreTokens.Voices; other++)
                {
                    if (ScoreTokens.IsPitch(frame[one]) && ScoreTokens.IsPitch(frame[other])) pairs[Math.Abs(frame[one] - frame[other]) % 12]++;
                }
            }
        }

        return DissonanceOf(pairs);
    }

    /// <summary>Mean dissonance, 0..1, of pairs counted by interval modulo the octave.</summary>
    internal static double DissonanceOf(double[] pairs)
    {
        double all = pairs.Sum();
        return all == 0 ? 0 : pairs.Zip(Dissonance, (weight, dissonance) => weight * dissonance).Sum() / all;
    }
}
