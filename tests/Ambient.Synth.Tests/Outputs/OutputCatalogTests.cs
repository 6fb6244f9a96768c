using Ambient.Synth.Outputs;

namespace Ambient.Synth.Tests.Outputs;

public sealed class OutputCatalogTests
{
    [Theory]
    [InlineData("null")]
    [InlineData("alsa:null")]
    public void Known_outputs_open_under_their_own_name(string name)
    {
        Assert.True(OutputCatalog.TryOpen(name, new AlsaOptions(), out IAudioOutput? output, out string problem), problem);
        using (output) Assert.Equal(name, output!.Name);
    }

    [Theory]
    [InlineData("gramophone")]
    [InlineData("alsa")]
    [InlineData("null:x")]
    public void Unknown_outputs_are_answered_with_the_known_ones(string name)
    {
        Assert.False(OutputCatalog.TryOpen(name, new AlsaOptions(), out _, out string problem));
        Assert.Equal($"No audio output is called '{name}'. There are: alsa:DEVICE, wav:PATH, null.", problem);
    }
}
