using Ambient.Synth.Outputs;

namespace Ambient.Synth.Tests.Outputs;

public sealed class WavOutputTests
{
    [Fact]
    public void The_file_holds_what_was_written()
    {
        using var folder = new ScratchFolder();
        short[] sound = Some.Rendered(4_800, 256, Some.Minute());
        using (var output = new WavOutput(folder.File("x.wav"))) Assert.Equal(4_800, output.Write(sound));
        Assert.Equal(sound, WavFile.Read(folder.File("x.wav")));
    }

    [Fact]
    public void A_folder_that_is_not_there_is_a_message()
    {
        Assert.False(OutputCatalog.TryOpen("wav:/nowhere/at/all.wav", new AlsaOptions(), out _, out string problem));
        Assert.Contains("/nowhere/at/all.wav", problem, StringComparison.Ordinal);
    }
}
