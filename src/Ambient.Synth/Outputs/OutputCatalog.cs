namespace Ambient.Synth.Outputs;

/// <summary>Every kind of audio output, by the name that configuration and command line use.</summary>
public static class OutputCatalog
{
    private delegate bool Opener(string address, AlsaOptions options, out IAudioOutput? output, out string problem);

    private static readonly (string Kind, string Usage, Opener Open)[] Entries =
    [
        ("alsa", "alsa:DEVICE", OpenAlsa),
        ("wav", "wav:PATH", OpenWav),
        ("null", "null", OpenNull),
    ];

    /// <summary>What can be written, for messages and help: <c>alsa:DEVICE</c>, <c>wav:PATH</c>, <c>null</c>.</summary>
    public static IReadOnlyList<string> Usages { get; } = Array.ConvertAll(Entries, entry => entry.Usage);

    /// <summary>Opens an output. Not for the audio thread.</summary>
    /// <param name="name">Kind and address: <c>alsa:default</c>, <c>wav:/tmp/room.wav</c>, <c>null</c>.</param>
    /// <param name="alsa">Period and buffer for ALSA devices.</param>
    /// <param name="output">The open output; null when it could not be opened.</param>
    /// <param name="problem">Why not, for people; empty when it could.</param>
    public static bool TryOpen(string name, AlsaOptions alsa, out IAudioOutput? output, out string problem)
    {
        int colon = name.IndexOf(':', StringComparison.Ordinal);
        string kind = colon < 0 ? name : name[..colon];
        string address = colon < 0 ? string.Empty : name[(colon + 1)..];
        foreach ((string known, string usage, Opener open) in Entries)
        {
            if (known != kind) continue;
            if (usage.Contains(':', StringComparison.Ordinal) == (address.Length > 0)) return open(address, alsa, out output, out problem);
        }

        output = null;
        problem = $"No audio output is called '{name}'. There are: {string.Join(", ", Usages)}.";
        return false;
    }

    private static bool OpenAlsa(string address, AlsaOptions options, out IAudioOutput? output, out string problem)
    {
        bool isOpen = AlsaOutput.TryOpen(address, options, out AlsaOutput? alsa, out problem);
        output = alsa;
        return isOpen;
    }

    private static bool OpenWav(string address, AlsaOptions options, out IAudioOutput? output, out string problem)
    {
        output = null;
        problem = string.Empty;
        try
        {
            output = new WavOutput(address);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            problem = $"{address} cannot be written: {failure.Message}";
            return false;
        }
    }

    // Not paced by itself, so that whoever runs faster than real time can.
    private static bool OpenNull(string address, AlsaOptions options, out IAudioOutput? output, out string problem)
    {
        output = new NullOutput(TimeProvider.System, paced: false);
        problem = string.Empty;
        return true;
    }
}
