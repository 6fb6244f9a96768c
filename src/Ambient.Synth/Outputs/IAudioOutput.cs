namespace Ambient.Synth.Outputs;

/// <summary>Where frames go: a sound card, a file, nowhere in particular.</summary>
public interface IAudioOutput : IDisposable
{
    /// <summary>What a person calls it, with its address: <c>alsa:default</c>, <c>wav:room.wav</c>, <c>null</c>.</summary>
    string Name { get; }

    /// <summary>Whether <see cref="Write"/> blocks at the pace of real time; where it does not, the caller paces itself.</summary>
    bool IsPaced { get; }

    /// <summary>Bits of a sample that it carries on: 16, 24 or 32.</summary>
    int Bits { get; }

    /// <summary>Hands frames over, in both resolutions; blocks until they are accepted.</summary>
    /// <param name="interleaved">16-bit samples with their dither, L R L R …, shape [frames x 2].</param>
    /// <param name="wideQ31">The same frames before they were rounded; an output of 16 bits does not look at them.</param>
    /// <returns>Frames accepted, or a negative number when the device is lost for good and another output must take over.</returns>
    /// <remarks>Audio thread. Never allocates, never throws; recovers from xruns by itself and counts them.</remarks>
    int Write(ReadOnlySpan<short> interleaved, ReadOnlySpan<int> wideQ31);

    /// <summary>Takes back what was written but not yet played, except what is about to be; the next <see cref="Write"/> goes in its place.</summary>
    /// <param name="keepFrames">Frames from now on that play as they are.</param>
    /// <returns>Frames taken back; 0 where the device can't, or holds nothing more.</returns>
    /// <remarks>Audio thread. Never allocates, never throws.</remarks>
    int Rewind(int keepFrames) => 0;

    /// <summary>Silence at once: forgets what was written but not played, with a click if need be.</summary>
    /// <remarks>Audio thread. Never allocates, never throws.</remarks>
    void Drop()
    {
        // Whoever holds nothing back has nothing to forget.
    }

    /// <summary>Times the device ran dry since it was opened.</summary>
    long XrunCount { get; }
}
