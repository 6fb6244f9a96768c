namespace Ambient.Daemon.Schedules;

/// <summary>What of the sun a slot waits for: its upper edge passing the horizon.</summary>
public enum SunEvent
{
    /// <summary>The day begins.</summary>
    Sunrise,

    /// <summary>The day ends.</summary>
    Sunset,
}
