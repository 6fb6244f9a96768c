namespace Ambient.Daemon.Configuration;

/// <summary>Section <c>Schedule</c>: the week's plan.</summary>
public sealed record ScheduleConfig
{
    /// <summary>Schedule file; without it the zone's default mood holds all day.</summary>
    public string? File { get; init; }

    /// <summary>Calendars that its exceptions name, <c>{"holidays": ["2026-12-25"]}</c>; one sent by MQTT takes the place of that name.</summary>
    public string? CalendarsFile { get; init; }
}
