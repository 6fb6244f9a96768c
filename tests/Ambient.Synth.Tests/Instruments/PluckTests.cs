using Ambient.Synth.Instruments;

namespace Ambient.Synth.Tests.Instruments;

public sealed class PluckTests
{
    [Fact]
    public void Every_string_from_A0_to_C8_is_in_tune_within_a_cent()
    {
        for (int note = 21; note <= 108; note++)
        {
            IInstrument pluck = Some.Instrument("pluck");
            pluck.NoteOn(Some.Note(1, note * 100));
            double cents = Measure.CentsOff(pluck, note);
            Assert.True(Math.Abs(cents) < 1, $"note {note} is {cents} cents off");
        }
    }

    [Fact]
    public void It_rings_longer_below_than_above_and_its_high_harmonics_die_first()
    {
        Assert.True(FellDb(4_800, 130.81) < FellDb(7_200, 523.25) - 5);
        Assert.True(FellDb(4_800, 130.81) < FellDb(4_800, 6 * 130.81) - 5);
    }

    private static double FellDb(int pitchCents, double hz)
    {
        IInstrument pluck = Some.Instrument("pluck");
        pluck.NoteOn(Some.Note(1, pitchCents));
        (int[] left, _) = Some.Play(pluck, 2 * Some.Second);
        return 10 * Math.Log10(Measure.PowerAt(left.AsSpan(4_800, 24_000), hz) / Measure.PowerAt(left.AsSpan(60_000, 24_000), hz));
    }
}
