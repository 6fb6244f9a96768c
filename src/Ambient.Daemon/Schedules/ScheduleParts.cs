using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>A schedule as it was written, checked.</summary>
internal sealed record ScheduleParts
{
    internal string Id { get; init; } = "";

    internal DateTimeZone Zone { get; init; } = DateTimeZone.Utc;

    internal ScheduleSlot Default { get; init; } = new(default, null, null);

    internal LocalDate? From { get; init; }

    internal LocalDate? To { get; init; }

    /// <summary>Given wherever a slot waits for the sun.</summary>
    internal Location? Location { get; init; }

    /// <summary>[ISO day of week - 1], in the day's order.</summary>
    internal ScheduleSlot[][] Weekly { get; init; } = [[], [], [], [], [], [], []];

    /// <summary>In the file's order.</summary>
    internal SpecialDays[] Exceptions { get; init; } = [];

    internal QuietWindow[] Quiet { get; init; } = [];
}
