namespace Ambient.Sensors.Fusion;

/// <summary>What a room has taught about one quantity of one sensor.</summary>
/// <param name="Sensor">Which sensor.</param>
/// <param name="Quantity">Which of its quantities, as <see cref="Quantities.NameOf"/> calls it.</param>
/// <param name="Reliance">Its record: 1 for one that has long gone with all else, 0 unknown, -1 for one that tells nothing here.</param>
/// <param name="Size">Of what it watches (a lamp, lx); null while that is unknown.</param>
public sealed record LearntSource(string Sensor, string Quantity, double Reliance, double? Size)
{
    /// <summary>Whether it can be gone on from; what an older version or a person wrote may not.</summary>
    internal bool IsUsable => Sensor is not null && Quantity is not null && Reliance is >= -1 and <= 1 && Size is null or (> 0 and < double.PositiveInfinity);
}
