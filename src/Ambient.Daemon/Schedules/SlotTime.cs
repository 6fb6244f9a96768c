using NodaTime;

namespace Ambient.Daemon.Schedules;

/// <summary>When a slot begins: by the clock, or before or after the sun rises or sets.</summary>
/// <param name="Sun">Null: by the clock.</param>
/// <param name="Clock">Local time of day; only where <paramref name="Sun"/> is null.</param>
/// <param name="OffsetMinutes">After the sun's event, or before it where negative; -720..720.</param>
public readonly record struct SlotTime(SunEvent? Sun, LocalTime Clock, int OffsetMinutes)
{
    /// <summary>What a person may write, for messages.</summary>
    public const string Allowed = "a time such as 07:30, or sunrise or sunset, with an offset of up to 12 h such as sunset-00:30";

    private const int LongestOffsetMinutes = 12 * 60;

    /// <summary>A time of day.</summary>
    public static SlotTime At(LocalTime clock) => new(null, clock, 0);

    /// <summary>Reads <c>07:30</c>, <c>sunset</c>, <c>sunrise+01:15</c>.</summary>
    public static bool TryParse(string text, out SlotTime time)
    {
        time = default;
        SunEvent? sun = text.StartsWith("sunrise", StringComparison.Ordinal) ? SunEvent.Sunrise : text.StartsWith("sunset", StringComparison.Ordinal) ? SunEvent.Sunset : null;
        if (sun is null)
        {
            if (!TryParseClock(text, out LocalTime clock)) return false;
            time = At(clock);
            return true;
        }

        string rest = text[(sun == SunEvent.Sunrise ? "sunrise" : "sunset").Length..];
        if (rest.Length == 0)
        {
            time = new SlotTime(sun, default, 0);
            return true;
        }

        if (rest[0] is not ('+' or '-') || !TryParseClock(rest[1..], out LocalTime offset)) return false;
        int minutes = offset.Hour * 60 + offset.Minute;
        if (minutes > LongestOffsetMinutes) return false;
        time = new SlotTime(sun, default, rest[0] == '-' ? -minutes : minutes);
        return true;
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        if (Sun is null) return $"{Clock:HH':'mm}";
        string offset = OffsetMinutes == 0 ? "" : $"{(OffsetMinutes < 0 ? '-' : '+')}{Math.Abs(OffsetMinutes) / 60:00}:{Math.Abs(OffsetMinutes) % 60:00}";
        return (Sun == SunEvent.Sunrise ? "sunrise" : "sunset") + offset;
    }

    /// <summary>Reads <c>07:30</c> and nothing else.</summary>
    internal static bool TryParseClock(string text, out LocalTime time)
    {
        time = default;
        if (text is not [>= '0' and <= '2', >= '0' and <= '9', ':', >= '0' and <= '5', >= '0' and <= '9']) return false;
        int hour = (text[0] - '0') * 10 + text[1] - '0';
        if (hour > 23) return false;
        time = new LocalTime(hour, (text[3] - '0') * 10 + text[4] - '0');
        return true;
    }
}
