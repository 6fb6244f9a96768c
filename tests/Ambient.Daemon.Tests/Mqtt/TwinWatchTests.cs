using Ambient.Daemon.Mqtt;

namespace Ambient.Daemon.Tests.Mqtt;

public sealed class TwinWatchTests
{
    private readonly ManualTimeProvider _time = new(Some.Noon);
    private readonly TwinWatch _watch;

    public TwinWatchTests() => _watch = new TwinWatch(new MqttTopics("ambient", "lobby", []), _time);

    [Fact]
    public void A_mark_queued_for_the_run_that_was_killed_is_no_twin()
    {
        Assert.False(_watch.Sees("earlier run"u8, isRetained: false));
        Assert.False(_watch.Sees(_watch.Mark, isRetained: false));
        Assert.False(_watch.IsThere);
    }

    [Fact]
    public void An_old_mark_that_a_killed_broker_brings_back_is_no_twin()
    {
        _watch.Sees(_watch.Mark, isRetained: false);
        Assert.False(_watch.Sees("earlier run"u8, isRetained: true));
        Assert.False(_watch.IsThere);
    }

    [Fact]
    public void Another_that_writes_its_mark_now_is_one_and_said_once()
    {
        _watch.Sees(_watch.Mark, isRetained: false);
        Assert.True(_watch.Sees("another"u8, isRetained: false));
        Assert.False(_watch.Sees("another"u8, isRetained: false));
        Assert.True(_watch.IsThere);
    }

    [Fact]
    public void It_is_forgotten_five_minutes_after_its_last_sign()
    {
        _watch.Sees(_watch.Mark, isRetained: false);
        _watch.Sees("another"u8, isRetained: false);
        _time.Advance(TimeSpan.FromMinutes(5));
        Assert.False(_watch.IsThere);
    }
}
