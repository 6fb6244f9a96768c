namespace Ambient.Composer.Models;

/// <summary>How long the last steps of a model took; a step is everything that one token takes.</summary>
/// <remarks>One thread adds and reads. Adding allocates nothing.</remarks>
internal sealed class StepTimes
{
    private readonly TimeSpan[] _ring = new TimeSpan[1_000];
    private int _count;

    /// <summary>Remembers one; the oldest of a thousand is forgotten.</summary>
    public void Add(TimeSpan time) => _ring[_count++ % _ring.Length] = time;

    /// <summary>99th percentile of those remembered; zero when there are none.</summary>
    public TimeSpan P99()
    {
        int known = Math.Min(_count, _ring.Length);
        if (known == 0) return TimeSpan.Zero;
        TimeSpan[] sorted = _ring[..known];
        Array.Sort(sorted);
        return sorted[known * 99 / 100];
    }
}
