using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.Tests.Mqtt;

public sealed class RateLimitedWarningTests
{
    [Fact]
    public void A_subject_is_warned_about_at_once_then_once_a_minute_with_a_count()
    {
        var time = new ManualTimeProvider(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var log = new CollectedLog<RateLimitedWarning>();
        var warning = new RateLimitedWarning(time, log);
        for (int i = 0; i < 5_000; i++) warning.Warn("desk", "desk: garbage");
        warning.Warn("door", "door: garbage");
        time.Advance(TimeSpan.FromMinutes(1));
        warning.Warn("desk", "desk: garbage");

        var lines = new List<string?>();
        while (log.TryNext(out string? line)) lines.Add(line);
        Assert.Equal(["desk: garbage", "door: garbage", "desk: garbage (4999 more like this were not logged)"], lines);
    }
}
