namespace Ambient.Sensors.Payloads;

/// <summary>MQTT topic filters (MQTT 5, section 4.7): <c>+</c> stands for one level, <c>#</c> at the end for any number, none included.</summary>
public static class TopicFilter
{
    /// <summary>Whether a broker would deliver <paramref name="topic"/> to a subscription of <paramref name="filter"/>.</summary>
    public static bool Matches(string filter, string topic)
    {
        // Wildcards at the start do not match $SYS and its like (4.7.2).
        if (topic.StartsWith('$') && (filter.StartsWith('+') || filter.StartsWith('#'))) return false;
        string[] wanted = filter.Split('/'), levels = topic.Split('/');
        for (int i = 0; i < wanted.Length; i++)
        {
            if (wanted[i] == "#") return true;
            if (i >= levels.Length || (wanted[i] != "+" && wanted[i] != levels[i])) return false;
        }

        return wanted.Length == levels.Length;
    }

    /// <summary>Whether a broker accepts the filter.</summary>
    public static bool IsValid(string filter)
    {
        if (filter.Length is 0 or > 65_535 || filter.Contains('\0', StringComparison.Ordinal)) return false;
        string[] levels = filter.Split('/');
        for (int i = 0; i < levels.Length; i++)
            if (levels[i].AsSpan().IndexOfAny('+', '#') >= 0 && levels[i] != "+" && !(levels[i] == "#" && i == levels.Length - 1)) return false;
        return true;
    }
}
