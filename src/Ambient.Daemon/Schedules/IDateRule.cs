using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>Which days an exception or a calendar means.</summary>
public interface IDateRule
{
    /// <summary>No day before this one can be meant.</summary>
    LocalDate Earliest { get; }

    /// <summary>Whether a day is meant. Any thread.</summary>
    bool Contains(LocalDate day);
}
