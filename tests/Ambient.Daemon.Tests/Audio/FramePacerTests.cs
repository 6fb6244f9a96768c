using Ambient.Daemon.Audio;

namespace Ambient.Daemon.Tests.Audio;

public sealed class FramePacerTests
{
    [Fact]
    public void Frames_that_come_late_are_counted_and_the_count_starts_anew_when_read()
    {
        var time = new ManualTimeProvider(Some.Noon);
        using var stop = new ManualResetEvent(true); // nobody waits here
        var pacer = new FramePacer(time, 48_000, 1, stop);
        pacer.Wait(4_800);
        Assert.Equal(TimeSpan.Zero, pacer.TakeWorstLate());
        time.Advance(TimeSpan.FromMilliseconds(350));
        pacer.Wait(4_800);
        Assert.Equal(150, pacer.TakeWorstLate().TotalMilliseconds, 3);
        Assert.Equal(TimeSpan.Zero, pacer.TakeWorstLate());
    }
}
