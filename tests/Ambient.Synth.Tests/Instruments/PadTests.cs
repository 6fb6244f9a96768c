using Ambient.Synth.Instruments;

namespace Ambient.Synth.Tests.Instruments;

public sealed class PadTests
{
    [Fact]
    public void A3_is_220_Hz_at_minus_29_dB()
    {
        IInstrument pad = Some.Instrument("pad");
        pad.NoteOn(Some.Note(1, 5_700));
        (int[] left, int[] right) = Some.Play(pad, 10 * Some.Second);
        int[] steady = left[(4 * Some.Second)..];
        Assert.InRange(Measure.StrongestHz(steady.AsSpan(0, 2 * Some.Second), 200, 240), 219.5, 220.5);
        Assert.InRange(Measure.Dbfs(steady), -31, -27); // its oscillators beat
        Assert.InRange(Measure.Correlation(left, right), 0.3, 0.95);
    }

    [Fact]
    public void A_ninth_note_takes_the_place_of_one_let_go_before_one_held()
    {
        IInstrument pad = Some.Instrument("pad");
        for (int i = 1; i <= 8; i++) pad.NoteOn(Some.Note(i, 4_800 + 300 * i));
        Some.Play(pad, Some.Second);
        pad.NoteOff(5);
        pad.NoteOn(Some.Note(9, 8_400));
        Some.Play(pad, Some.Second);
        Assert.Equal(8, pad.ActiveVoices);
        for (int i = 1; i <= 9; i++) pad.NoteOff(i);
        Some.Play(pad, 20 * Some.Second);
        Assert.Equal(0, pad.ActiveVoices);
    }
}
