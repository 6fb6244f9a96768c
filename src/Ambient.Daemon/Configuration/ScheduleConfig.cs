namespace Ambient.Daemon.Configuration;

/// <summary>Section <c>Schedule</c>: the week's plan.</summary>
public sealed record ScheduleConfig
{
    /// <summary>Schedule file; without it the zone's default mood holds all day.</summary>
    public string? File { get; init; }
}
