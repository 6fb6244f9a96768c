using Ambient.Daemon.Audio;
using Ambient.Sensors;
using Ambient.Synth;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Tests.Audio;

/// <summary>The fire alarm: silent within 50 ms of the call although 170 ms are queued in the device.</summary>
public sealed class MuteTests
{
    private const int FiftyMs = 2_400;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_mute_contact_silences_what_is_already_queued(bool canRewind)
    {
        using var device = new PlayedDevice(canRewind);
        int calledAt = PlayAndMute(device);
        short[] heard = device.Frames;
        Assert.Contains(heard[(2 * (calledAt - 2_000))..(2 * calledAt)], sample => Math.Abs((int)sample) > 50); // it did play
        Assert.All(heard[(2 * (calledAt + FiftyMs))..], sample => Assert.Equal(0, sample));
        Assert.Equal(canRewind ? 0 : 1, device.Drops);
        if (!canRewind) return;

        // A fade and no click: 10 ms as it was, 10 ms down to nothing.
        Assert.InRange(Corner(heard.AsSpan(2 * calledAt)), 0, Corner(heard.AsSpan(0, 2 * calledAt)) + 40);
        Assert.Contains(heard[(2 * (calledAt + 500))..(2 * (calledAt + 900))], sample => sample != 0);
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

    // Plays until the device's buffer has been full for long, mutes between two writes, and plays on; returns the frame that was being heard at the call.
    private static int PlayAndMute(PlayedDevice device)
    {
        var queue = new ScoreQueue();
        queue.TryAdd(ScoreEvent.NoteOn(0, Synth.Instruments.InstrumentCatalog.IndexOf("drone"), 1, 4_500, ScoreEvent.UnityQ15));
        queue.TryAdd(ScoreEvent.NoteOn(0, Synth.Instruments.InstrumentCatalog.IndexOf("bell"), 2, 7_200, ScoreEvent.UnityQ15));
        var stage = new OutputStage();
        using var enough = new ManualResetEventSlim();
        int calledAt = 0, writes = 0;
        device.BeforeWrite = played =>
        {
            writes++;
            if (writes == 60)
            {
                calledAt = played.Played;
                new MuteContacts(stage.Mute).Take(new Reading(Some.Noon, "fire alarm", Quantity.Mute, 1));
            }

            if (writes == 160) enough.Set();
        };
        using var audio = new AudioThread(new SynthEngine(queue, 7), stage, new NullOutput(TimeProvider.System, paced: false), new ListenerRing(), TimeProvider.System, 1_024, 1, null);
        audio.Offer(device);
        audio.Start();
        Assert.True(enough.Wait(TimeSpan.FromSeconds(20)));
        Assert.True(audio.Stop(0, TimeSpan.FromSeconds(5)));
        return calledAt;
    }

    private static int Corner(ReadOnlySpan<short> interleaved)
    {
        int sharpest = 0;
        for (int i = 4; i < interleaved.Length; i++)
            sharpest = Math.Max(sharpest, Math.Abs(interleaved[i] - 2 * interleaved[i - 2] + interleaved[i - 4]));
        return sharpest;
    }
}
