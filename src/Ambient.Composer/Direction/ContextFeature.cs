using Ambient.Sensors;

namespace Ambient.Composer.Direction;

/// <summary>What of the room can move the music.</summary>
public enum ContextFeature
{
    /// <summary><see cref="ContextVector.Occupancy"/>: -1 empty, 1 inhabited.</summary>
    Occupancy,

    /// <summary><see cref="ContextVector.Density"/>: how full the room is.</summary>
    Crowd,

    /// <summary><see cref="ContextVector.Activity"/>.</summary>
    Activity,

    /// <summary><see cref="ContextVector.Noise"/>.</summary>
    Noise,

    /// <summary><see cref="ContextVector.Light"/>: -1 dark, 1 bright.</summary>
    Light,

    /// <summary><see cref="ContextVector.Arousal"/>.</summary>
    Arousal,

    /// <summary>Local time: 0 by day, 1 at night, rising from 17 to 22 h and falling from 6 to 9 h.</summary>
    Evening,

    /// <summary><see cref="ContextVector.DaylightShare"/>: -1 lamps alone, 1 daylight alone, 0 while nobody knows.</summary>
    Daylight,
}
