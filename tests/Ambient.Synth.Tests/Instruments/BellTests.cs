using Ambient.Synth.Instruments;

namespace Ambient.Synth.Tests.Instruments;

public sealed class BellTests
{
    [Fact]
    public void C5_is_523_Hz_at_minus_32_dB()
    {
        IInstrument bell = Some.Instrument("bell");
        bell.NoteOn(Some.Note(1, 7_200));
        (int[] left, _) = Some.Play(bell, Some.Second);
        Assert.InRange(Measure.StrongestHz(left, 500, 545), 522.5, 524);
        Assert.InRange(Measure.Dbfs(left), -33, -31);
    }

    [Fact]
    public void It_rings_60_dB_down_in_about_nine_seconds()
    {
        IInstrument bell = Some.Instrument("bell");
        bell.NoteOn(Some.Note(1, 7_200));
        (int[] left, _) = Some.Play(bell, 8 * Some.Second);
        double fell = Measure.Dbfs(left.AsSpan(Some.Second / 10, Some.Second)) - Measure.Dbfs(left.AsSpan(6 * Some.Second, Some.Second));
        Assert.InRange(fell * 9 / 5.9, 50, 70);
    }

    [Fact]
    public void Nothing_sounds_above_5_kHz_however_high_the_note()
    {
        IInstrument bell = Some.Instrument("bell");
        bell.NoteOn(Some.Note(1, 10_000)); // 2.6 kHz
        (int[] left, _) = Some.Play(bell, Some.Second);
        double fundamental = Measure.PowerAt(left, 2_637);
        for (double hz = 5_050; hz < 12_000; hz += 25) Assert.True(Measure.PowerAt(left, hz) < fundamental * 1e-6, $"{hz} Hz");
    }
}
