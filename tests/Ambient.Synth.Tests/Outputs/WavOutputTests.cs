using Ambient.Synth.Outputs;

namespace Ambient.Synth.Tests.Outputs;

public sealed class WavOutputTests
{
    [Fact]
    public void The_file_holds_what_was_written()
    {
        using var folder = new ScratchFolder();
        short[] sound = Some.Rendered(4_800, 256, Some.Minute());
        using (var output = new WavOutput(folder.File("x.wav"))) Assert.Equal(4_800, output.Write(sound, []));
        Assert.Equal(sound, WavFile.Read(folder.File("x.wav")));
    }

    [Theory]
    [InlineData(24)]
    [InlineData(32)]
    public void A_file_of_24_or_32_bits_holds_the_bus_to_its_last_bit(int bits)
    {
        using var folder = new ScratchFolder();
        int[] sound = Some.NextWide(Some.Engine(Some.Minute()), 4_800);
        using (var output = new WavOutput(folder.File("x.wav"), bits))
        {
            Assert.Equal(bits, output.Bits);
            Assert.Equal(4_800, output.Write(new short[sound.Length], sound));
        }

        Assert.Equal(sound, WavFile.ReadWide(folder.File("x.wav"), bits));
    }

    [Fact]
    public void What_24_bits_can_not_hold_is_rounded_and_saturates()
    {
        using var folder = new ScratchFolder();
        int[] sound = [127, 128, -128, -129, int.MaxValue, int.MinValue, 256, -256];
        using (var output = new WavOutput(folder.File("x.wav"), 24)) output.Write(new short[sound.Length], sound);
        Assert.Equal([0, 256, 0, -256, int.MaxValue - 255, int.MinValue, 256, -256], WavFile.ReadWide(folder.File("x.wav"), 24));
    }

    [Fact]
    public void Bits_that_no_wav_has_are_refused() => Assert.Throws<ArgumentOutOfRangeException>(() => new WavOutput("x.wav", 20));

    [Fact]
    public void A_folder_that_is_not_there_is_a_message()
    {
        Assert.False(OutputCatalog.TryOpen("wav:/nowhere/at/all.wav", new AlsaOptions(), out _, out string problem));
        Assert.Contains("/nowhere/at/all.wav", problem, StringComparison.Ordinal);
    }
}
