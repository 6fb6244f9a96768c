using Ambient.Synth.Outputs;

namespace Ambient.Synth.Tests.Outputs;

public sealed class ListenerRingTests
{
    [Fact]
    public void Every_listener_hears_everything_from_the_moment_it_began()
    {
        var ring = new ListenerRing();
        ring.Write(Numbered(0, 100));
        Listener first = ring.Listen();
        ring.Write(Numbered(100, 100));
        Listener second = ring.Listen();
        ring.Write(Numbered(200, 100));

        var heard = new short[1_000];
        Assert.Equal(200, first.Read(heard));
        Assert.Equal(Numbered(100, 200), heard[..400]);
        Assert.Equal(100, second.Read(heard));
        Assert.Equal(Numbered(200, 100), heard[..200]);
        Assert.Equal(0, second.Read(heard));
    }

    [Fact]
    public void After_24_hours_the_32_bits_of_a_counter_are_full_and_nobody_hears_it()
    {
        const long Before = (1L << 32) - 150;
        var ring = new ListenerRing(Before);
        Listener listener = ring.Listen();
        var heard = new short[1_000];
        Assert.Equal(0, listener.Read(heard));
        for (int i = 0; i < 3; i++)
        {
            ring.Write(Numbered(i * 100, 100));
            Assert.Equal(100, listener.Read(heard));
            Assert.Equal(Numbered(i * 100, 100), heard[..200]);
        }

        for (int i = 0; i < 10 * Some.Second / 1_000; i++) ring.Write(Numbered(i * 1_000, 1_000));
        Assert.Equal(100, listener.Read(heard.AsSpan(0, 200)));
        Assert.Equal(9 * Some.Second, listener.FramesMissed);
        Assert.Equal(Before + 300 + 10 * Some.Second, ring.FramesWritten);
    }

    [Fact]
    public void A_late_listener_skips_ahead_and_knows_how_much_it_missed()
    {
        var ring = new ListenerRing();
        Listener listener = ring.Listen();
        const int Blocks = 10 * Some.Second / 1_000;
        for (int i = 0; i < Blocks; i++) ring.Write(Numbered(i * 1_000, 1_000));

        var heard = new short[200];
        Assert.Equal(100, listener.Read(heard));
        Assert.Equal(9 * Some.Second, listener.FramesMissed);
        Assert.Equal(Numbered(9 * Some.Second, 100), heard);
    }

    [Fact]
    public void A_listener_on_another_thread_never_hears_torn_frames()
    {
        var ring = new ListenerRing();
        Listener listener = ring.Listen();
        var writer = new Thread(() =>
        {
            for (int i = 0; i < 3_000; i++) ring.Write(Numbered(i * 1_000, 1_000));
        });
        writer.Start();
        var heard = new short[20_000];
        while (writer.IsAlive)
        {
            int frames = listener.Read(heard);
            for (int i = 1; i < frames; i++) Assert.Equal(unchecked((short)(heard[2 * i - 2] + 1)), heard[2 * i]);
        }
    }

    // Left counts frames, right counts them backwards; both wrap on purpose.
    private static short[] Numbered(int firstFrame, int frames)
    {
        var samples = new short[2 * frames];
        for (int i = 0; i < frames; i++)
        {
            samples[2 * i] = unchecked((short)(firstFrame + i));
            samples[2 * i + 1] = unchecked((short)-(firstFrame + i));
        }

        return samples;
    }
}
