using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>A day, or every day from one to another.</summary>
/// <param name="From">First day.</param>
/// <param name="To">Last day, inclusive.</param>
public sealed record DateRange(LocalDate From, LocalDate To) : IDateRule
{
    /// <inheritdoc/>
    public LocalDate Earliest => From;

    /// <inheritdoc/>
    public bool Contains(LocalDate day) => day >= From && day <= To;
}
