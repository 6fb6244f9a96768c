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

    [Fact]
    public void Unplugged_and_plugged_in_again_the_music_has_gone_on_by_exactly_the_time_between()
    {
        var clock = new ManualTimeProvider(Some.Noon);
        var log = new CollectedLog<OutputKeeper>();
        var record = new List<short>();
        var first = new FrailDevice("alsa:usb", record, 20);
        var again = new FrailDevice("alsa:usb", record, int.MaxValue);
        var devices = new Queue<FrailDevice?>([first, null, again]); // gone, still gone, there
        var audio = new AudioThread(Playing(), new OutputStage(), new FrailDevice("standby", record, int.MaxValue), new ListenerRing(), TimeProvider.System, 64, 1, null);
        var keeper = new OutputKeeper(audio, () => devices.Dequeue() is { } device ? (device, "") : (null, "no card"), clock, log);
        using (audio)
        {
            audio.Start();
            Assert.True(TickUntil(keeper, clock, () => again.Taken >= 20));
            Assert.Null(keeper.Fault);
            Assert.True(audio.Stop(0, TimeSpan.FromSeconds(5)));
        }

        Assert.Equal(20, first.Taken);
        var reference = new short[record.Count - 2 * 64]; // the last block is the fade of Stop
        SynthEngine engine = Playing();
        for (int at = 0; at < reference.Length; at += 2 * 64) engine.Render(reference.AsSpan(at, 2 * 64));
        Assert.Contains(reference, sample => sample != 0);
        Assert.True(reference.AsSpan().SequenceEqual(record[..reference.Length].ToArray())); // no frame twice, none missing, no other bit
        Assert.Equal(["Playing through alsa:usb", "No sound: alsa:usb is gone", "No sound: no card", "Playing through alsa:usb"], Messages(log).Select(message => message.Split(';')[0]));
    }

    [Fact]
    public void A_card_that_opens_and_dies_at_once_is_tried_ever_more_rarely_and_does_not_fill_the_log()
    {
        var clock = new ManualTimeProvider(Some.Noon);
        var log = new CollectedLog<OutputKeeper>();
        int opens = 0;
        using var audio = new AudioThread(new SynthEngine(new ScoreQueue(), 7), new OutputStage(), new NullOutput(TimeProvider.System, paced: false), new ListenerRing(), TimeProvider.System, 64, 1, null);
        var keeper = new OutputKeeper(audio, () =>
        {
            Interlocked.Increment(ref opens);
            return (new FrailDevice("alsa:loose", [], 0), "");
        }, clock, log);
        audio.Start();
        Assert.True(TickUntil(keeper, clock, () => Volatile.Read(ref opens) >= 30));
        Assert.True(clock.GetUtcNow() - Some.Noon > TimeSpan.FromSeconds(1 + 2 + 4 + 8 + 16 + 23 * 30), $"{clock.GetUtcNow() - Some.Noon}");
        Assert.Equal(2 * 3, Messages(log).Count); // plays, is gone: three times each
    }

    private static SynthEngine Playing()
    {
        var queue = new ScoreQueue();
        queue.TryAdd(ScoreEvent.NoteOn(0, Synth.Instruments.InstrumentCatalog.IndexOf("bell"), 1, 7_200, ScoreEvent.UnityQ15));
        return new SynthEngine(queue, 7);
    }

    // Time passes only while there is no output: how soon the audio thread takes one and finds it gone is the machine's business.
    private static bool TickUntil(OutputKeeper keeper, ManualTimeProvider clock, Func<bool> condition) => SpinWait.SpinUntil(() =>
    {
        keeper.Tick();
        if (keeper.Fault is not null) clock.Advance(TimeSpan.FromMilliseconds(500));
        return condition();
    }, TimeSpan.FromSeconds(20));

    private static List<string> Messages(CollectedLog<OutputKeeper> log)
    {
        var messages = new List<string>();
        while (log.TryNext(out string? message)) messages.Add(message!);
        return messages;
    }
}
