using Ambient.Daemon.Audio;
using Ambient.Daemon.Tests.Mqtt;
using Ambient.Synth;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Tests.Audio;

public sealed class OutputKeeperTests
{
    [Fact]
    public void An_absent_card_is_tried_ever_more_rarely_and_told_once()
    {
        var clock = new ManualTimeProvider(Some.Noon);
        var log = new CollectedLog<OutputKeeper>();
        using var audio = new AudioThread(new SynthEngine(new ScoreQueue(), 7), new OutputStage(), new NullOutput(TimeProvider.System, paced: false), new ListenerRing(), TimeProvider.System, 1_024, 1, null);
        int opens = 0;
        var keeper = new OutputKeeper(audio, () =>
        {
            Interlocked.Increment(ref opens);
            return (null, "no card");
        }, clock, log);
        Assert.True(SpinWait.SpinUntil(() =>
        {
            keeper.Tick();
            clock.Advance(TimeSpan.FromMilliseconds(100));
            return Volatile.Read(ref opens) >= 20;
        }, TimeSpan.FromSeconds(20)));
        Assert.True(clock.GetUtcNow() - Some.Noon > TimeSpan.FromSeconds(1 + 2 + 4 + 8 + 16 + (13 * 30)), $"{clock.GetUtcNow() - Some.Noon}");
        Assert.Equal("no card", keeper.Fault);
        Assert.True(log.TryNext(out _));
        Assert.False(log.TryNext(out string? second), second);
    }
}
