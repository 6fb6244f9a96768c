using Ambient.Daemon.Audio;
using Ambient.Sensors;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Tests.Audio;

/// <summary>The fire alarm: silent within 50 ms of the call although 170 ms are queued in the device.</summary>
public sealed class MuteTests
{
    private const int FiftyMs = 2_400;
    private const int Lsb = 1 << 16; // the last of 16 bits

    [Theory]
    [InlineData(true, 16)]
    [InlineData(true, 32)]
    [InlineData(false, 16)]
    [InlineData(false, 32)]
    public void A_mute_contact_silences_what_is_already_queued(bool canRewind, int bits)
    {
        using var device = new PlayedDevice(canRewind, bits);
        int calledAt = Muting.Play(device, new OutputStage());
        int[] heard = device.Frames;
        Assert.Contains(heard[(2 * (calledAt - 2_000))..(2 * calledAt)], sample => Math.Abs(sample) > 50 * Lsb); // it did play
        AssertSilent(heard, calledAt + FiftyMs);
        Assert.Equal(canRewind ? 0 : 1, device.Drops);
        if (!canRewind) return;

        // A fade and no click: 10 ms as it was, 10 ms down to nothing.
        Assert.InRange(Corner(heard.AsSpan(2 * calledAt)), 0, Corner(heard.AsSpan(0, 2 * calledAt)) + 40 * Lsb);
        Assert.Contains(heard[(2 * (calledAt + 500))..(2 * (calledAt + 900))], sample => sample != 0);
    }

