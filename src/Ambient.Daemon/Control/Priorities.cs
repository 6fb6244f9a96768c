namespace Ambient.Daemon.Control;

/// <summary>Who wins, after BACnet's priority array (ANSI/ASHRAE 135, 19.2): the lowest number is the highest priority.</summary>
public static class Priorities
{
    /// <summary>Evacuation and the like; the only one above quiet hours.</summary>
    public const int LifeSafety = 1;

    /// <summary>Critical equipment.</summary>
    public const int Critical = 5;

    /// <summary>A switch in the room.</summary>
    public const int LocalManual = 7;

    /// <summary>A person at a console or phone, and every plain <c>…/set</c>.</summary>
    public const int Operator = 8;

    /// <summary>The lowest priority that an override can take.</summary>
    public const int LowestOverride = 14;

    /// <summary>The schedule as a whole.</summary>
    public const int Schedule = 15;

    /// <summary>Whether a change is to come at once: life safety, critical equipment.</summary>
    internal static bool IsUrgent(int priority) => priority <= Critical;

    /// <summary>Whether a person or a rule of theirs asks, who is waiting for an answer.</summary>
    internal static bool IsByPerson(int priority) => !IsUrgent(priority) && priority <= LowestOverride;

    /// <summary>Nobody asks for anything: the relinquish default.</summary>
    public const int Default = 16;
}
