namespace Ambient.Daemon.Schedules;

/// <summary>How often a recurrence rule's period begins; a schedule knows whole days only.</summary>
internal enum RecurrenceFrequency
{
    Daily,
    Weekly,
    Monthly,
    Yearly,
}
