using Ambient.Composer.Direction;
using Ambient.Composer.Models;

namespace Ambient.Composer.Evaluation;

/// <summary>Measures on a four-part grid what the network was asked for: the same quantities by which training windows were labelled.</summary>
public static class IntentMeasures
{
    /// <summary>The measure of an axis that the network knows; 0 where there is nothing to measure it on.</summary>
    /// <param name="axis">One of density, register, mode, tension, polyphony, harmonic rhythm.</param>
    /// <param name="frames">Tokens, shape [frames][4]; two frames or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The network does not know the axis.</exception>
    public static double Of(IntentAxis axis, IReadOnlyList<int[]> frames)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((int)axis, IntentTally.Axes);
        var tally = new IntentTally();
        foreach (int[] frame in frames) tally.Add(frame);
        return tally.Of(axis) ?? 0;
    }
}
