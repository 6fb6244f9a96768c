using Ambient.Synth.Instruments.Presets;

namespace Ambient.Synth.Instruments;

/// <summary>Every instrument there is. The place in this list is what <see cref="ScoreEvent.Instrument"/> means, so new ones go to the end.</summary>
public static class InstrumentCatalog
{
    internal static readonly InstrumentEntry[] Entries =
    [
        new("pad", (seed, preset) => new Pad(seed, preset)),
        new("bell", (seed, preset) => new Modal(seed, preset)),
        new("drone", (seed, preset) => new Drone(seed, preset)),
        new("noise", (seed, preset) => new Noise(seed, preset)),
        new("pad-dark", (seed, preset) => new Pad(seed, preset)),
        new("glass", (seed, preset) => new Modal(seed, preset)),
        new("pluck", (seed, preset) => new Pluck(seed, preset)),
        new("felt", (seed, preset) => new Felt(seed, preset)),
        new("choir", (seed, preset) => new Choir(seed, preset)),
        new("sub", (seed, preset) => new Sub(seed, preset)),
        new("breath", (seed, preset) => new Breath(seed, preset)),
        new("kalimba", (seed, preset) => new Modal(seed, preset)),
        new("marimba", (seed, preset) => new Modal(seed, preset)),
        new("bowl", (seed, preset) => new Modal(seed, preset)),
        new("rain", (seed, preset) => new Rain(seed, preset)),
        new("wind", (seed, preset) => new Wind(seed, preset)),
        new("leaves", (seed, preset) => new Leaves(seed, preset)),
        new("masking", (seed, preset) => new Masking(seed, preset)),
        new("organ", (seed, preset) => new Organ(seed, preset)),
    ];

    /// <summary>The instruments' names in the order of their indices.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(Entries, entry => entry.Name);

    /// <summary>What an instrument is, by its index. Reads its preset.</summary>
    /// <exception cref="PresetException">The preset can't be played.</exception>
    public static InstrumentDescription Describe(int index)
    {
        PlayableInstrument playable = PlayableInstrument.Create(Entries[index], seed: 0);
        return new(Entries[index].Name, playable.Description, playable.LowestNote, playable.HighestNote, playable.Instrument.IsTexture);
    }

    /// <summary>The index that score events carry.</summary>
    /// <exception cref="ArgumentException">No instrument has this name.</exception>
    public static int IndexOf(string name)
    {
        int index = Array.FindIndex(Entries, entry => entry.Name == name);
        if (index >= 0) return index;
        string known = string.Join(", ", Names.Order(StringComparer.Ordinal));
        throw new ArgumentException($"No instrument is called '{name}'. There are: {known}.", nameof(name));
    }
}
