using Ambient.Synth.Instruments;

namespace Ambient.Synth.Tests.Instruments;

public sealed class DroneTests
{
    [Fact]
    public void C2_is_65_Hz_at_minus_32_dB()
    {
        IInstrument drone = Some.Instrument("drone");
        drone.NoteOn(Some.Note(1, 3_600));
        (int[] left, _) = Some.Play(drone, 20 * Some.Second);
        Assert.InRange(Measure.StrongestHz(left.AsSpan(8 * Some.Second, 4 * Some.Second), 55, 75), 65.1, 65.7);
        Assert.InRange(Measure.Dbfs(left.AsSpan(8 * Some.Second)), -36, -28);
    }

    [Fact]
    public void The_root_stands_in_the_middle()
    {
        IInstrument drone = Some.Instrument("drone");
        drone.NoteOn(Some.Note(1, 3_600));
        (int[] left, int[] right) = Some.Play(drone, 12 * Some.Second);
        int[] side = left.Zip(right, (l, r) => (l - r) / 2).ToArray();
        Assert.True(Measure.PowerAt(side.AsSpan(8 * Some.Second), 65.4) < Measure.PowerAt(left.AsSpan(8 * Some.Second), 65.4) * 1e-4);
    }
}
