using Ambient.Daemon.Audio;
using Ambient.Synth;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Tests.Audio;

/// <summary>After 2^32 frames (24.9 hours) everything that counts frames goes on as it did.</summary>
public sealed class LongRunTests
{
    private const long Rollover = 1L << 32;

    [Fact]
    public void The_pacer_keeps_time_across_the_rollover()
    {
        var time = new ManualTimeProvider(Some.Noon);
        using var stop = new ManualResetEvent(true); // nobody waits here
        var pacer = new FramePacer(time, 48_000, 1, stop);
        const int Hour = 48_000 * 3_600;
        for (int hour = 0; hour < 30; hour++)
        {
            pacer.Wait(Hour);
            time.Advance(TimeSpan.FromHours(1));
        }

        Assert.True(30L * Hour > Rollover);
        pacer.Wait(4_800);
        Assert.Equal(TimeSpan.Zero, pacer.TakeWorstLate()); // still to the tick: a tenth of a second early
        time.Advance(TimeSpan.FromMilliseconds(350));
        pacer.Wait(4_800);
        Assert.Equal(150, pacer.TakeWorstLate().TotalMilliseconds, 3);
    }

    [Fact]
    public void What_was_sent_is_remembered_across_the_rollover()
    {
        const int Sent = 20_000, Back = 3_000, Fade = OutputStage.MuteFrames;
        var sent = new SentFrames(new SynthEngine(new ScoreQueue(), 7), Rollover - Sent + Back / 2); // what is taken back lies around it
        int[] sound = [.. Enumerable.Range(1, 2 * Sent).Select(i => i << 12)];
        for (int at = 0; at < sound.Length; at += 2 * 1_000) sent.Add(sound.AsSpan(at, 2 * 1_000));
        using var device = new PlayedDevice(canRewind: false, bits: 32);
        sent.SilenceLast(Back, Fade, device);
        int[] heard = device.Frames;
        Assert.Equal(2 * Back, heard.Length);
        for (int i = 0; i < 2 * Fade; i++) Assert.InRange(heard[i] - sound[2 * (Sent - Back) + i] * (1 - i / 2 / (double)Fade), -1.5, 1.5);
        Assert.All(heard[(2 * Fade)..], sample => Assert.Equal(0, sample));
    }
}
