using Ambient.Daemon.Audio;
using Ambient.Sensors;
using Ambient.Synth;
using Ambient.Synth.Instruments;
using Ambient.Synth.Outputs;

namespace Ambient.Daemon.Tests.Audio;

/// <summary>Plays a drone and a bell through a device until its buffer has long been full, mutes by a contact between two writes, and plays on.</summary>
internal static class Muting
{
    /// <summary>Before which write the contact closes.</summary>
    public const int AtWrite = 60;

    private const int Writes = 160;

    /// <summary>Plays; returns the frame that was being heard at the call.</summary>
    public static int Play(PlayedDevice device, OutputStage stage, Action<PlayedDevice, int>? beforeWrite = null)
    {
        using var enough = new ManualResetEventSlim();
        int calledAt = 0, writes = 0;
        device.BeforeWrite = played =>
        {
            writes++;
            beforeWrite?.Invoke(played, writes);
            if (writes == AtWrite)
            {
                calledAt = played.Played;
                Close(stage);
            }

            if (writes == Writes) enough.Set();
        };
        using AudioThread audio = Thread(Engine(), stage);
        audio.Offer(device);
        audio.Start();
        Assert.True(enough.Wait(TimeSpan.FromSeconds(20)));
        Assert.True(audio.Stop(0, TimeSpan.FromSeconds(5)));
        return calledAt;
    }

    /// <summary>The contact closes.</summary>
    public static void Close(OutputStage stage) => new MuteContacts(stage.Mute).Take(new Reading(Some.Noon, "fire alarm", Quantity.Mute, 1));

    public static AudioThread Thread(SynthEngine engine, OutputStage stage, IAudioOutput? standby = null) =>
        new(engine, stage, standby ?? new NullOutput(TimeProvider.System, paced: false), new ListenerRing(), TimeProvider.System, 1_024, 1, null);

    /// <summary>An engine with the drone and the bell before it.</summary>
    public static SynthEngine Engine()
    {
        var queue = new ScoreQueue();
        queue.TryAdd(ScoreEvent.NoteOn(0, InstrumentCatalog.IndexOf("drone"), 1, 4_500, ScoreEvent.UnityQ15));
        queue.TryAdd(ScoreEvent.NoteOn(0, InstrumentCatalog.IndexOf("bell"), 2, 7_200, ScoreEvent.UnityQ15));
        return new SynthEngine(queue, 7);
    }

    /// <summary>What it renders, as the bus has it.</summary>
    public static int[] Rendered(int frames)
    {
        SynthEngine engine = Engine();
        var sound = new int[2 * frames];
        for (int at = 0; at < sound.Length; at += 2_048) engine.Render(sound.AsSpan(at, Math.Min(2_048, sound.Length - at)));
        return sound;
    }
}
