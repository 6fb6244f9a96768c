namespace Ambient.Synth.Outputs;

/// <summary>Where frames go: a sound card, a file, nowhere in particular.</summary>
public interface IAudioOutput : IDisposable
{
    /// <summary>What a person calls it, with its address: <c>alsa:default</c>, <c>wav:room.wav</c>, <c>null</c>.</summary>
    string Name { get; }

    /// <summary>Whether <see cref="Write"/> blocks at the pace of real time; where it does not, the caller paces itself.</summary>
    bool IsPaced { get; }

    /// <summary>Hands frames over; blocks until they are accepted.</summary>
    /// <param name="interleaved">16-bit samples, L R L R …, shape [frames x 2].</param>
    /// <returns>Frames accepted, or a negative number when the device is lost for good and another output must take over.</returns>
    /// <remarks>Audio thread. Never allocates, never throws; recovers from xruns by itself and counts them.</remarks>
    int Write(ReadOnlySpan<short> interleaved);

    /// <summary>Times the device ran dry since it was opened.</summary>
    long XrunCount { get; }
}
