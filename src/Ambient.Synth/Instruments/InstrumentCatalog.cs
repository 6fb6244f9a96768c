namespace Ambient.Synth.Instruments;

/// <summary>Every instrument there is. The place in this list is what <see cref="ScoreEvent.Instrument"/> means, so new ones go to the end.</summary>
public static class InstrumentCatalog
{
    internal static readonly InstrumentEntry[] Entries =
    [
        new("pad", seed => new Pad(seed), GainQ15: ScoreEvent.UnityQ15, SendQ15: 16_384),
        new("bell", seed => new Bell(seed), GainQ15: ScoreEvent.UnityQ15, SendQ15: 24_576),
        new("drone", seed => new Drone(seed), GainQ15: ScoreEvent.UnityQ15, SendQ15: 4_096),
        new("noise", seed => new Noise(seed), GainQ15: 0, SendQ15: 4_096),
    ];

    /// <summary>The instruments' names in the order of their indices.</summary>
    public static IReadOnlyList<string> Names { get; } = Array.ConvertAll(Entries, entry => entry.Name);

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
