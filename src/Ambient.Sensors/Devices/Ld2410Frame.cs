namespace Ambient.Sensors.Devices;

/// <summary>What one report of an LD2410 radar says.</summary>
/// <param name="IsMoving">Something moves.</param>
/// <param name="IsStill">Somebody is there who does not move.</param>
/// <param name="DistanceCm">Distance of whoever was detected.</param>
public readonly record struct Ld2410Frame(bool IsMoving, bool IsStill, int DistanceCm)
{
    /// <summary>Whether anybody is there.</summary>
    public bool IsPresent => IsMoving || IsStill;
}
