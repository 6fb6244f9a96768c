namespace Ambient.Daemon.Web;

/// <summary>One listener's ear at the output: what the room hears, from now on.</summary>
public interface IListener : IDisposable
{
    /// <summary>Takes what has been played since the last call; a listener that was away too long continues with the present.</summary>
    /// <param name="interleaved">Receives 16-bit samples at 48 kHz, L R L R …; its length is even.</param>
    /// <returns>Samples written, even; 0 when nothing new has been played yet.</returns>
    int Read(Span<short> interleaved);

    /// <summary>Waits until there may be something new.</summary>
    ValueTask WaitAsync(CancellationToken cancellation);
}
