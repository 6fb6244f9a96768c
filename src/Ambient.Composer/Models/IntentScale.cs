using Ambient.Composer.Direction;

namespace Ambient.Composer.Models;

/// <summary>Raw measures of a score to the -1..1 on which intents are given, as in training: by rank among the corpora's windows, or along a fixed range.</summary>
/// <param name="quantiles">Of the slow rate: by name of the axis, raw values at equal steps of rank.</param>
/// <remarks>Source: <c>models/training/corpus.py</c>, <c>IntentScale</c>.</remarks>
internal sealed class IntentScale(IReadOnlyDictionary<string, float[]> quantiles)
{
    private readonly float[] _density = quantiles["density"];
    private readonly float[] _register = quantiles["register"];
    private readonly float[] _tension = quantiles["tension"];

    /// <summary>Where a raw measure stands, -1..1.</summary>
    public float Apply(IntentAxis axis, float raw) => axis switch
    {
        IntentAxis.Mode => raw,
        IntentAxis.Polyphony => (2 * (raw - 1) / 3) - 1,
        IntentAxis.HarmonicRhythm => (2 * raw) - 1,
        IntentAxis.Density => Rank(_density, raw),
        IntentAxis.Register => Rank(_register, raw),
        IntentAxis.Tension => Rank(_tension, raw),
        _ => throw new ArgumentOutOfRangeException(nameof(axis), axis, "not an axis of the network"),
    };

    private static float Rank(float[] table, float raw)
    {
        int above = 0;
        while (above < table.Length && table[above] < raw) above++;
        if (above == 0) return -1;
        if (above == table.Length) return 1;
        float rank = above - 1 + ((raw - table[above - 1]) / (table[above] - table[above - 1]));
        return (2 * rank / (table.Length - 1)) - 1;
    }
}
