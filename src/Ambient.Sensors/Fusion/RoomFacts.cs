namespace Ambient.Sensors.Fusion;

/// <summary>What the owner knows of the room and no sensor tells.</summary>
public sealed record RoomFacts
{
    /// <summary>A small office or waiting room.</summary>
    public const int DefaultCapacity = 8;

    /// <summary>A room of which nobody said anything.</summary>
    public static RoomFacts Default { get; } = new();

    /// <summary>People that make the room full, 1 and up; scales <see cref="ContextVector.Density"/>.</summary>
    public int Capacity { get; init; } = DefaultCapacity;

    /// <summary>Volume of the room, m³; null where nobody says. With it CO2 tells how many people breathe.</summary>
    public double? VolumeM3 { get; init; }

    /// <summary>Each people counter sees a part of the room, so their counts add up; else all see the same people and should agree.</summary>
    public bool CountersSeeParts { get; init; }
}
