using System.Text.Json.Serialization;

namespace Ambient.Composer.Moods;

/// <summary>From the least to the most, both included; written <c>[8, 14]</c> in a mood file.</summary>
/// <param name="Min">The least.</param>
/// <param name="Max">The most.</param>
[JsonConverter(typeof(BoundsConverter))]
public readonly record struct Bounds(double Min, double Max)
{
    /// <summary>As far from the least as from the most.</summary>
    public double Middle => (Min + Max) / 2;

    /// <summary>The value at -1 (<see cref="Min"/>) to 1 (<see cref="Max"/>), in equal ratios: as tempo and density are felt.</summary>
    public double AtRatio(double axis) => Min * Math.Pow(Max / Min, (axis + 1) / 2);

    /// <summary>Whether it lies inside.</summary>
    public bool Contains(double value) => value >= Min && value <= Max;
}
