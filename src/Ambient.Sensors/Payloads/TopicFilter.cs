namespace Ambient.Sensors.Payloads;

/// <summary>MQTT topic filters (MQTT 5, section 4.7): <c>+</c> stands for one level, <c>#</c> at the end for any number, none included.</summary>
public static class TopicFilter
{
    /// <summary>Whether a broker would deliver <paramref name="topic"/> to a subscription of <paramref name="filter"/>.</summary>
    public static bool Matches(string filter, string topic)
    {
        // Wildcards at the start do not match $SYS and its like (4.7.2).
        if (topic.StartsWith('$') && (filter.StartsWith('+') || filter.StartsWith('#'))) return false;
        // Level by level, without taking either apart: this runs for every message and filter.
        ReadOnlySpan<char> wanted = filter, levels = topic;
        while (true)
        {
            ReadOnlySpan<char> want = FirstLevel(wanted, out bool hasMoreWanted), level = FirstLevel(levels, out bool hasMoreLevels);
            if (want is "#") return true;
            if (want is not "+" && !want.SequenceEqual(level)) return false;
            if (!hasMoreLevels) return !hasMoreWanted || wanted[(want.Length + 1)..] is "#"; // a/# means a, too
            if (!hasMoreWanted) return false;
            wanted = wanted[(want.Length + 1)..];
            levels = levels[(level.Length + 1)..];
        }
    }

    private static ReadOnlySpan<char> FirstLevel(ReadOnlySpan<char> path, out bool hasMore)
    {
        int slash = path.IndexOf('/');
        hasMore = slash >= 0;
        return hasMore ? path[..slash] : path;
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
