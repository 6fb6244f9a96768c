using System.Diagnostics.CodeAnalysis;
using NodaTime;
using NodaTime.Text;

namespace Ambient.Daemon.Schedules;

/// <summary>Instants as people write them: RFC 3339, or without an offset in the schedule's own zone; seconds may be left out.</summary>
internal static class TimeText
{
    /// <summary>What is allowed, for messages.</summary>
    public const string Allowed = "a time such as 2026-03-02T07:30:00+01:00 or 2026-03-02T06:30Z, or 2026-03-02T07:30 for the schedule's own zone";

    private static readonly IPattern<OffsetDateTime> WithOffset = new CompositePatternBuilder<OffsetDateTime>
    {
        { OffsetDateTimePattern.Rfc3339, _ => true },
        { OffsetDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mmo<Z+HH:mm>"), _ => false },
    }.Build();

    private static readonly IPattern<LocalDateTime> Local = new CompositePatternBuilder<LocalDateTime>
    {
        { LocalDateTimePattern.GeneralIso, _ => true },
        { LocalDateTimePattern.CreateWithInvariantCulture("uuuu'-'MM'-'dd'T'HH':'mm"), _ => false },
    }.Build();

    /// <summary>Reads one; false where it is none of these.</summary>
    /// <param name="text">The text.</param>
    /// <param name="zone">Where a time without an offset is meant; gaps and folds as in schedules.</param>
    /// <param name="instant">The instant.</param>
    public static bool TryRead([NotNullWhen(true)] string? text, DateTimeZone zone, out Instant instant)
    {
        instant = default;
        if (text is null) return false;
        if (WithOffset.Parse(text) is { Success: true } withOffset) instant = withOffset.Value.ToInstant();
        else if (Local.Parse(text) is { Success: true } local) instant = LocalTimeRules.ToInstant(local.Value, zone);
        else return false;
        return true;
    }
}
