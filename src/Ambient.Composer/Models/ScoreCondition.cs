using Ambient.Composer.Direction;

namespace Ambient.Composer.Models;

/// <summary>What a model is asked for: which rate, in the manner of which corpora, and how dense, high, bright … Mutable and reused: one per player.</summary>
public sealed class ScoreCondition
{
    private readonly double?[] _intent = new double?[Enum.GetValues<IntentAxis>().Length];

    /// <summary>False: 16ths, as in a printed score. True: one frame a beat of slow structural harmony, which is what the product plays.</summary>
    public bool IsSlow { get; set; } = true;

    /// <summary>
    /// Whether somebody else decides when voices move, which of them are heard, and which of several proposals is taken: chords stand still while the melody
    /// goes on. The network is told, if it was trained to be. What is asked for is then not asked for harder when the page shows
    /// otherwise, and the melody is asked without guidance.
    /// </summary>
    public bool IsPaced { get; set; }

    /// <summary>In whose manner: corpus name and weight; weights add up to 1. Names that a model does not know are left out. Empty: no preference.</summary>
    public (string Corpus, double Weight)[] Corpora { get; set; } = [];

    /// <summary>How much of an axis is wanted, -1..1 with 0 = the corpora's median; beyond, up to 3 either way, the wish is overstated; null leaves it to the model.</summary>
    public double? this[IntentAxis axis]
    {
        get => _intent[(int)axis];
        set => _intent[(int)axis] = value;
    }

    /// <summary>As the JSB chorales are scored: 16ths, no intent.</summary>
    public static ScoreCondition ForScoring(string corpus) => new() { IsSlow = false, Corpora = [(corpus, 1)] };
}
