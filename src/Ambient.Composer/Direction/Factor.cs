namespace Ambient.Composer.Direction;

/// <summary>One reason for how the music is now.</summary>
/// <param name="Name">Feature and axis that it pushes: <c>occupancy → density</c>.</param>
/// <param name="Value">The feature, in its own scale (see <see cref="ContextFeature"/>).</param>
/// <param name="Weight">Its signed push on the axis, in axis units (-1..1 is the whole range).</param>
public readonly record struct Factor(string Name, double Value, double Weight);
