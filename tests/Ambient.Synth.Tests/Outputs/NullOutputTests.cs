using System.Diagnostics;
using Ambient.Synth.Outputs;

namespace Ambient.Synth.Tests.Outputs;

public sealed class NullOutputTests
{
    [Fact]
    public void Paced_frames_take_as_long_as_they_would_sound()
    {
        using var output = new NullOutput(TimeProvider.System, paced: true);
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < 10; i++) Assert.Equal(480, output.Write(new short[960], []));
        Assert.InRange(watch.ElapsedMilliseconds, 85, 5_000); // 100 ms less what a timer may round away; a busy machine may take longer
    }

    [Fact]
    public void Unpaced_frames_go_at_once()
    {
        using var output = new NullOutput(TimeProvider.System, paced: false);
        var watch = Stopwatch.StartNew();
        for (int i = 0; i < 1_000; i++) output.Write(new short[2_048], []);
        Assert.InRange(watch.ElapsedMilliseconds, 0, 2_000); // 21 s of sound
    }
}
