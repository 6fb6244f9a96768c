using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>An instrument made from its preset, and what the preset says about its place in the mix.</summary>
/// <param name="Instrument">Plays.</param>
/// <param name="Description">One sentence for people.</param>
/// <param name="LowestNote">MIDI note from which it is at home.</param>
/// <param name="HighestNote">MIDI note up to which it is at home.</param>
/// <param name="SendQ15">Reverb send at start.</param>
/// <param name="ChorusQ15">How much chorus; 0 is none.</param>
internal sealed record PlayableInstrument(IInstrument Instrument, string Description, int LowestNote, int HighestNote, int SendQ15, int ChorusQ15)
{
    /// <summary>Folder of an owner's own presets.</summary>
    public static string OwnPresets => Path.Combine(AppContext.BaseDirectory, "presets");

    /// <summary>Makes the instrument of a line of the catalogue from its preset file.</summary>
    /// <exception cref="PresetException">The preset can't be played.</exception>
    public static PlayableInstrument Create(InstrumentEntry entry, uint seed) => Create(entry, seed, PresetFile.Open(entry.Name, OwnPresets));

    /// <summary>Makes the instrument from any preset of its kind.</summary>
    /// <exception cref="PresetException">The preset can't be played.</exception>
    public static PlayableInstrument Create(InstrumentEntry entry, uint seed, PresetReader preset)
    {
        string description = preset.Text("description");
        int lowest = preset.Whole("lowestNote", 0, 127);
        int highest = preset.Whole("highestNote", lowest, 127);
        int sendQ15 = preset.Share("reverbSend");
        int chorusQ15 = preset.Has("chorus") ? preset.Share("chorus") : 0;
        IInstrument instrument = entry.Create(seed, preset);
        preset.ThrowIfUnread();
        return new(instrument, description, lowest, highest, sendQ15, chorusQ15);
    }
}
