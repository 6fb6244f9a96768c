using System.Text;
using Ambient.Synth.Instruments;
using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Tests.Instruments.Presets;

public sealed class PresetReaderTests
{
    private const string Sub = """
        { "description": "x", "lowestNote": 28, "highestNote": 45, "reverbSend": 0, "levelDb": -20,
          "attackSeconds": 1.2, "releaseSeconds": 2, "secondDb": -12, "thirdDb": -18 }
        """;

    [Theory]
    [InlineData("\"attackSeconds\": 1.2", "\"attackSeconds\": 99", "presets/sub.json: attackSeconds is 99; allowed: 0.05..20")]
    [InlineData("\"attackSeconds\": 1.2", "\"attackSeconds\": \"slow\"", "presets/sub.json: attackSeconds is slow; allowed: 0.05..20")]
    [InlineData("\"attackSeconds\": 1.2,", "", "presets/sub.json: attackSeconds is missing")]
    [InlineData("\"attackSeconds\"", "\"atackSeconds\": 1, \"attackSeconds\"", "presets/sub.json: atackSeconds is not known here")]
    [InlineData("\"levelDb\"", "\"thirdDb\": -9, \"levelDb\"", "presets/sub.json: thirdDb stands here twice")]
    [InlineData("\"lowestNote\": 28", "\"lowestNote\": 28.5", "presets/sub.json: lowestNote is no whole number")]
    [InlineData("\"highestNote\": 45", "\"highestNote\": 20", "presets/sub.json: highestNote is 20; allowed: 28..127")]
    [InlineData("\"secondDb\": -12,", "\"secondDb\": ,", "presets/sub.json: line 2: this is no JSON")]
    public void A_bad_preset_is_named_with_file_key_value_and_what_would_be_right(string good, string bad, string message)
    {
        string text = Sub.Replace(good, bad, StringComparison.Ordinal);
        Assert.NotEqual(Sub, text);
        Assert.Equal(message, Assert.Throws<PresetException>(() => Sounding("sub", text)).Message);
    }

    [Fact]
    public void A_bad_value_deep_in_a_list_is_named_by_its_place()
    {
        using Stream stream = typeof(PresetReader).Assembly.GetManifestResourceStream("presets/bell.json")!;
        string text = new StreamReader(stream).ReadToEnd().Replace("\"ratio\": 2.7", "\"ratio\": 27", StringComparison.Ordinal);
        Assert.Equal("presets/bell.json: modes[4].ratio is 27; allowed: 0.25..20", Assert.Throws<PresetException>(() => Sounding("bell", text)).Message);
    }

    [Fact]
    public void An_owners_own_preset_wins_over_the_one_built_in()
    {
        using var folder = new ScratchFolder();
        string own = folder.File("sub.json");
        File.WriteAllText(own, "[]");
        Assert.Equal($"{own}: the file must be an object", Assert.Throws<PresetException>(() => PresetFile.Open("sub", Path.GetDirectoryName(own)!)).Message);
        Assert.NotNull(PresetFile.Open("bell", Path.GetDirectoryName(own)!));
    }

    [Fact]
    public void Units_become_integers_without_loss_that_anyone_could_hear()
    {
        PresetReader reader = PresetFile.Parse("x", """{ "db": -6.0206, "hz": 440, "ratio": 1.5, "q": 0.75, "s": 3.5 }"""u8.ToArray());
        Assert.InRange(reader.Decibels("db"), 16_383, 16_385);
        Assert.InRange(reader.Frequency("hz", 20, 20_000), 6_899, 6_901);
        Assert.InRange(reader.Ratio("ratio", 1, 2), 701, 702);
        Assert.InRange(reader.Damping("q", 0.5m, 10), 1_431_655_765 - 1, 1_431_655_765 + 1);
        Assert.Equal(2_625, reader.Ticks("s", 0, 10));
    }

    private static IInstrument Sounding(string name, string text) => PlayableInstrument.Create(
        InstrumentCatalog.Entries[InstrumentCatalog.IndexOf(name)], 1, PresetFile.Parse($"presets/{name}.json", Encoding.UTF8.GetBytes(text))).Instrument;
}
