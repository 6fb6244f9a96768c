using NodaTime;
using NodaTime.TimeZones;

namespace Ambient.Daemon.Schedules;

/// <summary>When a local time happens where clocks change.</summary>
/// <remarks>The mapping never goes backwards: a later local time never happens before an earlier one. The engine's search relies on it.</remarks>
internal static class LocalTimeRules
{
    /// <summary>A time inside a gap happens right after the gap, also when a zone skipped the whole day; one inside a fold at its first occurrence.</summary>
    internal static Instant ToInstant(LocalDateTime local, DateTimeZone zone)
    {
        ZoneLocalMapping mapping = zone.MapLocal(local);
        return mapping.Count == 0 ? mapping.LateInterval.Start : mapping.First().ToInstant();
    }
}