    [Fact]
    public void The_fade_of_a_mute_is_the_bus_itself_on_a_straight_line_sample_by_sample()
    {
        using var device = new PlayedDevice(canRewind: true, bits: 32);
        int calledAt = Muting.Play(device, new OutputStage());
        int[] heard = device.Frames, bus = Muting.Rendered(calledAt + 2 * OutputStage.MuteFrames);

        // The write before which the contact closed still went in; by then the device had played on by its period.
        int fadeAt = calledAt + 1_024 + OutputStage.MuteFrames;
        if (fadeAt + OutputStage.MuteFrames > bus.Length / 2) bus = Muting.Rendered(fadeAt + OutputStage.MuteFrames);
        Assert.Equal(bus[..(2 * fadeAt)], heard[..(2 * fadeAt)]);
        for (int i = 0; i < 2 * OutputStage.MuteFrames; i++)
        {
            double expected = bus[2 * fadeAt + i] * (1 - i / 2 / (double)OutputStage.MuteFrames);
            Assert.InRange(heard[2 * fadeAt + i] - expected, -1.5, 1.5);
        }

        AssertSilent(heard, fadeAt + OutputStage.MuteFrames);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mute_during_the_fade_in_is_silent_as_soon(bool canRewind)
    {
        using var device = new PlayedDevice(canRewind, 32);
        int calledAt = Muting.Play(device, new OutputStage(fadeInSeconds: 4)); // called after 1.3 s
        int[] heard = device.Frames;
        Assert.Contains(heard[(2 * (calledAt - 2_000))..(2 * calledAt)], sample => sample != 0);
        AssertSilent(heard, calledAt + FiftyMs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mute_right_after_an_xrun_is_silent_as_soon(bool canRewind)
    {
        using var device = new PlayedDevice(canRewind, 32);
        int calledAt = Muting.Play(device, new OutputStage(), (played, write) =>
        {
            if (write is Muting.AtWrite - 1 or Muting.AtWrite) played.RunDry();
        });
        Assert.Equal(2, device.XrunCount);
        AssertSilent(device.Frames, calledAt + FiftyMs);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_device_that_comes_while_muted_stays_silent(bool canRewind)
    {
        var stage = new OutputStage();
        using var standby = new PlayedDevice(canRewind: false);
        using var device = new PlayedDevice(canRewind, 32);
        using var enough = new ManualResetEventSlim();
        int writes = 0;
        AudioThread? audio = null;
        standby.BeforeWrite = _ =>
        {
            writes++;
            if (writes == 20) Muting.Close(stage);
            if (writes == 40) audio!.Offer(device);
        };
        int taken = 0;
        device.BeforeWrite = _ =>
        {
            if (++taken == 40) enough.Set();
        };
        using (audio = Muting.Thread(Muting.Engine(), stage, standby))
        {
            audio.Start();
            Assert.True(enough.Wait(TimeSpan.FromSeconds(20)));
            Assert.True(audio.Stop(0, TimeSpan.FromSeconds(5)));
        }

        Assert.Contains(standby.Frames[..(2 * 15 * 1_024)], sample => sample != 0); // it did play
        AssertSilent(device.Frames, 0);
    }

    [Fact]
    public void A_mute_while_nothing_sounds_keeps_what_begins_after_it_silent()
    {
        using var device = new PlayedDevice(canRewind: true, bits: 32);
        var queue = new Synth.ScoreQueue();
        queue.TryAdd(Synth.ScoreEvent.NoteOn(2 * 48_000, Synth.Instruments.InstrumentCatalog.IndexOf("bell"), 2, 7_200, Synth.ScoreEvent.UnityQ15));
        var stage = new OutputStage();
        using var enough = new ManualResetEventSlim();
        int writes = 0;
        device.BeforeWrite = _ =>
        {
            writes++;
            if (writes == 20) Muting.Close(stage);
            if (writes == 150) enough.Set(); // 3.2 s
        };
        using AudioThread audio = Muting.Thread(new Synth.SynthEngine(queue, 7), stage);
        audio.Offer(device);
        audio.Start();
        Assert.True(enough.Wait(TimeSpan.FromSeconds(20)));
        Assert.True(audio.Stop(0, TimeSpan.FromSeconds(5)));
        AssertSilent(device.Frames, 0);
    }

    [Fact]
    public void The_fade_of_a_stop_is_the_bus_itself_on_a_straight_line_sample_by_sample()
    {
        const int FadeFrames = 4_800;
        using var device = new PlayedDevice(canRewind: false, bits: 32);
        using var enough = new ManualResetEventSlim();
        int writes = 0;
        device.BeforeWrite = _ =>
        {
            if (++writes == 30) enough.Set();
        };
        using AudioThread audio = Muting.Thread(Muting.Engine(), new OutputStage());
        audio.Offer(device);
        audio.Start();
        Assert.True(enough.Wait(TimeSpan.FromSeconds(20)));
        Assert.True(audio.Stop(FadeFrames, TimeSpan.FromSeconds(5)));
        int[] heard = device.Frames, bus = Muting.Rendered(heard.Length / 2);
        int fadeAt = heard.Length / 2 - (FadeFrames + 1_023) / 1_024 * 1_024;
        Assert.Equal(bus[..(2 * fadeAt)], heard[..(2 * fadeAt)]);
        for (int i = 2 * fadeAt; i < heard.Length; i++)
        {
            double expected = bus[i] * Math.Max(0, 1 - (i / 2 - fadeAt) / (double)FadeFrames);
            Assert.InRange(heard[i] - expected, -1.5, 1.5);
        }
    }

    [Fact]
    public void One_contact_of_two_is_enough_and_both_have_to_let_go()
    {
        bool isMuted = false;
        var contacts = new MuteContacts(muted => isMuted = muted);
        Take("alarm", 1);
        Take("switch", 1);
        Take("alarm", 0);
        Assert.True(isMuted && contacts.IsMuted);
        contacts.Take(new Reading(Some.Noon, "switch", Quantity.Motion, 0));
        Assert.True(isMuted);
        Take("switch", 0);
        Assert.False(isMuted || contacts.IsMuted);

        void Take(string name, double value) => contacts.Take(new Reading(Some.Noon, name, Quantity.Mute, value));
    }

    private static void AssertSilent(int[] heard, int fromFrame) => Assert.Equal(-1, Array.FindIndex(heard, 2 * fromFrame, sample => sample != 0));

    private static long Corner(ReadOnlySpan<int> interleaved)
    {
        long sharpest = 0;
        for (int i = 4; i < interleaved.Length; i++)
            sharpest = Math.Max(sharpest, Math.Abs(interleaved[i] - 2L * interleaved[i - 2] + interleaved[i - 4]));
        return sharpest;
    }
}
